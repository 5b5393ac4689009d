/* Restore path of x86-64: from the simulator's entry to the program's next
 * instruction, in a straight line. Its length depends on nothing but the kind
 * of register state (FXRSTOR or XRSTOR).
 *
 * On entry, restore_32_*: as PVH and multiboot2 leave the processor: 32-bit
 *   protected mode, flat segments, paging off, interrupts off, no stack.
 * On entry, restore_64_*: long mode, this page identity-mapped by whatever
 *   tables the loader made, CPL 0, interrupts off, no stack.
 * On exit: CPL 3, every register as the program had it, the program's page
 *   tables, IDT, TSS and SYSCALL leading to traps.S, interrupts off for good.
 *
 * The page runs at its physical address, which is mapped at the same virtual
 * one; absolute operands of the 32-bit part are listed in .thaw.fixups, to
 * each of which the linker adds the paddr of the stub. Values to be loaded are
 * in this page as well; the linker finds them by their symbols.
 */
#include "descriptors.h"

#define MSR_EFER   0xc0000080
#define MSR_STAR   0xc0000081
#define MSR_FMASK  0xc0000084
#define MSR_FSBASE 0xc0000100

#define EFER_SCE_LME_NXE     0x901
#define EFER_SCE_LME_LMA_NXE 0xd01
#define CR0_PG_WP_NE_ET_MP_PE 0x80010033

/* What SYSCALL clears in RFLAGS, as Linux has it: TF IF DF IOPL NT AC. */
#define FMASK_FLAGS 0x47700

/* SYSRET takes SS from +8 and CS from +16: 0x2b and 0x33. */
#define STAR_HIGH 0x00230010

	.section .boot, "awx", @progbits
boot_start:

/* The instruction's last operand, `back` bytes before its end, is a paddr. */
.macro absolute back, instruction:vararg
	\instruction
fixup_\@ = . - \back
	.pushsection .thaw.fixups, "", @progbits
	.long fixup_\@ - boot_start
	.popsection
.endm

/* 32-bit: from no paging to long mode. EFER comes before CR3, since the tables
 * have NX bits. EDX is 0 afterwards. */
.macro enter_long_mode target
	absolute 4, movl (restore_cr4 - STUB_VADDR), %eax
	movl %eax, %cr4
	movl $MSR_EFER, %ecx
	movl $EFER_SCE_LME_NXE, %eax
	xorl %edx, %edx
	wrmsr
	absolute 4, movl (restore_cr3 - STUB_VADDR), %eax
	movl %eax, %cr3
	movl $CR0_PG_WP_NE_ET_MP_PE, %eax
	movl %eax, %cr0
	absolute 4, lgdt (gdt_pointer_32 - STUB_VADDR)
	absolute 6, ljmp $SELECTOR_KERNEL_CODE, $(\target - STUB_VADDR)
.endm

/* 64-bit: the same from long mode. LMA must be written as it is (gem5). */
.macro replace_long_mode
	movl restore_cr4(%rip), %eax
	movq %rax, %cr4
	movl $MSR_EFER, %ecx
	movl $EFER_SCE_LME_LMA_NXE, %eax
	xorl %edx, %edx
	wrmsr
	movl restore_cr3(%rip), %eax
	movq %rax, %cr3
	movl $CR0_PG_WP_NE_ET_MP_PE, %eax
	movq %rax, %cr0
.endm

/* The rest, EDX being 0. The tables of descriptors are loaded first: from then
 * on every fault is reported, on a stack of its own. FS and GS are emptied
 * before their bases are set; DS and ES are emptied by IRETQ. */
