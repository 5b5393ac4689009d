/** Where the files of a dump are: a folder or a tar. Readers ask for paths and do not see which. */
package io.thaw.linker.archive;
