/** Whether this machine has what Thaw needs, and the one line that installs what it has not. */
package io.thaw.app.doctor;
