/* Signal actions, mask and alternate stack, as Linux 6.1's kernel/signal.c. They
 * are recorded and told back; no signal is ever delivered.
 *
 * State: signal_actions, blocked_mask and alternate_stack of the boot block.
 */
#include "stub.h"

enum { SIGKILL = 9, SIGSTOP = 19 };
enum { SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK };
enum { SS_ONSTACK = 1, SS_DISABLE = 2 };

#define SS_AUTODISARM 0x80000000u
#define SIGNAL_SET_BYTES 8
#define UNBLOCKABLE (1ull << (SIGKILL - 1) | 1ull << (SIGSTOP - 1))

/* As the boot block has its rows. */
struct row {
	u64 handler, flags, restorer, mask;
};

/* As the program has it. */
struct action {
#define FIELD(name) u64 name;
	ARCH_ACTION_FIELDS(FIELD)
};

i64 call_rt_sigaction(struct trap_frame *frame)
{
	int signal = (int)frame_argument(frame, 0);
	u64 from = frame_argument(frame, 1);
	u64 to = frame_argument(frame, 2);
	struct action action, old;
	struct row *row;

	if (frame_argument(frame, 3) != SIGNAL_SET_BYTES)
		return -THAW_EINVAL;
	if (from && !user_read(&action, from, sizeof(action)))
		return -THAW_EFAULT;
	if (signal < 1 || signal > THAW_SIGNAL_COUNT
	    || (from && (signal == SIGKILL || signal == SIGSTOP)))
		return -THAW_EINVAL;
	row = (struct row *)thaw_boot_block.signal_actions[signal - 1];
#define TELL(name) old.name = row->name;
	ARCH_ACTION_FIELDS(TELL)
	old.flags &= ARCH_ACTION_FLAGS;
	if (from) {
#define KEEP(name) row->name = action.name;
		ARCH_ACTION_FIELDS(KEEP)
		row->flags &= ARCH_ACTION_FLAGS;
		row->mask &= ~UNBLOCKABLE;
	}
	return to && !user_write(to, &old, sizeof(old)) ? -THAW_EFAULT : 0;
}

i64 call_rt_sigprocmask(struct trap_frame *frame)
{
	u64 from = frame_argument(frame, 1);
	u64 to = frame_argument(frame, 2);
	u64 old = thaw_boot_block.blocked_mask;
	u64 mask;

	if (frame_argument(frame, 3) != SIGNAL_SET_BYTES)
		return -THAW_EINVAL;
	if (from) {
		if (!user_read(&mask, from, sizeof(mask)))
			return -THAW_EFAULT;
		mask &= ~UNBLOCKABLE;
		switch ((int)frame_argument(frame, 0)) {
		case SIG_BLOCK:
			mask = old | mask;
			break;
		case SIG_UNBLOCK:
			mask = old & ~mask;
			break;
		case SIG_SETMASK:
			break;
		default:
			return -THAW_EINVAL;
		}
		thaw_boot_block.blocked_mask = mask;
	}
	return to && !user_write(to, &old, sizeof(old)) ? -THAW_EFAULT : 0;
}

/* None: signals that were pending in the dump are warned of when it is linked. */
i64 call_rt_sigpending(struct trap_frame *frame)
{
	static const u64 none;
	u64 size_bytes = frame_argument(frame, 1);

	if (size_bytes > SIGNAL_SET_BYTES)
		return -THAW_EINVAL;
	return user_write(frame_argument(frame, 0), &none, size_bytes) ? 0 : -THAW_EFAULT;
}

/* stack_t: its flags are an int. */
struct alternate_stack {
	u64 vaddr;
	u32 flags, unused;
	u64 size_bytes;
};

static int is_on(const struct alternate_stack *stack, u64 sp)
{
	return !(stack->flags & SS_AUTODISARM) && sp > stack->vaddr
		&& sp - stack->vaddr <= stack->size_bytes;
}

i64 call_sigaltstack(struct trap_frame *frame)
{
	u64 *now = thaw_boot_block.alternate_stack;
	struct alternate_stack old = {now[0], (u32)now[1] & SS_AUTODISARM, 0, now[2]};
	u64 from = frame_argument(frame, 0);
	u64 to = frame_argument(frame, 1);
	int on = is_on(&old, frame_sp(frame));
	struct alternate_stack stack;
	u32 mode;

	old.flags |= !old.size_bytes ? SS_DISABLE : on ? SS_ONSTACK : 0;
	if (from) {
		if (!user_read(&stack, from, sizeof(stack)))
			return -THAW_EFAULT;
		mode = stack.flags & ~SS_AUTODISARM;
		if (on)
			return -THAW_EPERM;
		if (mode != 0 && mode != SS_ONSTACK && mode != SS_DISABLE)
			return -THAW_EINVAL;
		/* Nothing in place of nothing is no error if it is no change; whether it is
		 * one, Linux decides by flags that no dump has. */
		if (mode != SS_DISABLE && !stack.vaddr && !stack.size_bytes && !old.size_bytes)
			call_unknown(frame);
		if (mode == SS_DISABLE) {
			stack.vaddr = 0;
			stack.size_bytes = 0;
		} else if (stack.size_bytes < ARCH_LEAST_SIGNAL_STACK_BYTES) {
			return -THAW_ENOMEM;
		}
		now[0] = stack.vaddr;
		now[1] = stack.flags;
		now[2] = stack.size_bytes;
	}
	return to && !user_write(to, &old, sizeof(old)) ? -THAW_EFAULT : 0;
}
