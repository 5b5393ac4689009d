/* Where the program goes from an instruction, as the registers in front of it tell.
 * Arm ARM C4.1.3, branches, exception generating and system instructions.
 *
 * State: none.
 */
#include "code_patch.h"

enum { FLAG_V = 1 << 28, FLAG_C = 1 << 29, FLAG_Z = 1 << 30, FLAG_N = 1u << 31 };

static u64 bits(u32 code, int from, int count) { return code >> from & ((1u << count) - 1); }

/* A number of instructions, forwards or backwards. */
static u64 offset(u32 code, int from, int count)
{
	u64 sign = 1ull << (count - 1);
	return ((bits(code, from, count) ^ sign) - sign) * 4;
}

static u64 general(const struct trap_frame *frame, u64 number)
{
	return number == 31 ? 0 : frame->x[number];
}

/* The lowest bit turns a condition round, but for the two that are always true. */
static int holds(u64 pstate, u64 condition)
{
	int n = (pstate & FLAG_N) != 0, v = (pstate & FLAG_V) != 0;
	int result;

	switch (condition >> 1) {
	case 0: result = (pstate & FLAG_Z) != 0; break;                              /* EQ */
	case 1: result = (pstate & FLAG_C) != 0; break;                              /* CS */
	case 2: result = n; break;                                                   /* MI */
	case 3: result = v; break;                                                   /* VS */
	case 4: result = (pstate & FLAG_C) && !(pstate & FLAG_Z); break;             /* HI */
	case 5: result = n == v; break;                                              /* GE */
	case 6: result = n == v && !(pstate & FLAG_Z); break;                        /* GT */
	default: return 1;                                                           /* AL */
	}
	return result != (int)(condition & 1);
}

/* CBZ and CBNZ, of 32 or 64 bits. */
static int is_compared(const struct trap_frame *frame, u32 code)
{
	u64 value = general(frame, bits(code, 0, 5));
	u64 zero = code >> 31 ? value == 0 : (u32)value == 0;
	return zero != bits(code, 24, 1);
}

/* TBZ and TBNZ. */
static int is_tested(const struct trap_frame *frame, u32 code)
{
	u64 bit = bits(code, 31, 1) << 5 | bits(code, 19, 5);
	return (general(frame, bits(code, 0, 5)) >> bit & 1) == bits(code, 24, 1);
}

/* BR, BLR, RET and their likes with authentication. Neither a tag nor a signature is
 * part of where they go; if the signature is wrong, an exception is what happens. */
static u64 register_target(const struct trap_frame *frame, u32 code)
{
	u64 number = bits(code, 5, 5);
	int is_signed = bits(code, 11, 1) != 0;

	if (is_signed && bits(code, 21, 4) == 2) /* RETAA, RETAB */
		number = 30;
	return general(frame, number)
		& (is_signed ? (1ull << (ARCH_TABLE_LEVELS == 5 ? 52 : 48)) - 1 : 0x00ffffffffffffffull);
}

u64 arch_next_pc(const struct trap_frame *frame)
{
	u64 next = frame->pc + 4;
	u32 code;

	trap_at(frame);
	if (!user_range_ready(frame->pc, sizeof code, THAW_VMA_EXECUTE))
		return 0;
	code = *(const u32 *)frame->pc;
	if ((code & 0x7c000000) == 0x14000000) /* B, BL */
		return frame->pc + offset(code, 0, 26);
	if ((code & 0xff000000) == 0x54000000) /* B.cond, BC.cond */
		return holds(frame->pstate, bits(code, 0, 4)) ? frame->pc + offset(code, 5, 19) : next;
	if ((code & 0x7e000000) == 0x34000000)
		return is_compared(frame, code) ? frame->pc + offset(code, 5, 19) : next;
	if ((code & 0x7e000000) == 0x36000000)
		return is_tested(frame, code) ? frame->pc + offset(code, 5, 14) : next;
	if ((code & 0xfe000000) == 0xd6000000)
		return register_target(frame, code);
	return next;
}
