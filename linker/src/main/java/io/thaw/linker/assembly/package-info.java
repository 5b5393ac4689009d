/**
 * Assembles what a user's platform does at the region's borders. The only user of keystone, which
 * works in a process of its own: it does not survive every text.
 */
@NullMarked
package io.thaw.linker.assembly;

import org.jspecify.annotations.NullMarked;
