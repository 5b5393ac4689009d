/* Every way to go on from an instruction, three times: jumps and branches of both
 * sizes, taken and not, near and far, forwards and backwards; calls, counter reads and
 * page faults in between.
 *
 * On entry: the stack pointer in writable memory, of which no page is there.
 * On exit: exit(0).
 */
	.option norelax
	.option norvc
	.text

/* Skips the next instruction if the condition holds. */
.macro branch condition, left, right
	b\condition \left, \right, 9f
	addi s2, s2, 1
9:
.endm

	.globl _start
_start:
	lla s0, data
	lb t0, 0(s0)                    /* the first touch of its page */
	li s1, 3
	li s2, 0
	li s3, -1
round:
	addi s3, s3, 1                  /* 0 1 2 */
	li t1, -2
	addi t2, s3, -1                 /* -1 0 1 */
	branch eq, s3, zero
	branch ne, s3, zero
	branch lt, t2, zero
	branch ge, t2, zero
	branch lt, t1, t2
	branch ltu, t1, t2
	branch geu, t2, t1
	branch geu, zero, t2
	jal t0, 1f                      /* a link register of the other kind */
	addi s2, s2, 1
1:	jal zero, far
back:
	lla t3, leaf
	jalr ra, -8(t3)                 /* begins 8 bytes before */
	mv t0, ra
	lla t0, 2f + 16
	jalr t0, -16(t0)                /* from what it overwrites */
	addi s2, s2, 1
2:	beq s3, zero, 3f
	li t1, 0x1000
	sub sp, sp, t1
3:	sd s3, -16(sp)                  /* a page that is not there yet, twice */
	rdtime t4
	li a7, 172                      /* getpid */
	ecall
	li t5, 2
4:	addi t5, t5, -1
	bne t5, zero, 4b
	.option rvc
	c.li a5, 2
5:	c.addi a5, -1
	c.bnez a5, 5b
	c.mv a4, s3
	c.beqz a4, 6f
	c.addi a4, -1
	c.beqz a4, 7f
	c.nop
6:	c.nop
7:	c.bnez a4, near
	c.nop
	c.j middle
	.balign 4
	.option norvc
	.skip 236, 0x13
	.option rvc
near:
	c.nop
middle:
	c.j ahead
behind:
	lla a3, leaf2
	c.jalr a3
	c.mv ra, ra
	lla a3, last
	c.jr a3
	.balign 4
	.option norvc
	.skip 1960, 0x13
	.option rvc
ahead:
	c.nop
	c.j behind
leaf2:
	c.add s2, s3
	c.jr ra
	.option norvc
	.balign 4
	.skip 60
	addi s2, s2, 5
	nop
leaf:
	ret

/* An instruction in two pages. */
	.balign 4096
	.option rvc
	.skip 4090, 1
	c.nop
last:
	c.nop
	.option norvc
	addi s2, s2, 3
	addi s1, s1, -1
	beq s1, zero, 8f
	j round
8:	li a0, 0
	li a7, 94
	ecall
	.skip 0x12000
far:
	addi s2, s2, 7
	j back

	.balign 4096
data:
	.fill 8, 1, 0
