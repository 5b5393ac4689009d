/* Where the program goes from an instruction, as the registers in front of it tell.
 * RISC-V unprivileged architecture: RV32/64G listings, chapter C.
 *
 * State: none.
 */
#include "instructions.h"

enum { OPCODE_BRANCH = 0x63, OPCODE_JALR = 0x67, OPCODE_JAL = 0x6f };

static u64 bits(u32 code, int from, int count) { return code >> from & ((1u << count) - 1); }

static u64 signed_from(u64 value, int sign_bit)
{
	return (value ^ 1ull << sign_bit) - (1ull << sign_bit);
}

static u64 general(const struct trap_frame *frame, u64 number)
{
	return number ? frame->x[number - 1] : 0;
}

/* BEQ BNE, BLT BGE, BLTU BGEU: the lowest bit of funct3 turns the comparison round. */
static int is_taken(const struct trap_frame *frame, u32 code)
{
	u64 left = general(frame, bits(code, 15, 5)), right = general(frame, bits(code, 20, 5));
	u64 kind = bits(code, 12, 3);
	int holds = (kind & 4) == 0 ? left == right
		: (kind & 2) == 0 ? (i64)left < (i64)right : left < right;

	return holds != (int)(kind & 1);
}

static u64 branch_offset(u32 code)
{
	return signed_from(bits(code, 8, 4) << 1 | bits(code, 25, 6) << 5 | bits(code, 7, 1) << 11
		| bits(code, 31, 1) << 12, 12);
}

static u64 jump_offset(u32 code)
{
	return signed_from(bits(code, 21, 10) << 1 | bits(code, 20, 1) << 11 | bits(code, 12, 8) << 12
		| bits(code, 31, 1) << 20, 20);
}

/* C.J */
static u64 compressed_jump_offset(u32 code)
{
	return signed_from(bits(code, 3, 3) << 1 | bits(code, 11, 1) << 4 | bits(code, 2, 1) << 5
		| bits(code, 7, 1) << 6 | bits(code, 6, 1) << 7 | bits(code, 9, 2) << 8
		| bits(code, 8, 1) << 10 | bits(code, 12, 1) << 11, 11);
}

/* C.BEQZ, C.BNEZ */
static u64 compressed_branch_offset(u32 code)
{
	return signed_from(bits(code, 3, 2) << 1 | bits(code, 10, 2) << 3 | bits(code, 2, 1) << 5
		| bits(code, 5, 2) << 6 | bits(code, 12, 1) << 8, 8);
}

static u64 after_compressed(const struct trap_frame *frame, u32 code)
{
	u64 next = frame->pc + 2;

	switch (bits(code, 13, 3) << 2 | bits(code, 0, 2)) {
	case 5 << 2 | 1:
		return frame->pc + compressed_jump_offset(code);
	case 6 << 2 | 1:
	case 7 << 2 | 1: {
		int is_zero = general(frame, 8 + bits(code, 7, 3)) == 0;
		return is_zero != (int)bits(code, 13, 1) ? frame->pc + compressed_branch_offset(code) : next;
	}
	case 4 << 2 | 2: /* C.JR and C.JALR: a register to go to, none to move */
		return bits(code, 2, 5) == 0 && bits(code, 7, 5) != 0
			? general(frame, bits(code, 7, 5)) & ~1ull : next;
	default:
		return next;
	}
}

u64 arch_next_pc(const struct trap_frame *frame)
{
	u64 next = frame->pc + 4;
	u32 code;

	if (!instruction_fetch(frame, &code))
		return 0;
	if ((code & 3) != 3)
		return after_compressed(frame, code);
	switch (bits(code, 0, 7)) {
	case OPCODE_BRANCH:
		return is_taken(frame, code) ? frame->pc + branch_offset(code) : next;
	case OPCODE_JAL:
		return frame->pc + jump_offset(code);
	case OPCODE_JALR:
		return (general(frame, bits(code, 15, 5)) + signed_from(bits(code, 20, 12), 11)) & ~1ull;
	default:
		return next;
	}
}