.macro restore_state extended, last
	lgdt gdt_pointer(%rip)
	lidt idt_pointer(%rip)
	movl $SELECTOR_TSS, %eax
	ltr %ax
	movl %edx, %fs
	movl %edx, %gs
	.if \extended
	xorl %ecx, %ecx
	movl restore_xcr0(%rip), %eax
	xsetbv
	.endif
	movl $MSR_FMASK, %ecx
	movl $FMASK_FLAGS, %eax
	wrmsr
	movl $MSR_STAR, %ecx
	movl $STAR_HIGH, %edx
	wrmsr
	incl %ecx                       /* MSR_LSTAR */
	movq $syscall_entry, %rax
	movl $-1, %edx
	wrmsr
	movl $MSR_FSBASE, %ecx
	movl restore_fs_base(%rip), %eax
	movl restore_fs_base + 4(%rip), %edx
	wrmsr
	incl %ecx                       /* MSR_GSBASE */
	movl restore_gs_base(%rip), %eax
	movl restore_gs_base + 4(%rip), %edx
	wrmsr
	.if \extended
	movl restore_xcr0(%rip), %eax   /* XRSTOR ignores what XCR0 lacks in EDX */
	xrstor64 restore_xsave(%rip)
	.else
	fxrstor64 restore_xsave(%rip)
	.endif
	leaq restore_general(%rip), %rsp
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %rbp
	popq %rbx
	popq %r11
	popq %r10
	popq %r9
	popq %r8
	popq %rax
	popq %rcx
	popq %rdx
	popq %rsi
	popq %rdi
\last:
	iretq
.endm

	.globl restore_32_fxrstor, restore_32_xrstor, restore_64_fxrstor, restore_64_xrstor
	.globl restore_last_fxrstor, restore_last_xrstor

	.code32
restore_32_fxrstor:
	enter_long_mode state_fxrstor
restore_32_xrstor:
	enter_long_mode state_xrstor

	.code64
restore_64_fxrstor:
	replace_long_mode
state_fxrstor:
	restore_state 0, restore_last_fxrstor
restore_64_xrstor:
	replace_long_mode
state_xrstor:
	restore_state 1, restore_last_xrstor

/* What the linker fills in. */
	.globl restore_cr3, restore_cr4, restore_xcr0, restore_fs_base, restore_gs_base
	.globl restore_general, restore_iret_frame, restore_xsave, gdt_tss_access
	.balign 8
restore_cr3:     .long 0
restore_cr4:     .long 0
restore_xcr0:    .long 0
	.balign 8
restore_fs_base: .quad 0
restore_gs_base: .quad 0
/* The block is the stack: r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi
 * rdi, then what IRETQ takes: rip cs rflags rsp ss. */
restore_general:
	.fill 15, 8, 0
restore_iret_frame:
	.fill 5, 8, 0

/* Selectors as Linux has them, so that the program sees its own: CS 0x33, SS 0x2b. */
	.balign 8
gdt:
	.quad 0
	.quad 0
	.quad 0x00af9b000000ffff        /* 0x10 kernel code */
	.quad 0x00cf93000000ffff        /* 0x18 kernel data */
	.quad 0x00cffb000000ffff        /* 0x20 user code, 32-bit */
	.quad 0x00cff3000000ffff        /* 0x28 user data */
	.quad 0x00affb000000ffff        /* 0x30 user code */
	.quad 0
	.word TSS_BYTES - 1             /* 0x40 TSS at STUB_VADDR + TRAPS_OFFSET */
	.word TRAPS_OFFSET
	.byte 0x00
gdt_tss_access:
	.byte 0x89, 0x00, 0x80
	.long 0xffffffff
	.long 0
gdt_end:

/* By paddr for the step into long mode, then by the vaddr that the program
 * cannot take away. */
gdt_pointer_32:
	.word gdt_end - gdt - 1
	absolute 4, .long gdt - STUB_VADDR
gdt_pointer:
	.word gdt_end - gdt - 1
	.quad gdt
idt_pointer:
	.word IDT_BYTES - 1
	.quad idt

/* XSAVE area, standard format: legacy 512, header 64, YMM at 576, PKRU at 2688. */
	.balign 64
restore_xsave:
	.fill 2752, 1, 0
