/** Dumping a stopped process without CRIU, in CRIU's format. */
package io.thaw.app.dump;
