/* Reads and writes bytes of two pages of data in ways that an analysis has to tell
 * apart (AnalyzeTest has what it should find), and exits with 0.
 *
 * On entry: any registers.
 */
	.arch armv8.1-a
	.text
	.globl _start
_start:
	adr x1, data
	ldr w0, [x1]
	strb w0, [x1, #8]               /* a part of what is read next */
	ldr x0, [x1, #8]
	str x0, [x1, #16]
	ldr x0, [x1, #16]
	add x4, x1, #32
	ldaddal w0, w2, [x4]
	ldur q0, [x1, #61]
	stur q0, [x1, #100]
	ldp x2, x3, [x1, #200]
	stp x2, x3, [x1, #304]
	add x4, x1, #4092
	ldr x0, [x4]
	add x4, x1, #4096
	add x4, x4, #520
	dc zva, x4                      /* 64 bytes from 512 on */
	ldr x0, [x4]
	mov x0, #0
	mov x8, #94
	svc #0

	.balign 4096
data:
	.fill 8192, 1, 0x5a
