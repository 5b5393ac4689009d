/* Sets the action of signal 10 and asks for it, writes the 24 bytes of it and the 8 behind
 * them to descriptor 1, and exits with 0 or with what the calls returned.
 *
 * On entry: any registers.
 */
	.text
	.globl _start
_start:
	li a0, 10
	lla a1, action
	li a2, 0
	li a3, 8
	li a7, 134
	ecall
	mv s0, a0
	li a0, 10
	li a1, 0
	lla a2, answer
	li a3, 8
	li a7, 134
	ecall
	or s0, s0, a0
	li a0, 1
	lla a1, answer
	li a2, 32
	li a7, 64
	ecall
	mv a0, s0
	li a7, 94
	ecall

	.balign 8
action:
	.quad 0x12340                   /* handler */
	.quad 0x14000004                /* SA_RESTART, SA_RESTORER, SA_SIGINFO */
	.quad 0x303                     /* signals 1, 2, 9, 10 */
	.quad 0x5555
answer:
	.quad -1, -1, -1, -1
