/* A Linux program that executes a mark of count_marks.c and exits with 0. */
	.globl _start
_start:
	slti zero, zero, NUMBER
	li a0, 0
	li a7, 93
	ecall
