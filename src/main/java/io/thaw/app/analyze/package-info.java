/** Runs of an image that show what an interval of it uses. */
@NullMarked
package io.thaw.app.analyze;

import org.jspecify.annotations.NullMarked;
