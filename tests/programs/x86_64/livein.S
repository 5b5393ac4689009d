/* Reads and writes bytes of two pages of data in ways that an analysis has to tell
 * apart (AnalyzeTest has what it should find), and exits with 0.
 *
 * On entry: any registers.
 */
	.text
	.globl _start
_start:
	leaq data(%rip), %rbx
	movl (%rbx), %eax
	movb %al, 8(%rbx)               /* a part of what is read next */
	movq 8(%rbx), %rax
	movq %rax, 16(%rbx)
	movq 16(%rbx), %rax
	lock xaddl %eax, 32(%rbx)
	movups 61(%rbx), %xmm0
	movups %xmm0, 100(%rbx)
	cld
	leaq 200(%rbx), %rsi
	leaq 304(%rbx), %rdi
	movl $16, %ecx
	rep movsb
	movq 4092(%rbx), %rax
	fxsave64 4096 + 512(%rbx)
	movl $231, %eax
	xorl %edi, %edi
	syscall

	.balign 4096
data:
	.fill 8192, 1, 0x5a
