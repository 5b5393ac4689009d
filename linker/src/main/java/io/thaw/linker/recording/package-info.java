/** Recordings as folders: a checkpoint in CRIU's format and what the kernel did next. */
package io.thaw.linker.recording;
