/**
 * Models of processors in RTL: fetched from Maven Central, translated by Verilator and compiled on
 * the user's machine when they are first needed, then kept in the user's cache. The parts that are
 * not fetched are the resources in {@code rtl/rocket}.
 */
package io.thaw.rtl;
