/**
 * Showing dumps and images. What is shown is what the linker works with: the checkpoint, the plan's
 * own summary of its memory, the image's manifest.
 */
package io.thaw.app.inspect;
