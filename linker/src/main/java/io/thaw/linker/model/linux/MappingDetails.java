package io.thaw.linker.model.linux;

/**
 * What a mapping has besides what a checkpoint says of it.
 *
 * @param startVaddr first address
 * @param endVaddr first address behind it
 * @param flags MAP_ flags
 * @param adviceMask bit N for advice N of madvise(2)
 * @param openFlags O_ flags of the file that is mapped
 */
public record MappingDetails(
    long startVaddr, long endVaddr, int flags, long adviceMask, int openFlags) {}
