package io.thaw.linker.model.linux;

/**
 * What a descriptor has besides what a checkpoint says of it.
 *
 * @param fd its number
 * @param closeOnExec FD_CLOEXEC
 * @param pipeId for an end of a pipe, which pipe; else 0
 */
public record DescriptorDetails(int fd, boolean closeOnExec, int pipeId) {}
