/**
 * What is read of the ELF files that a process had mapped. The only users of jelf in the linker.
 */
package io.thaw.linker.elf;
