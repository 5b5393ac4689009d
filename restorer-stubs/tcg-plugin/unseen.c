#include "unseen.h"

/* DCZID_EL0 of every processor that QEMU's system emulation has. */
#define ZVA_BYTES 64
#define REGISTER_MASK 31u
#define ZVA_CODE 0xd50b7420u /* DC ZVA, Arm ARM C5.3 */
#define GVA_CODE 0xd50b7460u
#define GZVA_CODE 0xd50b7480u
#define ZERO_REGISTER 31

/* How CPUARMState of QEMU begins (target/arm/cpu.h). */
struct processor {
	u32 aarch32_registers[16];
	u64 registers[32];
	u64 pc;
};

void processor_seen(unsigned vcpu, void *userdata, const struct processor *candidate);

/* QEMU's translated code keeps the processor's state in a register of the host
 * (TCG_AREG0 of tcg/i386 and tcg/aarch64). Called as a plugin's callback is. */
void processor_shown(unsigned vcpu, void *userdata);
#ifdef __x86_64__
__asm__(".text\n.hidden processor_shown\nprocessor_shown:\n"
	"movq %rbp, %rdx\njmp processor_seen\n");
#else
__asm__(".text\n.hidden processor_shown\nprocessor_shown:\n"
	"mov x2, x19\nb processor_seen\n");
#endif

static const struct processor *processor;
static int is_shown, has_begun;
static u32 zeroing; /* the register with the address */
static u64 unknown;
int unseen_is_pending;

/* Believed if it has the program's very first address, with which the stub left. */
__attribute__((used)) void processor_seen(
	unsigned vcpu, void *userdata, const struct processor *candidate)
{
	(void)vcpu;
	if (!processor && candidate->pc == (u64)userdata)
		processor = candidate;
}

static void zeroes(unsigned vcpu, void *userdata)
{
	(void)vcpu;
	zeroing = (u64)userdata;
	unseen_is_pending = 1;
}

static void accesses_unknown(unsigned vcpu, void *userdata)
{
	(void)vcpu, (void)userdata;
	unknown += has_begun;
}

/* Arm ARM, C4.1: SVE memory accesses. */
static int is_sve_access(u32 word)
{
	return (word & 0x9e000000) == 0x84000000;
}

void unseen_instrument(
	enum target target, struct qemu_plugin_insn *insn, const struct instruction *instruction)
{
	u32 word = 0;

	if (target != TARGET_AARCH64 || instruction->size_bytes != sizeof word)
		return;
	for (size_t i = 0; i < sizeof word; i++)
		word |= (u32)instruction->bytes[i] << i * 8;
	if (!is_shown) {
		is_shown = 1;
		qemu_plugin_register_vcpu_insn_exec_cb(
			insn, processor_shown, QEMU_PLUGIN_CB_NO_REGS, (void *)instruction->pc);
	}
	switch (word & ~REGISTER_MASK) {
	case ZVA_CODE:
		qemu_plugin_register_vcpu_insn_exec_cb(insn, zeroes, QEMU_PLUGIN_CB_NO_REGS,
			(void *)(u64)(word & REGISTER_MASK));
		return;
	case GVA_CODE: case GZVA_CODE: /* tags of memory are in no image */
		break;
	default:
		if (!is_sve_access(word))
			return;
	}
	qemu_plugin_register_vcpu_insn_exec_cb(insn, accesses_unknown, QEMU_PLUGIN_CB_NO_REGS, 0);
}

int unseen_zeros(u64 *vaddr, u64 *size_bytes)
{
	unseen_is_pending = 0;
	if (!processor) {
		unknown += has_begun;
		return 0;
	}
	/* The top byte of an address is the program's own (TCR_EL1.TBI0). */
	*vaddr = zeroing == ZERO_REGISTER ? 0
		: (processor->registers[zeroing] & (~0ull >> 8)) & -(u64)ZVA_BYTES;
	*size_bytes = ZVA_BYTES;
	return 1;
}

void unseen_begin(void)
{
	has_begun = 1;
}

u64 unseen_count(void)
{
	return unknown;
}
