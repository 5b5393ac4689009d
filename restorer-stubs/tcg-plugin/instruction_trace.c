/* A TCG plugin of QEMU that counts, traces and limits the instructions of an
 * image, and analyses what an interval of them uses (interval.h). User instructions are counted as a PMU does, when they retire:
 *
 * - QEMU calls back before an instruction executes. One that faults into the
 *   stub (a page born on demand) is called back for again when it is
 *   re-executed: then the first address after the stub is the last one before.
 * - A REP string instruction is one instruction and has one address in the
 *   trace for each iteration, as hardware single-stepping shows it (one if
 *   there are none). QEMU makes a pass for each iteration and, if blocks are
 *   chained, one more that finds RCX to be 0: a pass that touches no memory.
 * - An instruction whose fault ends the run did not retire. One in front of a
 *   breakpoint did: QEMU does not call back for what the breakpoint is on. For
 *   EBREAK, which the stub of riscv64 may put there, it does; that is not counted.
 *
 * One processor is assumed. The trace is off unless asked for, as it costs
 * memory callbacks and file output.
 */
#include "arguments.h"
#include "guest_memory.h"
#include "interval.h"
#include "output.h"
#include "unseen.h"

QEMU_PLUGIN_EXPORT int qemu_plugin_version = QEMU_PLUGIN_VERSION;
QEMU_PLUGIN_EXPORT int qemu_plugin_install(
	qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv);

#define NO_PC (~0ull)
#define STDERR 2

enum phase { PHASE_FIRMWARE, PHASE_RESTORE, PHASE_PROGRAM };

static struct arguments arguments;
static struct trace trace;
static enum phase phase;
static u64 restore_instructions, stub_instructions, user_instructions;
static u64 first_user_pc = NO_PC, last_user_pc = NO_PC, last_call_pc = NO_PC;
static int in_stub;       /* the stub has executed since the last user instruction */
static int last_traced;   /* the last iteration of the last user instruction is in the trace */
static int at_breakpoint; /* the stub is there because of one */
static int finished;
static u64 boot_page;     /* number of the host's page that has the entry */

static void finish(int stopped)
{
	char text[512];

	if (finished)
		return;
	finished = 1;
	if (in_stub && !at_breakpoint && user_instructions > 0 && last_user_pc != last_call_pc) {
		user_instructions--;
		if (last_traced && trace.count > 0)
			trace.count--;
		if (arguments.analysis_path)
			interval_take_back();
	}
	if (arguments.analysis_path && interval_write(user_instructions) < 0)
		trace.failed = 1;
	if (arguments.trace_path)
		trace_flush(&trace);
	snprintf(text, sizeof text,
		"restore_instructions=%llu\nuser_instructions=%llu\nstub_instructions=%llu\n"
		"stopped=%d\nfirst_user_pc=0x%llx\nlast_user_pc=0x%llx\ntrace_failed=%d\nend\n",
		restore_instructions, user_instructions, stub_instructions, stopped, first_user_pc,
		last_user_pc, trace.failed);
	if (write_file(arguments.result_path, text) < 0)
		dprintf(STDERR, "thaw plugin: cannot write %s\n", arguments.result_path);
}

static void at_exit(qemu_plugin_id_t id, void *userdata)
{
	(void)id, (void)userdata;
	finish(0);
}

/* In front of an instruction: all before it retired. */
static __attribute__((noinline, noreturn)) void stop(void)
{
	in_stub = 0;
	finish(1);
	_exit(0);
}

static __attribute__((noinline)) void program_begins(u64 pc)
{
	phase = PHASE_PROGRAM;
	first_user_pc = pc;
}

/* An instruction that is not a re-execution. */
static inline void count_user(u64 pc)
{
	if (__builtin_expect(user_instructions == arguments.limit, 0))
		stop();
	if (__builtin_expect(phase != PHASE_PROGRAM, 0))
		program_begins(pc);
	in_stub = 0;
	at_breakpoint = 0;
	user_instructions++;
	last_user_pc = pc;
	if (arguments.trace_path) {
		trace_append(&trace, pc);
		last_traced = 1;
	}
}

static void plain_executes(unsigned vcpu, void *userdata)
{
	(void)vcpu;
	if ((u64)userdata == last_user_pc)
		in_stub = 0;
	else
		count_user((u64)userdata);
}

static void branch_executes(unsigned vcpu, void *userdata)
{
	(void)vcpu;
	if ((u64)userdata == last_user_pc && in_stub)
		in_stub = 0;
	else
		count_user((u64)userdata);
}

static void call_executes(unsigned vcpu, void *userdata)
{
	branch_executes(vcpu, userdata);
	last_call_pc = (u64)userdata;
}

static void breakpoint_executes(unsigned vcpu, void *userdata)
{
	(void)vcpu;
	if (phase != PHASE_PROGRAM)
		program_begins((u64)userdata);
	at_breakpoint = 1;
}

/* Only with a trace; without one, a REP instruction counts as KIND_PLAIN does. */
static void repeat_executes(unsigned vcpu, void *userdata)
{
	(void)vcpu;
	if ((u64)userdata != last_user_pc)
		count_user((u64)userdata);
	else if (in_stub)
		in_stub = 0; /* the pass that faulted, again */
	else
		last_traced = 0; /* the next pass: an iteration if it touches memory */
}

static void repeat_accesses(unsigned vcpu, qemu_plugin_meminfo_t info, u64 vaddr, void *userdata)
{
	(void)vcpu, (void)info, (void)vaddr;
	if (!last_traced) {
		trace_append(&trace, (u64)userdata);
		last_traced = 1;
	}
}

