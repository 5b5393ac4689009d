package io.thaw.app.run;

/**
 * Exact counts of instructions that retired.
 *
 * @param restore from the image's entry to the first instruction of the program
 * @param user of the program
 * @param stub of the stub after the restore path
 */
public record InstructionCounts(long restore, long user, long stub) {}
