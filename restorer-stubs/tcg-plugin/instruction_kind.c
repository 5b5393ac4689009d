#include "instruction_kind.h"

/* Intel SDM vol. 2, 2.1.1: legacy prefixes in any order. */
static int is_legacy_prefix(u8 byte)
{
	switch (byte) {
	case 0x26: case 0x2e: case 0x36: case 0x3e: case 0x64: case 0x65: /* segments */
	case 0x66: case 0x67:                                             /* sizes */
	case 0xf0: case 0xf2: case 0xf3:                                  /* LOCK, REP */
		return 1;
	default:
		return 0;
	}
}

/* INS OUTS; MOVS CMPS; STOS LODS SCAS. */
static int is_string_opcode(u8 opcode)
{
	return (opcode >= 0x6c && opcode <= 0x6f) || (opcode >= 0xa4 && opcode <= 0xa7)
		|| (opcode >= 0xaa && opcode <= 0xaf);
}

static enum instruction_kind two_byte_kind(u8 opcode)
{
	if (opcode == 0x05 || opcode == 0x34) /* SYSCALL, SYSENTER */
		return KIND_CALL;
	return opcode >= 0x80 && opcode <= 0x8f ? KIND_BRANCH : KIND_PLAIN; /* Jcc */
}

static enum instruction_kind one_byte_kind(u8 opcode)
{
	if (opcode >= 0x70 && opcode <= 0x7f) /* Jcc */
		return KIND_BRANCH;
	switch (opcode) {
	case 0xe0: case 0xe1: case 0xe2: case 0xe3: /* LOOPNE LOOPE LOOP JRCXZ */
	case 0xe8: case 0xe9: case 0xeb:            /* CALL JMP JMP */
	case 0xc2: case 0xc3: case 0xca: case 0xcb: case 0xcf: /* RET IRET */
	case 0xff:                                  /* CALL and JMP by register or memory */
		return KIND_BRANCH;
	case 0xcc: /* INT3 */
		return KIND_BREAKPOINT;
	case 0xcd: /* INT */
		return KIND_CALL;
	default:
		return KIND_PLAIN;
	}
}

static enum instruction_kind x86_kind(const u8 *bytes, size_t size_bytes)
{
	int repeat = 0;
	size_t i = 0;

	for (; i < size_bytes && is_legacy_prefix(bytes[i]); i++)
		repeat |= bytes[i] == 0xf2 || bytes[i] == 0xf3;
	if (i < size_bytes && (bytes[i] & 0xf0) == 0x40) /* REX */
		i++;
	if (i >= size_bytes)
		return KIND_PLAIN;
	if (bytes[i] == 0x0f)
		return i + 1 < size_bytes ? two_byte_kind(bytes[i + 1]) : KIND_PLAIN;
	if (repeat && is_string_opcode(bytes[i]))
		return KIND_REPEAT;
	return one_byte_kind(bytes[i]);
}

/* Arm ARM C4.1: op0 = 101x are branches, exception generation, system. */
static enum instruction_kind aarch64_kind(const u8 *bytes, size_t size_bytes)
{
	u32 word;

	if (size_bytes != 4)
		return KIND_PLAIN;
	word = bytes[0] | (u32)bytes[1] << 8 | (u32)bytes[2] << 16 | (u32)bytes[3] << 24;
	if ((word & 0xffe0001f) == 0xd4000001) /* SVC */
		return KIND_CALL;
	if ((word & 0xffe0001f) == 0xd4200000) /* BRK */
		return KIND_BREAKPOINT;
	return (word & 0x1c000000) == 0x14000000 ? KIND_BRANCH : KIND_PLAIN;
}

/* RISC-V unprivileged architecture, chapter C: C.EBREAK; C.J, C.BEQZ and C.BNEZ; C.JR and
 * C.JALR, which have a register to go to and none to move. */
static enum instruction_kind compressed_kind(u32 code)
{
	u32 quadrant = code & 3, kind = code >> 13;

	if (code == 0x9002)
		return KIND_BREAKPOINT;
	if (quadrant == 1 && kind >= 5)
		return KIND_BRANCH;
	return quadrant == 2 && kind == 4 && (code & 0x7c) == 0 && (code & 0xf80) != 0 ? KIND_BRANCH
										       : KIND_PLAIN;
}

/* ECALL, EBREAK; BRANCH, JALR, JAL. */
static enum instruction_kind riscv_kind(const u8 *bytes, size_t size_bytes)
{
	u32 code = size_bytes < 2 ? 0 : bytes[0] | (u32)bytes[1] << 8;

	if (size_bytes == 2)
		return compressed_kind(code);
	if (size_bytes != 4)
		return KIND_PLAIN;
	code |= (u32)bytes[2] << 16 | (u32)bytes[3] << 24;
	if (code == 0x73)
		return KIND_CALL;
	if (code == 0x100073)
		return KIND_BREAKPOINT;
	switch (code & 0x7f) {
	case 0x63: case 0x67: case 0x6f:
		return KIND_BRANCH;
	default:
		return KIND_PLAIN;
	}
}

enum instruction_kind instruction_kind(enum target target, const u8 *bytes, size_t size_bytes)
{
	switch (target) {
	case TARGET_X86_64:
		return x86_kind(bytes, size_bytes);
	case TARGET_AARCH64:
		return aarch64_kind(bytes, size_bytes);
	case TARGET_RISCV64:
		return riscv_kind(bytes, size_bytes);
	}
	return KIND_PLAIN;
}

/* INC, DEC and PUSH have an opcode with CALL and JMP (Intel SDM vol. 2, table A-6, group 5). */
static int is_x86_jump(const u8 *bytes, size_t size_bytes)
{
	size_t i = 0;

	while (i < size_bytes && is_legacy_prefix(bytes[i]))
		i++;
	if (i < size_bytes && (bytes[i] & 0xf0) == 0x40) /* REX */
		i++;
	if (i + 1 >= size_bytes || bytes[i] != 0xff)
		return 1;
	u8 operation = bytes[i + 1] >> 3 & 7;
	return operation >= 2 && operation <= 5;
}

int ends_block(enum target target, const u8 *bytes, size_t size_bytes)
{
	enum instruction_kind kind = instruction_kind(target, bytes, size_bytes);

	if (kind != KIND_BRANCH)
		return kind == KIND_CALL || kind == KIND_BREAKPOINT;
	if (target == TARGET_X86_64)
		return is_x86_jump(bytes, size_bytes);
	return target != TARGET_AARCH64 || bytes[3] != 0xd5; /* system instructions */
}
