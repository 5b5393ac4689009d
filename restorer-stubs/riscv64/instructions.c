/* What the few instructions are that trap although the program may use them.
 * RISC-V unprivileged architecture: RV32/64G listings, chapters Zicntr and C.
 *
 * State: none.
 */
#include "instructions.h"

enum {
	OPCODE_LOAD = 0x03,
	OPCODE_LOAD_FLOAT = 0x07,
	OPCODE_STORE = 0x23,
	OPCODE_STORE_FLOAT = 0x27,
	OPCODE_SYSTEM = 0x73,
};
enum { CSR_CYCLE = 0xc00, CSR_TIME = 0xc01, CSR_INSTRET = 0xc02 };

static int is_compressed(u32 code) { return (code & 3) != 3; }
static u32 bits(u32 code, int from, int count) { return code >> from & ((1u << count) - 1); }

int instruction_fetch(const struct trap_frame *frame, u32 *code)
{
	u64 pc = frame->pc;
	u64 in_page = (pc + 2) % HW_PAGE_BYTES ? 4 : 2;

	trap_at(frame);
	if (!user_range_ready(pc, in_page, THAW_VMA_EXECUTE))
		return 0;
	*code = *(const u16 *)pc;
	if (is_compressed(*code))
		return 1;
	if (in_page == 2 && !user_range_ready(pc + 2, 2, THAW_VMA_EXECUTE))
		return 0;
	*code |= (u32) * (const u16 *)(pc + 2) << 16;
	return 1;
}

/* CSRRS and CSRRC, also with an immediate, that set and clear nothing. */
int instruction_is_counter_read(u32 code, u64 *target)
{
	u32 csr = bits(code, 20, 12);

	*target = bits(code, 7, 5);
	return bits(code, 0, 7) == OPCODE_SYSTEM && (bits(code, 12, 3) & 2) && !bits(code, 15, 5)
		&& (csr == CSR_CYCLE || csr == CSR_TIME || csr == CSR_INSTRET);
}

/* Quadrant 0 addresses by a register, quadrant 2 by the stack pointer. funct3 is
 * 1 FLD, 2 LW, 3 LD, and 4 more for the stores. */
static int is_compressed_access(u32 code, struct access *access)
{
	u32 quadrant = bits(code, 0, 2);
	u32 kind = bits(code, 13, 3);

	if ((quadrant != 0 && quadrant != 2) || (kind & 3) == 0)
		return 0;
	access->is_store = (kind & 4) != 0;
	access->is_float = (kind & 3) == 1;
	access->is_unsigned = 0;
	access->size_bytes = (kind & 3) == 2 ? 4 : 8;
	access->instruction_bytes = 2;
	access->number = quadrant == 0 ? 8 + bits(code, 2, 3)
		: access->is_store ? bits(code, 2, 5) : bits(code, 7, 5);
	return 1;
}

int instruction_is_access(u32 code, struct access *access)
{
	u32 opcode = bits(code, 0, 7);
	u32 width = bits(code, 12, 3);

	if (is_compressed(code))
		return is_compressed_access(code, access);
	access->is_store = opcode == OPCODE_STORE || opcode == OPCODE_STORE_FLOAT;
	access->is_float = opcode == OPCODE_LOAD_FLOAT || opcode == OPCODE_STORE_FLOAT;
	access->is_unsigned = (width & 4) != 0;
	access->size_bytes = 1ull << (width & 3);
	access->instruction_bytes = 4;
	access->number = access->is_store ? bits(code, 20, 5) : bits(code, 7, 5);
	switch (opcode) {
	case OPCODE_LOAD:
		return width != 7;
	case OPCODE_STORE:
		return width <= 3;
	case OPCODE_LOAD_FLOAT:
	case OPCODE_STORE_FLOAT: /* other widths are of other extensions */
		return width == 2 || width == 3;
	default:
		return 0;
	}
}
