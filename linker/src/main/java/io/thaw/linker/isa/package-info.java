/** Which extensions of an instruction set code needs. */
package io.thaw.linker.isa;
