/** Another process under ptrace: stops, registers, memory, calls executed inside it. */
package io.thaw.app.ptrace;
