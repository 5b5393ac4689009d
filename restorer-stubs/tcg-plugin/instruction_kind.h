/* What has to be known of an instruction to count it right. */
#ifndef THAW_INSTRUCTION_KIND_H
#define THAW_INSTRUCTION_KIND_H

#include "qemu_plugin.h"

enum instruction_kind {
	KIND_PLAIN,  /* is never its own successor: seen again at once, it is being re-executed */
	KIND_BRANCH, /* may be its own successor */
	KIND_CALL,   /* retires although it traps: SYSCALL, SVC, ECALL */
	KIND_REPEAT, /* x86 string instruction with a REP prefix: one pass for each iteration */
	KIND_BREAKPOINT, /* never retires: BRK, EBREAK and INT3, which may be the stub's own */
};

enum target { TARGET_X86_64, TARGET_AARCH64, TARGET_RISCV64 };

enum instruction_kind instruction_kind(enum target target, const u8 *bytes, size_t size_bytes);

/* Whether a basic block ends with it: a jump, call or return, conditional or not, and
 * what traps on purpose. */
int ends_block(enum target target, const u8 *bytes, size_t size_bytes);

#endif
