/** What system calls do to the memory of the process that makes them: a table. */
package io.thaw.app.record.calls;
