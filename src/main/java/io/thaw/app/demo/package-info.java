/** The demonstration: real dumps of each architecture, linked, booted, and compared. */
package io.thaw.app.demo;
