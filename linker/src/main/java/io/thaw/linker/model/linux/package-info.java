/**
 * What Linux keeps of a process and the process cannot see, or not at a glance. An image needs none
 * of it; putting the process back on Linux does.
 */
package io.thaw.linker.model.linux;
