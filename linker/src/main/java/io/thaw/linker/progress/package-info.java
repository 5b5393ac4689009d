/** How the library tells of long work; drawing it is the application's. */
package io.thaw.linker.progress;
