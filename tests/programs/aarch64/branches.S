/* Every way to go on from an instruction, three times: jumps and branches, taken and not,
 * near and far, forwards and backwards, with tags and signatures; calls, counter reads and
 * page faults in between.
 *
 * On entry: the stack pointer in writable memory, of which no page is there.
 * On exit: exit(0).
 */
	.arch armv8.3-a
	.text

/* Skips the next instruction if the condition holds. */
.macro branch condition
	b.\condition 9f
	add x20, x20, #1
9:
.endm

.macro all_conditions
	branch eq
	branch ne
	branch hs
	branch lo
	branch mi
	branch pl
	branch vs
	branch vc
	branch hi
	branch ls
	branch ge
	branch lt
	branch gt
	branch le
	branch al
.endm

	.globl _start
_start:
	adrp x19, data
	add x19, x19, :lo12:data
	ldrb w0, [x19]                  /* the first touch of its page */
	mov x21, #3
	mov x20, #0
	mov x22, #-1
round:
	add x22, x22, #1                /* 0 1 2 */
	cmp x22, #1                     /* below, equal, above */
	all_conditions
	mov x0, #0x8000000000000000
	adds x0, x0, x0                 /* carry, overflow, zero */
	all_conditions
	mov x0, #-5
	cmp x0, x22                     /* negative */
	all_conditions
	cbz x22, 1f
	add x20, x20, #1
1:	cbnz x22, 2f
	add x20, x20, #1
2:	lsl x1, x22, #32
	cbz w1, 3f                      /* its lower half always is */
	add x20, x20, #1
3:	cbnz w1, 4f
	add x20, x20, #1
4:	cbz xzr, 5f
	add x20, x20, #1
5:	tbz w22, #0, 6f
	add x20, x20, #1
6:	tbnz w22, #1, 7f
	add x20, x20, #1
7:	tbnz x1, #33, 8f
	add x20, x20, #1
8:	tbz x1, #63, 10f
	add x20, x20, #1
10:	b far
back:
	bl leaf
	adr x2, leaf
	orr x2, x2, #0x7f00000000000000 /* a tag */
	blr x2
	adr x3, other
	blr x3
	blraaz x3
	bl signed
	adr x4, 11f
	br x4
	add x20, x20, #1
11:	adr x4, 12f
	braaz x4
	add x20, x20, #1
12:	cbz x22, 13f
	sub sp, sp, #0x1000
13:	str x22, [sp, #-16]             /* a page that is not there yet, twice */
	mrs x5, cntvct_el0
	mov x8, #172                    /* getpid */
	svc #0
	mov x6, #2
14:	sub x6, x6, #1
	cbnz x6, 14b
	subs x21, x21, #1
	b.eq 15f
	b round
15:	mov x0, #0
	mov x8, #94
	svc #0

leaf:
	ret
other:
	mov x7, x30
	ret x7
signed:
	paciasp
	add x20, x20, #5
	retaa

	.org 0x14000
far:
	add x20, x20, #7
	b back

	.org 0x15000
data:
	.fill 8, 1, 0
