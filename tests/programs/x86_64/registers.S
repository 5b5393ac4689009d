/* Writes every register as it was at the first instruction to descriptor 1 and
 * exits with 0: general registers in the order of the model (r15 r14 r13 r12
 * rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi rsp), RFLAGS, the words at FS:0 and
 * GS:0, padding, an FXSAVE area, and with AVX the YMM registers.
 *
 * On entry: any registers; RSP in writable memory; FS and GS bases likewise.
 */
	.text
	.globl _start
_start:
	movq %r15, 0 + registers(%rip)
	movq %r14, 8 + registers(%rip)
	movq %r13, 16 + registers(%rip)
	movq %r12, 24 + registers(%rip)
	movq %rbp, 32 + registers(%rip)
	movq %rbx, 40 + registers(%rip)
	movq %r11, 48 + registers(%rip)
	movq %r10, 56 + registers(%rip)
	movq %r9, 64 + registers(%rip)
	movq %r8, 72 + registers(%rip)
	movq %rax, 80 + registers(%rip)
	movq %rcx, 88 + registers(%rip)
	movq %rdx, 96 + registers(%rip)
	movq %rsi, 104 + registers(%rip)
	movq %rdi, 112 + registers(%rip)
	movq %rsp, 120 + registers(%rip)
	pushfq
	popq 128 + registers(%rip)
	movq %fs:0, %rax
	movq %rax, 136 + registers(%rip)
	movq %gs:0, %rax
	movq %rax, 144 + registers(%rip)
	fxsave64 160 + registers(%rip)
	movl $672, %edx
#ifdef WITH_AVX
	.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	vmovdqu %ymm\n, 672 + 32 * \n + registers(%rip)
	.endr
	movl $672 + 512, %edx
#endif
	movl $1, %eax
	movl $1, %edi
	leaq registers(%rip), %rsi
	syscall
	movl $231, %eax
	xorl %edi, %edi
	syscall

	.balign 64
registers:
	.fill 672 + 512, 1, 0
