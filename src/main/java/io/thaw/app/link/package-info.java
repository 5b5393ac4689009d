/** From a dump to an image: the library's steps in order, as all commands take them. */
package io.thaw.app.link;
