/**
 * The command line: one class a command, each a thin shell around the package that does the work.
 * Results go to stdout, everything else to stderr; {@link io.thaw.app.cli.ExitStatus} lists what
 * the process ends with.
 */
package io.thaw.app.cli;
