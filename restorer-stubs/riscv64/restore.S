/* Restore path of riscv64: from the simulator's entry to the program's next
 * instruction, in a straight line. Its length depends on nothing.
 *
 * On entry, restore_rv64gc: M-mode, any CSRs but mstatus.MIE 0, no stack; any
 *   general register. It is the image's first instruction: cores and boot ROMs
 *   jump to the bottom of RAM whatever the ELF's entry is.
 * On exit: U-mode, every register as the program had it, the program's page
 *   tables in satp, stvec leading to traps.S, no interrupt enabled. MRET goes
 *   to U-mode directly.
 *
 * Traps are S-mode's. The stub's C sees the program's memory at the program's
 * addresses; in M-mode, which is not translated, each access would need MPRV.
 * M-mode keeps what a core does not delegate (Rocket: access faults), and hands
 * it on; and the stub's own ECALL, which asks for the processor's breakpoint.
 *
 * M-mode runs at physical addresses, so the program's page tables need not have
 * this page, and the program may use its address. Values to be loaded are in
 * this page as well; the linker finds them by their symbols.
 */
	.option norelax
	.option norvc
	.option arch, +f, +d
	.section .boot, "awx", @progbits

/* What lies where, by offset from the beginning, which X31 holds: loads reach 2047
 * bytes. All but the first is filled in by the linker. */
#define MACHINE_TRAP 352
#define SYSTEM       512        /* satp mstatus mepc fcsr */
#define X            544        /* X1 to X31 */
#define F            792        /* F0 to F31 */
#define MACHINE_CALL 1048
	.globl restore_system, restore_x, restore_f
	.set restore_system, restore_rv64gc + SYSTEM
	.set restore_x, restore_rv64gc + X
	.set restore_f, restore_rv64gc + F

#define STUB_CALL     9         /* ECALL of S-mode */
#define ALL_BUT_CALLS -513      /* its bit is 0 */
#define PMP_UP_TO     0x0f      /* TOR, R W X */

	.altmacro
.macro load_float number
	fld f\number, F + 8 * \number(x31)
.endm
.macro load_general number
	ld x\number, X + 8 * (\number - 1)(x31)
.endm

	.globl restore_rv64gc, restore_last_rv64gc
	.balign 4096
restore_rv64gc:
	auipc x31, 0
	addi x5, x31, MACHINE_TRAP
	csrw mtvec, x5
	csrw mie, zero                  /* not every core resets it */
	li x5, ALL_BUT_CALLS
	csrw medeleg, x5                /* what the core can delegate */
	csrw pmpaddr0, x5               /* S and U have nothing until an entry is open; */
	csrwi pmpcfg0, PMP_UP_TO        /* this one ends 2 KiB below the end of addresses */
	csrw mcounteren, zero           /* counter reads of the program trap: virtual time */
	lui x5, %hi(trap_vector)        /* its low bits are 0 */
	csrw stvec, x5
	ld x5, SYSTEM(x31)
	ld x6, SYSTEM + 8(x31)
	ld x7, SYSTEM + 16(x31)
	ld x8, SYSTEM + 24(x31)
	csrw satp, x5
	sfence.vma                      /* what a core has in its TLB at reset is anything */
	csrw mstatus, x6                /* from here on there are F registers */
	csrw mepc, x7
	csrw fcsr, x8
	.irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	load_float \number
	.endr
	.irp number, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	load_float \number
	.endr
	.irp number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
	load_general \number
	.endr
	.irp number, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	load_general \number
	.endr
restore_last_rv64gc:
	mret

/* Traps that M-mode takes itself. Of M-mode: a CSR that this core does not have (a
 * core without PMP needs none), which is passed over; anything else is the end of
 * it. Of the program or the stub: given to S-mode as if delegated, but for the
 * stub's ECALL. */
#define MSTATUS_SPP   0x100
#define MSTATUS_MPP   0x1800
#define MSTATUS_MPP_S 0x800
#define ILLEGAL_INSTRUCTION 2

	.org MACHINE_TRAP
machine_trap:
	csrw mscratch, x5
	csrr x5, mstatus
	srli x5, x5, 12                 /* the upper bit of MPP: M-mode */
	andi x5, x5, 1
	bnez x5, of_machine
	csrr x5, mcause
	addi x5, x5, -STUB_CALL
	beqz x5, machine_call
	csrr x5, mepc
	csrw sepc, x5
	csrr x5, mcause
	csrw scause, x5
	csrr x5, mtval
	csrw stval, x5
	li x5, MSTATUS_SPP
	csrc mstatus, x5
	csrr x5, mstatus
	srli x5, x5, 3                  /* MPP S is SPP 1, U is 0 */
	andi x5, x5, MSTATUS_SPP
	csrs mstatus, x5
	li x5, MSTATUS_MPP
	csrc mstatus, x5
	li x5, MSTATUS_MPP_S
	csrs mstatus, x5
	csrr x5, stvec
	csrw mepc, x5
	csrr x5, mscratch
	mret

of_machine:
	csrr x5, mcause
	addi x5, x5, -ILLEGAL_INSTRUCTION
	bnez x5, .                      /* no way to tell: RAM itself may not be there */
	csrr x5, mepc
	addi x5, x5, 4
	csrw mepc, x5
	csrr x5, mscratch
	mret

	.org SYSTEM
	.fill F + 256 - SYSTEM, 1, 0

/* The breakpoint, for breakpoint.c: CSRs of the first trigger (RISC-V debug
 * specification, chapter Sdtrig), which are M-mode's.
 *
 * On entry: A0 goes to tdata1, A1 to tdata2.
 * On exit: A0 is what tdata1 has become, 0 if the core has none; T0 and T1 are
 *   changed. */
	.org MACHINE_CALL
machine_call:
	csrr x6, mepc
	addi x6, x6, 4
	csrw tselect, zero
	csrw tdata2, x11
	csrw tdata1, x10
	mv x10, zero
	csrr x10, tdata1
	csrw mepc, x6
	li x6, MSTATUS_MPP              /* a CSR that is not there was a trap of M-mode */
	csrc mstatus, x6
	li x6, MSTATUS_MPP_S
	csrs mstatus, x6
	mret
