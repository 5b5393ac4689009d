/**
 * Trimmed images: from an image and what an interval of it uses to an image of that interval, with
 * its end and its proof inside.
 */
@NullMarked
package io.thaw.linker.trim;

import org.jspecify.annotations.NullMarked;
