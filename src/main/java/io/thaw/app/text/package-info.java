/** How numbers and tables look to people, the same in all commands. */
package io.thaw.app.text;
