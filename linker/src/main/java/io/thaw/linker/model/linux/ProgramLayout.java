package io.thaw.linker.model.linux;

/**
 * Where the kernel put parts of a program, {@code PR_SET_MM} of prctl(2).
 *
 * @param codeStartVaddr first address of the code
 * @param codeEndVaddr first address behind it
 * @param dataStartVaddr first address of the initialised data
 * @param dataEndVaddr first address behind it
 * @param argumentsStartVaddr first address of the arguments' text
 * @param argumentsEndVaddr first address behind it
 * @param environmentStartVaddr first address of the environment's text
 * @param environmentEndVaddr first address behind it
 */
public record ProgramLayout(
    long codeStartVaddr,
    long codeEndVaddr,
    long dataStartVaddr,
    long dataEndVaddr,
    long argumentsStartVaddr,
    long argumentsEndVaddr,
    long environmentStartVaddr,
    long environmentEndVaddr) {}
