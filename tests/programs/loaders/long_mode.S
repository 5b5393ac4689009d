/* What gem5's X86FsWorkload and Firecracker do before they enter a kernel at e_entry,
 * for a machine that boots by PVH: 64-bit mode, the first 4 GiB mapped as they are, a
 * GDT of three entries, no stack, no IDT, registers 0.
 *
 * On entry: 32-bit protected mode, paging off (PVH).
 * On exit: at ENTRY (given to the assembler).
 */
	.section .note.Xen, "a", @note
	.long 4, 8, 18
	.asciz "Xen"
	.quad start

	.text
	.code32
	.globl start
start:
	mov $0x20, %eax                 /* CR4.PAE */
	mov %eax, %cr4
	mov $tables, %eax
	mov %eax, %cr3
	mov $0xc0000080, %ecx           /* EFER.LME */
	rdmsr
	or $0x100, %eax
	wrmsr
	mov $0x80000001, %eax           /* CR0.PG, PE */
	mov %eax, %cr0
	lgdt descriptor
	ljmp $8, $long_mode

	.code64
long_mode:
	mov $0x10, %eax
	mov %eax, %ds
	mov %eax, %es
	mov %eax, %ss
	xor %eax, %eax
	mov %eax, %fs
	mov %eax, %gs
	xor %ebx, %ebx
	xor %ecx, %ecx
	xor %edx, %edx
	xor %esi, %esi
	xor %edi, %edi
	xor %ebp, %ebp
	xor %esp, %esp
	jmp *entry(%rip)

	.balign 8
entry:	.quad ENTRY
gdt:	.quad 0, 0x00af9b000000ffff, 0x00cf93000000ffff
descriptor:
	.word . - gdt - 1
	.long gdt

	.balign 4096
tables:	.quad pointers + 3
	.skip 4088
pointers:
	.set page, 0
	.rept 4
	.quad directories + page * 4096 + 3
	.set page, page + 1
	.endr
	.skip 4064
directories:
	.set page, 0
	.rept 2048
	.quad page * 0x200000 + 0x87    /* 2 MiB, user, writable, present */
	.set page, page + 1
	.endr
