package io.thaw.rtl;

/**
 * A program that building a model needs.
 *
 * @param program as it is called
 * @param purpose what it is needed for
 * @param aptPackage the Debian package that has it
 */
public record Tool(String program, String purpose, String aptPackage) {}
