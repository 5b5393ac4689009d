/**
 * Reads dumps of CRIU 3.17 to 4.x into the model. Generated messages and the layout of image files
 * stay inside this package.
 */
package io.thaw.linker.criu;
