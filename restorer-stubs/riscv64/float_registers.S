/* The F registers by number, for loads and stores that the stub executes in the
 * program's place, and all at once, for recordings and captures.
 *
 * On entry: S-mode, mstatus.FS not off; arguments in A0 and A1.
 * On exit: T0 is changed, and what is asked for.
 */
	.option norelax
	.option norvc
	.option arch, +f, +d
	.text
	.altmacro

	.set ENTRY_SHIFT, 3             /* two instructions a register */

.macro jump_to table
	slli a0, a0, ENTRY_SHIFT
	la t0, \table
	add t0, t0, a0
	jr t0
.endm

/* u64 float_read(u64 number) */
	.globl float_read
float_read:
	jump_to 1f
.macro read number
	fmv.x.d a0, f\number
	ret
.endm
1:
	.irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	read \number
	.endr
	.irp number, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	read \number
	.endr

/* void float_write(u64 number, u64 value) */
	.globl float_write
float_write:
	jump_to 1f
.macro write number
	fmv.d.x f\number, a1
	ret
.endm
1:
	.irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	write \number
	.endr
	.irp number, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	write \number
	.endr

/* void float_load_all(const void *area) */
	.globl float_load_all
float_load_all:
.macro load number
	fld f\number, 8 * \number(a0)
.endm
	.irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	load \number
	.endr
	.irp number, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	load \number
	.endr
	lw t0, 256(a0)
	csrw fcsr, t0
	ret

/* u64 float_store_all(void *registers) */
	.globl float_store_all
float_store_all:
.macro store number
	fsd f\number, 8 * \number(a0)
.endm
	.irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	store \number
	.endr
	.irp number, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	store \number
	.endr
	csrr a0, fcsr
	ret
