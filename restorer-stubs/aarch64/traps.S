/* Traps of AArch64: the vectors and what they lead to.
 *
 * On entry: EL1 with SP_EL1 from an exception of the program (or, which would
 *   be a bug, of the stub).
 * On exit: as the trap frame says, which C may have changed.
 *
 * The program's vector registers are never touched: the C is compiled for
 * general registers only.
 */
#define FRAME_BYTES 288         /* struct trap_frame of arch.h */

	.section .traps, "awx", @progbits

.macro vector target
	.balign 0x80
	b \target
.endm

	.globl trap_vectors
	.balign 0x800
trap_vectors:
	.rept 8                         /* from EL1 itself: a bug */
	vector trap_from_stub
	.endr
	vector trap_from_program        /* synchronous, EL0 in AArch64 */
	.rept 3                         /* IRQ, FIQ, SError */
	vector trap_interrupt
	.endr
	.rept 4                         /* EL0 in AArch32 */
	vector trap_interrupt
	.endr

.macro save_frame
	sub sp, sp, #FRAME_BYTES
	stp x0, x1, [sp, #0]
	stp x2, x3, [sp, #16]
	stp x4, x5, [sp, #32]
	stp x6, x7, [sp, #48]
	stp x8, x9, [sp, #64]
	stp x10, x11, [sp, #80]
	stp x12, x13, [sp, #96]
	stp x14, x15, [sp, #112]
	stp x16, x17, [sp, #128]
	stp x18, x19, [sp, #144]
	stp x20, x21, [sp, #160]
	stp x22, x23, [sp, #176]
	stp x24, x25, [sp, #192]
	stp x26, x27, [sp, #208]
	stp x28, x29, [sp, #224]
	mrs x1, SP_EL0
	stp x30, x1, [sp, #240]
	mrs x1, ELR_EL1
	mrs x2, SPSR_EL1
	stp x1, x2, [sp, #256]
	mrs x1, ESR_EL1
	mrs x2, FAR_EL1
	stp x1, x2, [sp, #272]
	mov x0, sp
.endm

trap_from_program:
	save_frame
	bl trap_exception
	ldp x1, x2, [sp, #256]
	msr ELR_EL1, x1
	msr SPSR_EL1, x2
	ldp x30, x1, [sp, #240]
	msr SP_EL0, x1
	ldp x2, x3, [sp, #16]
	ldp x4, x5, [sp, #32]
	ldp x6, x7, [sp, #48]
	ldp x8, x9, [sp, #64]
	ldp x10, x11, [sp, #80]
	ldp x12, x13, [sp, #96]
	ldp x14, x15, [sp, #112]
	ldp x16, x17, [sp, #128]
	ldp x18, x19, [sp, #144]
	ldp x20, x21, [sp, #160]
	ldp x22, x23, [sp, #176]
	ldp x24, x25, [sp, #192]
	ldp x26, x27, [sp, #208]
	ldp x28, x29, [sp, #224]
	ldp x0, x1, [sp], #FRAME_BYTES
	eret

/* A bug of the stub may have been its stack: begin on another. */
trap_from_stub:
	adrp x16, fault_stack_top
	add x16, x16, :lo12:fault_stack_top
	mov sp, x16
	save_frame
	bl trap_in_stub

trap_interrupt:
	save_frame
	bl trap_unexpected

	.bss
	.balign 16
	.skip 4096
fault_stack_top:
	.skip 4096
	.globl trap_stack_top
trap_stack_top:
