/* Loads and stores of every kind at addresses that are not aligned, within a page and
 * across the border of two: writes what they gave to descriptor 1 and exits with 0. Some
 * processors do them, others trap: the program cannot tell.
 *
 * On entry: SP in writable memory, with 16 KiB below it that were never touched.
 */
	.option arch, +f, +d
	.text
	.globl _start
	.altmacro

/* Registers: s0 where results go, s1 the offset, s2 aligned memory with 16 bytes on each
 * side, a1 the address to be accessed. */
.macro keep register
	sd \register, 0(s0)
	addi s0, s0, 8
.endm
.macro load instruction, address:vararg
	\instruction a0, \address
	keep a0
.endm
.macro load_float instruction, address:vararg
	\instruction fa0, \address
	fmv.x.d a0, fa0
	keep a0
.endm
.macro store instruction, value, address:vararg
	sd zero, 0(s2)
	sd zero, 8(s2)
	sd zero, 16(s2)
	\instruction \value, \address
	ld a0, 0(s2)
	keep a0
	ld a0, 8(s2)
	keep a0
	ld a0, 16(s2)
	keep a0
.endm

_start:
	mv s3, sp
	lla s0, results
	lla t0, pattern
	ld a4, 0(t0)
	fmv.d.x fa4, a4
	li s1, 1
next_offset:
	lla s2, border - 8
	add a1, s2, s1
	mv sp, a1
	ld t1, 8(t0)
	sd t1, 0(s2)
	ld t1, 16(t0)
	sd t1, 8(s2)
	ld t1, 24(t0)
	sd t1, 16(s2)

	load lh, 0(a1)
	load lhu, 0(a1)
	load lw, 0(a1)
	load lwu, 0(a1)
	load ld, 0(a1)
	load c.lw, 4(a1)
	load c.ld, 8(a1)
	load c.lwsp, 4(sp)
	load c.ldsp, 8(sp)
	load_float flw, 0(a1)
	load_float fld, 0(a1)
	load_float c.fld, 8(a1)
	load_float c.fldsp, 8(sp)

	store sh, a4, 0(a1)
	store sw, a4, 0(a1)
	store sd, a4, 0(a1)
	store sd, zero, 0(a1)
	store c.sw, a4, 4(a1)
	store c.sd, a4, 8(a1)
	store c.swsp, a4, 4(sp)
	store c.sdsp, a4, 8(sp)
	store fsw, fa4, 0(a1)
	store fsd, fa4, 0(a1)
	store c.fsd, fa4, 8(a1)
	store c.fsdsp, fa4, 8(sp)
	addi s1, s1, 1
	li t1, 8
	blt s1, t1, next_offset

	/* Across a border of two pages that are born by it: a store, a load. */
	mv sp, s3
	li t1, -4096
	and t1, sp, t1
	li t2, 8192
	sub t1, t1, t2
	sd a4, -3(t1)
	ld a0, -3(t1)
	keep a0
	li t2, 4096
	sub t1, t1, t2
	sub t1, t1, t2
	load ld, -5(t1)

	lla a1, results
	sub a2, s0, a1
	li a0, 1
	li a7, 64
	ecall
	li a0, 0
	li a7, 94
	ecall

	.balign 8
pattern:
	.quad 0x8192a3b4c5d6e7f8, 0x0123456789abcdef, 0xfedcba9876543210, 0x8899aabbccddeeff
	.balign 4096
	.fill 4096, 1, 0xa5
border:
	.fill 64, 1, 0xa5
	.balign 8
results:
	.fill 8 * 7 * (13 + 3 * 12) + 16, 1, 0
