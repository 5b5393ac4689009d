/**
 * The compiled stubs as resources, and what the linker needs to know of them: their bytes, symbols,
 * and the layout of the boot block. The layout is read from the stub itself, so it cannot differ
 * from what the stub's C was compiled with.
 */
package io.thaw.stubs;
