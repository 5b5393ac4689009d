/* Accesses that QEMU does not report to plugins. Facts of QEMU 7.2: on AArch64, DC ZVA
 * (and its relatives of the memory tagging extension) and vector accesses of SVE; on
 * x86-64 and riscv64 none.
 *
 * DC ZVA writes a block of zeros, as memset does for long ones. Its address is in a
 * register, which plugins cannot ask for. It is read from QEMU's own state of the
 * processor, before the next instruction executes: QEMU has stored the registers there
 * for the sake of DC ZVA itself. State: where that is, and the write that is to be told. */
#ifndef THAW_UNSEEN_H
#define THAW_UNSEEN_H

#include "code.h"

void unseen_instrument(
	enum target target, struct qemu_plugin_insn *insn, const struct instruction *instruction);
/* Whether the last instruction has written a block of zeros. If this may be, but where is
 * not known, it counts as unseen. */
int unseen_zeros(u64 *vaddr, u64 *size_bytes);
/* Whether unseen_zeros has to be asked. */
extern int unseen_is_pending;
/* From here on they count. */
void unseen_begin(void);
/* Executions of instructions whose accesses remain unknown. */
u64 unseen_count(void);

#endif
