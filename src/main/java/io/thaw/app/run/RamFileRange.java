package io.thaw.app.run;

/**
 * RAM of a machine in the file that backs it.
 *
 * @param startPaddr where it begins
 * @param endPaddr first paddr behind it
 * @param offsetBytes where it begins in the file
 */
public record RamFileRange(long startPaddr, long endPaddr, long offsetBytes) {}
