/** An image as a file: its manifest, reading it back, and writing a plan out. */
package io.thaw.linker.image;
