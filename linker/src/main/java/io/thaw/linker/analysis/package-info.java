/**
 * What an interval of a program uses, as an instrumented run has seen it: the value, its file, and
 * its basic-block vectors as SimPoint reads them.
 */
@NullMarked
package io.thaw.linker.analysis;

import org.jspecify.annotations.NullMarked;
