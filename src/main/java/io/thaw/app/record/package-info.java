/**
 * Recording a process: bringing it to the start, dumping it, and writing down what the kernel does
 * from there on.
 */
package io.thaw.app.record;
