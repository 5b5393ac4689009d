/**
 * What images are linked for: where RAM is, how a byte leaves the machine, which state it holds.
 */
package io.thaw.linker.platform;