/* With an analysis: as without, and what was counted is told. */
static void analysed_executes(unsigned vcpu, void *userdata)
{
	static qemu_plugin_insn_cb *const count[] = {
		[KIND_PLAIN] = plain_executes,
		[KIND_BRANCH] = branch_executes,
		[KIND_CALL] = call_executes,
		[KIND_REPEAT] = plain_executes,
		[KIND_BREAKPOINT] = plain_executes, /* the program's own: no marker is waited for */
	};
	struct instruction *instruction = userdata;
	u64 before = user_instructions;

	if (__builtin_expect(before == arguments.limit, 0)
		&& (instruction->pc != last_user_pc || instruction->kind == KIND_BRANCH))
		interval_ends(instruction);
	count[instruction->kind](vcpu, (void *)instruction->pc);
	if (user_instructions != before)
		interval_executes(instruction, before);
}

/* QEMU's opaque number has the direction in bits 16 and 17: both for an atomic one. */
static void analysed_accesses(unsigned vcpu, qemu_plugin_meminfo_t info, u64 vaddr, void *userdata)
{
	(void)vcpu;
	if (phase == PHASE_PROGRAM)
		interval_accesses(
			vaddr, 1ull << qemu_plugin_mem_size_shift(info), info >> 16 & 3, !userdata);
}

static __attribute__((noreturn)) void no_memory(void)
{
	dprintf(STDERR, "thaw plugin: no memory for the analysis\n");
	_exit(1);
}

static void stub_executes(unsigned vcpu, void *userdata)
{
	(void)vcpu;
	if (phase == PHASE_PROGRAM) {
		if (arguments.analysis_path && !in_stub)
			interval_enters_stub(user_instructions);
		in_stub = 1;
		at_breakpoint |= (u64)userdata == arguments.marker;
		stub_instructions++;
	} else if (phase == PHASE_RESTORE) {
		restore_instructions++;
	} else if (is_entry(&arguments, (u64)userdata)) {
		phase = PHASE_RESTORE;
		restore_instructions = 1;
	}
}

/* Its boot page is the stub's by its place in QEMU's memory: the program may use the same
 * address, and M-mode of riscv64 comes back there. */
static int is_stub(const struct qemu_plugin_insn *insn)
{
	u64 vaddr = qemu_plugin_insn_vaddr(insn);
	u64 page = (u64)qemu_plugin_insn_haddr(insn) / PAGE_BYTES;

	if (phase == PHASE_FIRMWARE && is_entry(&arguments, vaddr)) {
		boot_page = page;
		return 1;
	}
	for (int i = 0; i < arguments.stub_count; i++) {
		const struct range *range = &arguments.stub[i];
		if (vaddr >= range->start && vaddr < range->end && (!range->boot || page == boot_page))
			return 1;
	}
	return 0;
}

static void instrument(struct qemu_plugin_insn *insn)
{
	static qemu_plugin_insn_cb *const callbacks[] = {
		[KIND_PLAIN] = plain_executes,
		[KIND_BRANCH] = branch_executes,
		[KIND_CALL] = call_executes,
		[KIND_REPEAT] = repeat_executes,
		[KIND_BREAKPOINT] = breakpoint_executes,
	};
	u64 vaddr = qemu_plugin_insn_vaddr(insn);
	qemu_plugin_insn_cb *callback = stub_executes;
	void *userdata = (void *)vaddr;

	if (!is_stub(insn)) {
		enum instruction_kind kind = instruction_kind(arguments.target,
			qemu_plugin_insn_data(insn), qemu_plugin_insn_size(insn));
		if (phase == PHASE_FIRMWARE)
			return;
		if (kind == KIND_REPEAT && !arguments.trace_path)
			kind = KIND_PLAIN;
		if (kind == KIND_REPEAT)
			qemu_plugin_register_vcpu_mem_cb(insn, repeat_accesses,
				QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW, (void *)vaddr);
		callback = callbacks[kind];
		if (arguments.analysis_path) {
			struct instruction *instruction = code_find(arguments.target, vaddr,
				qemu_plugin_insn_data(insn), qemu_plugin_insn_size(insn));
			if (!instruction)
				no_memory();
			userdata = instruction;
			callback = analysed_executes;
		}
	}
	if (arguments.analysis_path && phase != PHASE_FIRMWARE)
		qemu_plugin_register_vcpu_mem_cb(insn, analysed_accesses, QEMU_PLUGIN_CB_NO_REGS,
			QEMU_PLUGIN_MEM_RW, callback == stub_executes ? 0 : userdata);
	qemu_plugin_register_vcpu_insn_exec_cb(insn, callback, QEMU_PLUGIN_CB_NO_REGS, userdata);
	if (callback == analysed_executes) /* behind that: what came before is settled first */
		unseen_instrument(arguments.target, insn, userdata);
}

static void translates(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t count = qemu_plugin_tb_n_insns(tb);

	(void)id;
	for (size_t i = 0; i < count; i++)
		instrument(qemu_plugin_tb_get_insn(tb, i));
}

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
	const char *error = arguments_parse(&arguments, info->target_name, argc, argv);

	if (!error && arguments.trace_path && trace_open(&trace, arguments.trace_path) < 0)
		error = "cannot create the trace file";
	if (!error && arguments.analysis_path)
		error = interval_open(&arguments);
	if (error) {
		dprintf(STDERR, "thaw plugin: %s\n", error);
		return -1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, translates);
	qemu_plugin_register_atexit_cb(id, at_exit, 0);
	return 0;
}
