/** Drawing the library's progress on a terminal. */
package io.thaw.app.progress;
