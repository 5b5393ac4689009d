/* Where the descriptor tables are, for the two files that need to agree: the
 * GDT is in the boot page, which must find it at its paddr before and after
 * paging comes on; TSS and IDT are in traps.S. */
#ifndef THAW_DESCRIPTORS_H
#define THAW_DESCRIPTORS_H

#define STUB_VADDR 0xffffffff80000000   /* see stub.ld */
#define TRAPS_OFFSET 0x1000             /* of traps.S in the stub; the TSS comes first */
#define TSS_BYTES 0x68
#define IDT_VECTORS 32
#define IDT_BYTES (IDT_VECTORS * 16)

#define SELECTOR_KERNEL_CODE 0x10
#define SELECTOR_TSS         0x40

#endif
