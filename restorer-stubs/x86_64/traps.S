/* Traps of x86-64: descriptor tables and what they lead to.
 *
 * On entry, syscall_entry: CPL 0 from the program's SYSCALL: RCX is its next
 *   RIP, R11 its RFLAGS, RSP still its own.
 * On entry, trap_N: CPL 0 from any exception, on the stack of IST 1, the frame
 *   that the processor pushes on it.
 * On exit: as the trap frame says, which C may have changed.
 *
 * The program's x87, SSE and AVX registers are never touched: the C is compiled
 * for general registers only.
 */
#include "descriptors.h"

	.section .traps, "awx", @progbits
traps_start:

tss:
	.long 0
	.quad trap_stack_top            /* RSP0 */
	.quad 0, 0, 0
	.quad trap_stack_top            /* IST1: every gate, so that a fault of the stub itself is told */
	.quad 0, 0, 0, 0, 0, 0, 0
	.word 0, TSS_BYTES              /* no I/O permission map */
	.if . - tss != TSS_BYTES
	.error "TSS_BYTES"
	.endif

.macro gate handler
	.word \handler - traps_start + TRAPS_OFFSET
	.word 0x10
	.byte 1, 0x8e                   /* IST 1, interrupt gate, DPL 0 */
	.word 0x8000
	.long 0xffffffff
	.long 0
.endm
/* INT3 and INTO may be used by the program itself. */
.macro user_gate handler
	.word \handler - traps_start + TRAPS_OFFSET
	.word 0x10
	.byte 1, 0xee
	.word 0x8000
	.long 0xffffffff
	.long 0
.endm

	.globl idt
	.balign 16
idt:
	.altmacro
.macro gate_of number
	.if \number == 3 || \number == 4
	user_gate trap_\number
	.else
	gate trap_\number
	.endif
.endm
	.set vector, 0
	.rept IDT_VECTORS
	gate_of %vector
	.set vector, vector + 1
	.endr
	.if . - idt != IDT_BYTES
	.error "IDT_BYTES"
	.endif

/* Vectors 8, 10 to 14, 17, 21, 29 and 30 come with an error code. */
.macro trap_of number
trap_\number:
	.if \number != 8 && (\number < 10 || \number > 14) && \number != 17 && \number != 21 && \number != 29 && \number != 30
	pushq $0
	.endif
	pushq $\number
	jmp trap_common
.endm
	.set vector, 0
	.rept IDT_VECTORS
	trap_of %vector
	.set vector, vector + 1
	.endr
	.noaltmacro

.macro push_general
	pushq %rdi
	pushq %rsi
	pushq %rdx
	pushq %rcx
	pushq %rax
	pushq %r8
	pushq %r9
	pushq %r10
	pushq %r11
	pushq %rbx
	pushq %rbp
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
.endm
.macro pop_general
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
.endm

trap_common:
	push_general
	movq %rsp, %rdi
	cld
	call trap_exception
trap_return:
	pop_general
	addq $16, %rsp                  /* vector, error code */
	iretq

	.globl syscall_entry
syscall_entry:
	movq %rsp, program_rsp(%rip)
	leaq call_stack_top(%rip), %rsp
	pushq $0x2b
	pushq program_rsp(%rip)
	pushq %r11
	pushq $0x33
	pushq %rcx
	pushq $0                        /* error code */
	pushq $-1                       /* vector: none */
	push_general
	movq %rsp, %rdi
	call trap_call
	testl %eax, %eax
	jnz trap_return                 /* RCX and R11 are the program's: SYSRET would destroy them */
	pop_general
	movq 40(%rsp), %rsp
	sysretq

	.bss
	.balign 16
program_rsp:
	.skip 16
	.skip 4096
call_stack_top:
	.skip 4096
trap_stack_top:
