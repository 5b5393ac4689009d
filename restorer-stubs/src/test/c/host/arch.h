/* The machine of the tests: x86-64's trap frame and page-table entries, but no
 * privileged instruction. The harness keeps the place of the TLB. */
#ifndef THAW_HOST_ARCH_H
#define THAW_HOST_ARCH_H

#define tlb_forget privileged_tlb_forget
#define arch_idle privileged_idle
#include "../../../../x86_64/arch.h"
#undef tlb_forget
#undef arch_idle

void tlb_forget(u64 vaddr);
void arch_idle(void);

#endif
