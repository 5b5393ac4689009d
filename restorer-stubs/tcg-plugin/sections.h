/* The analysis file's sections (docs/analysis-format.md): a name, how many of what it
 * holds, words, and a checksum. State: the file, and the section at hand. */
#ifndef THAW_SECTIONS_H
#define THAW_SECTIONS_H

#include "qemu_plugin.h"

int sections_open(const char *path); /* 0, or -1 */
/* A name of at most 8 characters; so many words follow, by section_put. */
void section_begin(const char *name, u64 count, u64 words);
void section_put(u64 word);
void section_end(void);
/* There is no file to believe in: no memory for what should be in it. */
void sections_fail(void);
/* Returns 0, or -1 if the file is not complete. */
int sections_close(void);

#endif
