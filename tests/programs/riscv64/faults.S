/* Does the one of its wrong things whose number is in A0.
 *
 * On entry: A0; any other registers.
 */
	.text
	.globl _start
	.option norvc
_start:
	lla t0, things
	slli a0, a0, 3
	add t0, t0, a0
	li t1, 0x10
	jr t0

	.balign 8
things:
	unimp                           /* 0 */
	nop
	csrrw a1, time, zero            /* 1: a write */
	nop
	csrr a1, sstatus                /* 2 */
	nop
	ebreak                          /* 3 */
	nop
	ld a1, 0(t1)                    /* 4 */
	nop
	sd a1, 0(t1)                    /* 5 */
	nop
	jr t1                           /* 6 */
	nop
	.word 0x0c0572d7                /* 7: vsetvli t0, a0, e8, m1 */
	nop
	li a0, 3                        /* 8: semihosting, which is not the program's: 'x' */
	j semihosting

	.balign 16
semihosting:
	slli zero, zero, 0x1f
	ebreak
	srai zero, zero, 7
