/* Traps of riscv64: the vector and what it leads to.
 *
 * On entry: S-mode from an exception of the program (or, which would be a bug,
 *   of the stub), any stack.
 * On exit: as the trap frame says, which C may have changed.
 *
 * The program's F registers are never touched: the C is compiled for a processor
 * that has none. A fault of the stub overwrites the frame of the trap that led
 * there: it does not come back.
 */
#define FRAME_BYTES 272         /* struct trap_frame of arch.h */
#define FRAME (trap_stack_top - FRAME_BYTES)
#define SSTATUS_SPP 0x100

	.section .traps, "awx", @progbits
	.option norelax

	.altmacro
.macro save number
	sd x\number, 8 * (\number - 1)(sp)
.endm
.macro load number
	ld x\number, 8 * (\number - 1)(sp)
.endm

	.globl trap_vector
	.balign 4096                    /* restore.S sets its upper bits alone */
trap_vector:
	csrw sscratch, sp
	lui sp, %hi(FRAME)
	addi sp, sp, %lo(FRAME)
	save 1
	.irp number, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17
	save \number
	.endr
	.irp number, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	save \number
	.endr
	csrr x5, sscratch
	csrr x6, sepc
	csrr x7, scause
	csrr x8, stval
	sd x5, 8(sp)
	sd x6, 248(sp)
	sd x7, 256(sp)
	sd x8, 264(sp)
	csrr x5, sstatus
	mv a0, sp
	andi x5, x5, SSTATUS_SPP
	bnez x5, of_stub
	call trap_exception
	ld x5, 248(sp)
	csrw sepc, x5
	load 1
	.irp number, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17
	load \number
	.endr
	.irp number, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	load \number
	.endr
	load 2
	sret

of_stub:
	call trap_in_stub

	.bss
	.balign 16
	.skip 8192
	.globl trap_stack_top
trap_stack_top:
