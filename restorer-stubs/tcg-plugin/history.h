/* The last instructions of the interval, and when the program left to the stub. State:
 * rings of both. */
#ifndef THAW_HISTORY_H
#define THAW_HISTORY_H

#include "arguments.h"

int history_open(const struct arguments *arguments); /* 0, or -1 */
void history_executes(u64 pc);
void history_take_back(void);
/* The stub is entered after so many instructions. */
void history_enters_stub(u64 index);
void history_write(void);

#endif
