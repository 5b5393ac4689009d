/* The stub's own code for loads and stores that are not aligned, tried at user level:
 * QEMU makes such accesses itself, so that no image ever gets there in it. Prints
 * "alignment ok" and exits with 0, or exits with the number of what went wrong.
 *
 * On entry: the stack pointer in writable memory.
 */
#include "instructions.c"
#include "misaligned.c"

__asm__(".globl _start\n_start: andi sp, sp, -16\n j run\n");
__asm__(".option push\n .include \"float_registers.S\"\n .noaltmacro\n .option pop\n");

#define WRITE 64
#define EXIT 94
#define BUFFER_BYTES 32

static u64 call(u64 number, u64 a, u64 b, u64 c)
{
	register u64 a7 __asm__("a7") = number;
	register u64 a0 __asm__("a0") = a;
	register u64 a1 __asm__("a1") = b;
	register u64 a2 __asm__("a2") = c;
	__asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2) : "memory");
	return a0;
}

static void die(u64 status) { call(EXIT, status, 0, 0); }

/* The program's memory: all of it can be used up to `end`. */
static u64 end = ~0ull;
static u64 fault_vaddr = 1, fault_access = 1;

u64 user_prefix_ready(u64 vaddr, u64 size_bytes, u64 access)
{
	(void)access;
	return vaddr >= end ? 0 : end - vaddr < size_bytes ? end - vaddr : size_bytes;
}

int user_range_ready(u64 vaddr, u64 size_bytes, u64 access)
{
	return user_prefix_ready(vaddr, size_bytes, access) == size_bytes;
}

static int copy(u64 to, u64 from, u64 size_bytes, u64 user_vaddr)
{
	if (!user_range_ready(user_vaddr, size_bytes, 0))
		return 0;
	for (u64 i = 0; i < size_bytes; i++)
		((volatile u8 *)to)[i] = ((const volatile u8 *)from)[i];
	return 1;
}

int user_read(void *to, u64 vaddr, u64 size_bytes) { return copy((u64)to, vaddr, size_bytes, vaddr); }
int user_write(u64 vaddr, const void *from, u64 size_bytes)
{
	return copy(vaddr, (u64)from, size_bytes, vaddr);
}

void trap_at(const struct trap_frame *frame) { (void)frame; }

void trap_page_fault(struct trap_frame *frame, u64 vaddr, u64 access)
{
	(void)frame;
	fault_vaddr = vaddr;
	fault_access = access;
}

/* name, instruction, size of it, size of the access, store, float, unsigned, register */
#define ACCESSES(X)                               \
	X(lh, "lh a0, 0(a1)", 4, 2, 0, 0, 0, 10)      \
	X(lhu, "lhu t6, 0(a1)", 4, 2, 0, 0, 1, 31)    \
	X(lw, "lw s11, 0(a1)", 4, 4, 0, 0, 0, 27)     \
	X(lwu, "lwu a0, 0(a1)", 4, 4, 0, 0, 1, 10)    \
	X(ld, "ld ra, 0(a1)", 4, 8, 0, 0, 0, 1)       \
	X(lw0, "lw zero, 0(a1)", 4, 4, 0, 0, 0, 0)    \
	X(sh, "sh t6, 0(a1)", 4, 2, 1, 0, 0, 31)      \
	X(sw, "sw t3, 0(a1)", 4, 4, 1, 0, 0, 28)      \
	X(sd, "sd s2, 0(a1)", 4, 8, 1, 0, 0, 18)      \
	X(sd0, "sd zero, 0(a1)", 4, 8, 1, 0, 0, 0)    \
	X(flw, "flw f31, 0(a1)", 4, 4, 0, 1, 0, 31)   \
	X(fld, "fld f0, 0(a1)", 4, 8, 0, 1, 0, 0)     \
	X(fsw, "fsw f5, 0(a1)", 4, 4, 1, 1, 0, 5)     \
	X(fsd, "fsd f17, 0(a1)", 4, 8, 1, 1, 0, 17)   \
	X(clw, "c.lw a0, 4(a1)", 2, 4, 0, 0, 0, 10)   \
	X(cld, "c.ld s1, 8(a1)", 2, 8, 0, 0, 0, 9)    \
	X(csw, "c.sw a5, 4(a1)", 2, 4, 1, 0, 0, 15)   \
	X(csd, "c.sd s0, 8(a1)", 2, 8, 1, 0, 0, 8)    \
	X(cfld, "c.fld f15, 8(a1)", 2, 8, 0, 1, 0, 15) \
	X(cfsd, "c.fsd f8, 8(a1)", 2, 8, 1, 1, 0, 8)  \
	X(clwsp, "c.lwsp t6, 4(sp)", 2, 4, 0, 0, 0, 31) \
	X(cldsp, "c.ldsp ra, 8(sp)", 2, 8, 0, 0, 0, 1) \
	X(cswsp, "c.swsp t6, 4(sp)", 2, 4, 1, 0, 0, 31) \
	X(csdsp, "c.sdsp t0, 8(sp)", 2, 8, 1, 0, 0, 5) \
	X(cfldsp, "c.fldsp f31, 8(sp)", 2, 8, 0, 1, 0, 31) \
	X(cfsdsp, "c.fsdsp f20, 8(sp)", 2, 8, 1, 1, 0, 20)

