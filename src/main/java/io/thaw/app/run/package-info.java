/**
 * Running an image on a simulator and telling what the run came to. The simulator and the image are
 * not trusted: a verdict is believed only if report, exit status and plugin agree.
 */
package io.thaw.app.run;
