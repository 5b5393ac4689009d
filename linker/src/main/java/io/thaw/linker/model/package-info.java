/**
 * The ground floor: what a frozen process is, apart from where it came from and where it goes.
 *
 * <p>Only values live here. Readers make them, the plan reads them, nothing in this package does
 * input or output. Addresses are unsigned 64-bit numbers in a {@code long}.
 */
package io.thaw.linker.model;
