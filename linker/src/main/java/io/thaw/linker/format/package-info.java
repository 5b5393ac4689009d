/**
 * Images in other formats than ELF, for simulators of hardware: what they load is memory by
 * physical address, as flat bytes or as text. Reads what {@link io.thaw.linker.image} wrote;
 * contents are streamed, never held.
 */
package io.thaw.linker.format;