/* Neither loads nor stores of a register, or none that may be made so. */
#define OTHERS(X)                       \
	X(add, "add a0, a0, a1")            \
	X(amo, "amoadd.w a0, a2, (a1)")     \
	X(lr, "lr.d a0, (a1)")              \
	X(nothing, "c.nop")                 \
	X(addi4spn, "c.addi4spn a0, sp, 8") \
	X(cjr, "c.jr ra")

#define CODE(name, text, ...) "code_" #name ": " text "\n"
#define CODE_OF_OTHER(name, text) CODE(name, text)
__asm__(".option push\n .option arch, +f, +d\n"
	ACCESSES(CODE) OTHERS(CODE_OF_OTHER) ".option pop\n");
#define DECLARE(name, ...) extern const u8 code_##name[];
ACCESSES(DECLARE)
OTHERS(DECLARE)

struct row {
	const u8 *code;
	u64 instruction_bytes, size_bytes;
	int is_store, is_float, is_unsigned;
	u64 number;
};

/* A flat binary has what has values, no more; and the code lies below. */
static u8 buffer[BUFFER_BYTES] __attribute__((aligned(16))) = {1};
static struct trap_frame frame = {.pc = 1};

static u64 pattern(u64 index) { return 0x8182838485868788ull + index * 0x0101010101010101ull; }

static u64 value_at(u64 offset, u64 size_bytes)
{
	u64 value = 0;
	for (u64 i = size_bytes; i > 0; i--)
		value = value << 8 | ((volatile u8 *)buffer)[offset + i - 1];
	return value;
}

static void prepare(const u8 *code, u64 offset)
{
	for (u64 i = 0; i < BUFFER_BYTES; i++)
		((volatile u8 *)buffer)[i] = (u8)(0xf0 - 5 * i);
	for (u64 i = 1; i <= 31; i++)
		frame.x[i - 1] = pattern(i);
	for (u64 i = 0; i < 32; i++)
		float_write(i, pattern(40 + i));
	frame.pc = (u64)code;
	frame.fault_vaddr = (u64)buffer + offset;
}

static u64 loaded(const struct row *row, u64 value)
{
	u64 upper = row->size_bytes == 8 ? 0 : ~0ull << 8 * row->size_bytes;
	u64 sign = value >> (8 * row->size_bytes - 1) & 1;

	return row->is_float || (!row->is_unsigned && sign) ? value | upper : value;
}

static void try_one(const struct row *row, u64 offset)
{
	u64 stored, before, number;

	prepare(row->code, offset);
	before = value_at(offset, row->size_bytes);
	if (!emulate_misaligned(&frame))
		die(10);
	if (frame.pc != (u64)row->code + row->instruction_bytes)
		die(11);
	stored = row->is_float ? pattern(40 + row->number) : row->number ? pattern(row->number) : 0;
	if (row->size_bytes < 8)
		stored &= (1ull << 8 * row->size_bytes) - 1;
	if (value_at(offset, row->size_bytes) != (row->is_store ? stored : before))
		die(12);
	for (u64 i = 0; i < BUFFER_BYTES; i++)
		if ((i < offset || i >= offset + row->size_bytes) && buffer[i] != (u8)(0xf0 - 5 * i))
			die(13);
	number = row->is_store ? ~0ull : row->number;
	for (u64 i = 1; i <= 31; i++)
		if (frame.x[i - 1] != (i == number && !row->is_float ? loaded(row, before) : pattern(i)))
			die(14);
	for (u64 i = 0; i < 32; i++)
		if (float_read(i) != (i == number && row->is_float ? loaded(row, before) : pattern(40 + i)))
			die(15);
}

/* Half of it lies where the program has nothing: nothing changes, and that is told. */
static void try_fault(const struct row *row)
{
	u64 half = row->size_bytes / 2;

	prepare(row->code, 16 - half);
	end = (u64)buffer + 16;
	fault_vaddr = 0;
	if (!emulate_misaligned(&frame))
		die(20);
	if (fault_vaddr != end || fault_access != (row->is_store ? THAW_VMA_WRITE : THAW_VMA_READ))
		die(21);
	if (frame.pc != (u64)row->code || buffer[15] != (u8)(0xf0 - 5 * 15))
		die(22);
	end = ~0ull;
}

static void try_other(const u8 *code)
{
	prepare(code, 1);
	if (emulate_misaligned(&frame) || frame.pc != (u64)code)
		die(30);
}

__attribute__((used)) void run(void)
{
#define TRY(name, text, instruction, size, store, floating, without_sign, register)           \
	{                                                                                        \
		struct row row = {code_##name, instruction, size, store, floating, without_sign, register}; \
		for (u64 offset = 0; offset <= 8; offset++)                                          \
			if (offset & (row.size_bytes - 1))                                               \
				try_one(&row, offset);                                                       \
		prepare(row.code, 8);                                                                \
		if (emulate_misaligned(&frame))                                                      \
			die(40);                                                                         \
		try_fault(&row);                                                                     \
	}
	ACCESSES(TRY)
#define TRY_OTHER(name, text) try_other(code_##name);
	OTHERS(TRY_OTHER)
	call(WRITE, 1, (u64) "alignment ok\n", 13);
	die(0);
}
