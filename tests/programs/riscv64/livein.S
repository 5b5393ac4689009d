/* Reads and writes bytes of two pages of data in ways that an analysis has to tell
 * apart (AnalyzeTest has what it should find), and exits with 0.
 *
 * On entry: any registers.
 */
	.text
	.globl _start
_start:
	lla a1, data
	lw a0, 0(a1)
	sb a0, 8(a1)                    /* a part of what is read next */
	ld a0, 8(a1)
	sd a0, 16(a1)
	ld a0, 16(a1)
	addi a4, a1, 32
	amoadd.w a2, a0, (a4)
	ld a0, 61(a1)
	sd a0, 100(a1)
	lui a5, 1
	add a4, a1, a5
	ld a0, -4(a4)
	li a0, 0
	li a7, 94
	ecall

	.balign 4096
data:
	.fill 8192, 1, 0x5a
