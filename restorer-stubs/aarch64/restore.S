/* Restore path of AArch64: from the simulator's entry to the program's next
 * instruction, in a straight line but for the choice of exception level. Its
 * length depends on nothing but that level and on pointer authentication.
 *
 * On entry, restore_neon and restore_neon_pac: EL1, EL2 or EL3, MMU and caches
 *   off, interrupts masked, no stack; any general register.
 * On exit: EL0, every register as the program had it, the program's page tables
 *   in TTBR0, the stub's in TTBR1, VBAR leading to traps.S, interrupts masked
 *   for good. ERET goes to EL0 directly from every level: registers of EL1 can
 *   be written from above.
 *
 * The page runs at its physical address. When entered at EL1 the MMU comes on
 * under it, so the linker maps that one page there. Values to be loaded are in
 * this page as well; the linker finds them by their symbols. The loads before
 * the MMU is on are of Device memory: every address is naturally aligned.
 */
	.arch_extension fp
	.arch_extension simd
	.arch_extension pauth
	.section .boot, "awx", @progbits

/* What the linker fills in, by offset from the base that X0 holds: LDP reaches
 * 504 bytes up, 512 down, and pairs of vector registers 1008 bytes up. */
#define PAC_KEYS -224   /* IA IB DA DB GA, low and high */
#define EL3      -144   /* SCR_EL3 CPTR_EL3 */
#define EL2      -128   /* HCR_EL2 CPTR_EL2 */
#define RESUME   -112   /* ELR SPSR SP_EL1 SP_EL0 */
#define SYSTEM   -80    /* MAIR TCR TTBR0 TTBR1 VBAR SCTLR CPACR TPIDR FPCR FPSR */
#define X        0      /* X0 to X30 */
#define V        256    /* V0 to V31 */
	.globl restore_pac_keys, restore_el3, restore_el2, restore_resume, restore_system
	.globl restore_x, restore_v
	.balign 16
	.fill -PAC_KEYS, 1, 0
restore_base:
	.fill V + 512, 1, 0
	.set restore_pac_keys, restore_base + PAC_KEYS
	.set restore_el3, restore_base + EL3
	.set restore_el2, restore_base + EL2
	.set restore_resume, restore_base + RESUME
	.set restore_system, restore_base + SYSTEM
	.set restore_x, restore_base + X
	.set restore_v, restore_base + V

#define AT(block, index) [x0, #(block + 8 * (index))]

.macro restore pac, last
	adr x0, restore_base
	mrs x1, CurrentEL
	ldp x2, x3, AT(RESUME, 0)
	ldp x4, x5, AT(RESUME, 2)
	tbz x1, #3, 1f
	tbz x1, #2, 2f
	/* EL3 */
	ldp x6, x7, AT(EL3, 0)
	msr SCR_EL3, x6
	msr CPTR_EL3, x7
	msr MDCR_EL3, xzr
	msr ELR_EL3, x2
	msr SPSR_EL3, x3
2:	/* EL2, and on from EL3. MDCR_EL2 is left alone: HPMN 0 would hide the PMU. */
	ldp x6, x7, AT(EL2, 0)
	msr HCR_EL2, x6
	msr CPTR_EL2, x7
	msr CNTVOFF_EL2, xzr
	msr ELR_EL2, x2
	msr SPSR_EL2, x3
	msr SP_EL1, x4
	b 3f
1:	/* EL1 */
	mov sp, x4
	msr ELR_EL1, x2
	msr SPSR_EL1, x3
3:	ldp x1, x2, AT(SYSTEM, 0)
	ldp x3, x4, AT(SYSTEM, 2)
	ldp x6, x7, AT(SYSTEM, 4)
	ldp x8, x9, AT(SYSTEM, 6)
	ldp x10, x11, AT(SYSTEM, 8)
	msr MAIR_EL1, x1
	msr TCR_EL1, x2
	msr TTBR0_EL1, x3
	msr TTBR1_EL1, x4
	msr VBAR_EL1, x6
	msr CPACR_EL1, x8
	msr TPIDR_EL0, x9
	msr TPIDRRO_EL0, xzr
	msr CNTKCTL_EL1, xzr            /* counter reads of the program trap: virtual time */
	msr MDSCR_EL1, xzr
	msr SP_EL0, x5
	tlbi vmalle1
	ic iallu
	dsb nsh
	msr SCTLR_EL1, x7
	isb
	.if \pac
	ldp x1, x2, AT(PAC_KEYS, 0)
	ldp x3, x4, AT(PAC_KEYS, 2)
	ldp x5, x6, AT(PAC_KEYS, 4)
	ldp x7, x8, AT(PAC_KEYS, 6)
	ldp x9, x12, AT(PAC_KEYS, 8)
	msr APIAKeyLo_EL1, x1
	msr APIAKeyHi_EL1, x2
	msr APIBKeyLo_EL1, x3
	msr APIBKeyHi_EL1, x4
	msr APDAKeyLo_EL1, x5
	msr APDAKeyHi_EL1, x6
	msr APDBKeyLo_EL1, x7
	msr APDBKeyHi_EL1, x8
	msr APGAKeyLo_EL1, x9
	msr APGAKeyHi_EL1, x12
	.endif
	msr FPCR, x10
	msr FPSR, x11
	.irp first, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30
	load_vectors \first
	.endr
	.irp first, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28
	load_general \first
	.endr
	ldr x30, AT(X, 30)
	ldp x0, x1, AT(X, 0)
\last:
	eret
.endm

	.altmacro
.macro load_vectors first
	load_vector_pair \first, %(\first + 1)
.endm
.macro load_vector_pair first, second
	ldp q\first, q\second, AT(V, 2 * \first)
.endm
.macro load_general first
	load_general_pair \first, %(\first + 1)
.endm
.macro load_general_pair first, second
	ldp x\first, x\second, AT(X, \first)
.endm

	.globl restore_neon, restore_neon_pac, restore_last_neon, restore_last_neon_pac
	.balign 4
restore_neon:
	restore 0, restore_last_neon
restore_neon_pac:
	restore 1, restore_last_neon_pac
