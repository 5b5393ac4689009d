/* A TCG plugin of QEMU that counts all instructions of a riscv64 machine from reset, and
 * writes their number each time a mark is executed: SLTI with X0 on both sides and the
 * mark's number, which does nothing (a hint that nobody uses).
 * Argument: marks=PATH, gets lines "NUMBER COUNT".
 */
#include "qemu_plugin.h"

#define MARK_BITS 0x2013 /* slti zero, zero, NUMBER */
#define MARK_MASK 0xfffff

QEMU_PLUGIN_EXPORT int qemu_plugin_version = QEMU_PLUGIN_VERSION;
QEMU_PLUGIN_EXPORT int qemu_plugin_install(
	qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv);

enum { INLINE_ADD_U64 = 0 };
void qemu_plugin_register_vcpu_insn_exec_inline(
	struct qemu_plugin_insn *insn, int operation, void *target, u64 value);

static u64 count;
static int file;

static void mark_executes(unsigned vcpu, void *userdata)
{
	(void)vcpu;
	dprintf(file, "%llu %llu\n", (u64)userdata, count);
}

static void translates(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	(void)id;
	for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		u32 code = 0;

		qemu_plugin_register_vcpu_insn_exec_inline(insn, INLINE_ADD_U64, &count, 1);
		if (qemu_plugin_insn_size(insn) == 4)
			code = *(const u32 *)qemu_plugin_insn_data(insn);
		if ((code & MARK_MASK) == MARK_BITS && code >> 20)
			qemu_plugin_register_vcpu_insn_exec_cb(
				insn, mark_executes, QEMU_PLUGIN_CB_NO_REGS, (void *)(u64)(code >> 20));
	}
}

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
	(void)info;
	if (argc != 1)
		return -1;
	file = open(argv[0] + sizeof "marks=" - 1, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	qemu_plugin_register_vcpu_tb_trans_cb(id, translates);
	return file < 0 ? -1 : 0;
}
