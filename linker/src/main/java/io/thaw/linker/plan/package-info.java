/**
 * Decides what an image contains and where: which pages go in, where each lands in physical memory,
 * what the page tables and the boot block say. The result is a value; nothing is written here.
 */
package io.thaw.linker.plan;
