package io.thaw.linker.model;

/**
 * What the clocks read when the process was frozen, in nanoseconds.
 *
 * @param monotonicNanos CLOCK_MONOTONIC
 * @param boottimeNanos CLOCK_BOOTTIME
 */
public record Clocks(long monotonicNanos, long boottimeNanos) {}
