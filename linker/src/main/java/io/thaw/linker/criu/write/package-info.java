/**
 * Writes a checkpoint as a dump of CRIU 3.17.1, for machines that have no CRIU. What it writes the
 * reader reads, {@code crit} decodes and {@code criu restore} puts back.
 */
package io.thaw.linker.criu.write;
