/**
 * What is wrong with an input, as data: the file, the record, what was found, what would have been
 * accepted. Problems are gathered so that a user sees all of them at once.
 */
package io.thaw.linker.problem;
