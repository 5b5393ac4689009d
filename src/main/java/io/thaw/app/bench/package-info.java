/** Images on a workbench: run, marked and looked at, for what is to be learned of them. */
@NullMarked
package io.thaw.app.bench;

import org.jspecify.annotations.NullMarked;
