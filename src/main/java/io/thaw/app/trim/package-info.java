/** Trimming: runs of QEMU that show what an interval uses, and the image that is made of it. */
@NullMarked
package io.thaw.app.trim;

import org.jspecify.annotations.NullMarked;
