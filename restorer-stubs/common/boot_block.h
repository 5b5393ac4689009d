/* The boot block: the only contract between the linker and the stub.
 *
 * The linker fills it, the stub reads it. This header is the one definition:
 * the C structures below come from the lists, and so does the section
 * .thaw.layout of the compiled stub (layout.c), from which the linker takes
 * every offset and number by name.
 *
 * Addresses: `paddr` is physical, `vaddr` is virtual (the program's or, where
 * said, the stub's). All fields are little-endian u64 unless they are arrays.
 */
#ifndef THAW_BOOT_BLOCK_H
#define THAW_BOOT_BLOCK_H

#define THAW_BOOT_BLOCK_MAGIC 0x31574148544b4c42ull
#define THAW_SIGNAL_COUNT 64
#define THAW_MARKER_STEPS 8

/* X(field, words): what the stub needs after the first instruction of the program.
 * SIGNALS words are THAW_SIGNAL_COUNT rows of four, STEPS words are THAW_MARKER_STEPS rows
 * of five, DEVICE words are those of struct thaw_device. */
#define THAW_BOOT_BLOCK_FIELDS(X)                                                   \
	X(magic, 1)                /* THAW_BOOT_BLOCK_MAGIC */                          \
	X(phys_to_virt, 1)         /* stub's vaddr of physical memory at paddr 0 */     \
	X(user_root_paddr, 1)      /* root of the program's page tables */              \
	X(table_levels, 1)         /* how many levels they have */                      \
	X(pool_paddr, 1)           /* zero-filled frames for pages born later */        \
	X(pool_size_bytes, 1)                                                           \
	X(page_size_bytes, 1)      /* page size the program was told (AT_PAGESZ) */     \
	X(user_end_vaddr, 1)       /* first vaddr the program may not map */            \
	X(mmap_top_vaddr, 1)       /* new mappings are placed below, highest first */   \
	X(vma_table_vaddr, 1)      /* struct thaw_vma[], in the stub's view */          \
	X(vma_count, 1)                                                                 \
	X(vma_capacity, 1)                                                              \
	X(brk_start_vaddr, 1)                                                           \
	X(brk_vaddr, 1)                                                                 \
	X(stack_limit_bytes, 1)    /* RLIMIT_STACK */                                   \
	X(descriptor_table_vaddr, 1) /* struct thaw_descriptor[], in the stub's view */ \
	X(descriptor_count, 1)                                                          \
	X(pid, 1)                                                                       \
	X(tid, 1)                                                                       \
	X(parent_pid, 1)                                                                \
	X(group_pid, 1)                                                                 \
	X(session_pid, 1)                                                               \
	X(uid, 1)                                                                       \
	X(effective_uid, 1)                                                             \
	X(gid, 1)                                                                       \
	X(effective_gid, 1)                                                             \
	X(realtime_ns, 1)          /* CLOCK_REALTIME at the checkpoint */               \
	X(monotonic_ns, 1)                                                              \
	X(boottime_ns, 1)                                                               \
	X(clock_tick_ns, 1)        /* virtual time that passes with each reading */     \
	X(blocked_mask, 1)         /* signal mask, bit N-1 for signal N */              \
	X(alternate_stack, 3)      /* vaddr, flags, size in bytes, as stack_t */        \
	X(signal_actions, SIGNALS) /* handler flags restorer mask each */ \
	X(console, DEVICE)         /* struct thaw_device: output of the program */      \
	X(report, DEVICE)          /* the verdict; if the console's, a byte 0 goes before it */ \
	X(begin_hooks_vaddr, 1)    /* struct thaw_hook[] in the stub's view: where the region begins */ \
	X(begin_hook_count, 1)                                                          \
	X(end_hooks_vaddr, 1)      /* where it ends */                                  \
	X(end_hook_count, 1)                                                            \
	X(exit_hooks_vaddr, 1)     /* how to end the simulation: one after the other, until it ends */ \
	X(exit_hook_count, 1)                                                           \
	X(event_vaddr, 1)          /* first struct thaw_event, in the stub's view; 0: emulate */ \
	X(event_count, 1)                                                               \
	X(marker_steps, STEPS)     /* arm event pc hits next_pc action each: the way to the end */ \
	X(marker_step_count, 1)    /* 0: the image has no end of its own */            \
	X(marker_patches, 1)       /* 1: the processor's breakpoints are of no use: its instruction is put into the code */ \
	X(marker_checked, 1)       /* 1: the end has to be as the next fields say; 0: it is told */ \
	X(marker_digest, 1)        /* of the registers at the end, digest.h */          \
	X(marker_ranges_vaddr, 1)  /* struct thaw_range[], memory to be compared */     \
	X(marker_range_count, 1)                                                        \
	X(marker_memory_digest, 1) /* of those ranges, one after the other */

/* How a byte leaves the machine. */
#define THAW_NUMBERS_DEVICE(X)                                              \
	X(DEVICE_NONE, 0)                                                       \
	X(DEVICE_PORT, 1)        /* x86 OUT, one byte, to the address */        \
	X(DEVICE_STORE, 2)       /* a store of `width_bytes` to the paddr */    \
	X(DEVICE_SEMIHOSTING, 3) /* semihosting of Arm or RISC-V */

/* What the simulator is told where the region begins or ends, or at the end of all.
 * The number handed over is verdict * `times` + `plus`; at the region's borders the
 * verdict is 0. */
#define THAW_NUMBERS_HOOK(X)                                                \
	X(HOOK_PORT, 1)        /* x86 OUT, one byte, to the address */          \
	X(HOOK_STORE, 2)       /* a store of `width_bytes` to the paddr */      \
	X(HOOK_SEMIHOSTING, 3) /* the exit of semihosting */                    \
	X(HOOK_RETELL, 4)      /* the report once more, to the console */       \
	X(HOOK_CODE, 5)        /* a function at the stub's vaddr: C's calling convention */

/* What a run came to. The number is also what the exit hooks are given. */
#define THAW_NUMBERS_VERDICT(X)                                                    \
	X(VERDICT_EXITED, 1)         /* exit or exit_group: status */                  \
	X(VERDICT_UNKNOWN_CALL, 2)   /* a system call the stub does not know */        \
	X(VERDICT_PAGE_FAULT, 3)     /* access outside the program's mappings */       \
	X(VERDICT_MISSING_PAGE, 4)   /* access to a page the dump did not have */      \
	X(VERDICT_PROGRAM_FAULT, 5)  /* any other exception of the program */          \
	X(VERDICT_POOL_EXHAUSTED, 6) /* no frame left for a page born now */           \
	X(VERDICT_STUB_FAULT, 7)     /* an exception in the stub: a bug of Thaw */         \
	X(VERDICT_COMPLETE, 8)       /* the recording was replayed to its end */           \
	X(VERDICT_DIVERGED, 9)       /* not what the real processor did */                 \
	X(VERDICT_MARKER, 10)        /* a marker with nothing to compare: state is kept */

/* Flags of struct thaw_vma; the first three are PROT_READ, PROT_WRITE, PROT_EXEC. */
#define THAW_NUMBERS_VMA(X)                                                       \
	X(VMA_READ, 1)                                                                \
	X(VMA_WRITE, 2)                                                               \
	X(VMA_EXECUTE, 4)                                                             \
	X(VMA_DEMAND_ZERO, 8)  /* a page not yet there is born zero */                \
	X(VMA_GROWS_DOWN, 16)                                                         \
	X(VMA_SHARED, 32)                                                             \
	X(VMA_TRIMMED, 64)     /* a page not there was trimmed away: it is missing */

/* Kinds of struct thaw_descriptor. */
#define THAW_NUMBERS_DESCRIPTOR(X)                                              \
	X(DESCRIPTOR_CLOSED, 0)                                                     \
	X(DESCRIPTOR_CONSOLE, 1)  /* writes go to the console */                    \
	X(DESCRIPTOR_SWALLOW, 2)  /* a regular file open for writing: counted */    \
	X(DESCRIPTOR_OTHER, 3)    /* open, but only fstat and close are known */

/* An absent page's entry in the page tables: the dump did not have this page. */
#define THAW_NUMBERS_PAGE(X) X(PTE_MISSING, 2)

/* When a step towards a marker begins. */
#define THAW_NUMBERS_ARM(X)                                                       \
	X(ARM_NOW, 0)    /* as soon as the step before it is done */                  \
	X(ARM_TOUCH, 1)  /* at the first touch of the page whose entry is marked */   \
	X(ARM_EVENT, 2)  /* when so many events have been replayed */

/* What its last hit means. */
#define THAW_NUMBERS_ACTION(X)                                                    \
	X(ACTION_NONE, 0)                                                             \
	X(ACTION_BEGIN, 1) /* the region begins: the warm-up is over */               \
	X(ACTION_END, 2)   /* the image has done what it is for */

/* What an event answers. */
#define THAW_NUMBERS_TRIGGER(X)                                                   \
	X(TRIGGER_CALL, 1)                                                            \
	X(TRIGGER_COUNTER, 2) /* a read of the cycle counter */                       \
	X(TRIGGER_FAULT, 3)   /* any exception whose signal the program handles */

/* What an operation does. target, size_bytes, source: */
#define THAW_NUMBERS_OPERATION(X)                                                 \
	X(OPERATION_WRITE, 1)      /* copies bytes; both in the stub's view */        \
	X(OPERATION_ZERO, 2)       /* target in the stub's view becomes zero */       \
	X(OPERATION_ZERO_PAGES, 3) /* those pages at the program's vaddr that are there */ \
	X(OPERATION_MOVE_PAGES, 4) /* contents, from one program's vaddr to another */ \
	X(OPERATION_RIGHTS, 5)     /* pages at the program's vaddr; source: VMA_ flags */ \
	X(OPERATION_CHECK, 6)      /* bytes at the program's vaddr `source` have digest `target` */ \
	X(OPERATION_CONSOLE, 7)    /* bytes at the program's vaddr `source` go to the console */ \
	X(OPERATION_RELAY, 8)      /* bytes at `source` in the stub's view go to the console */ \
	X(OPERATION_SEGMENT_BASE, 9) /* x86-64: target 0 FS, 1 GS; source: the base */ \
	X(OPERATION_VECTORS, 10)   /* source: as the restore path has them, stub's view */ \
	X(OPERATION_REGISTERS, 11) /* source: a row of words in the stub's view */    \
	X(OPERATION_SYNC_CODE, 12) /* instructions were written; in the stub's view */ \
	X(OPERATION_END, 13)       /* the end of the recording; source: exit status + 1, or 0 */

#define THAW_NUMBERS(X)        \
	THAW_NUMBERS_DEVICE(X)     \
	THAW_NUMBERS_HOOK(X)       \
	THAW_NUMBERS_VERDICT(X)    \
	THAW_NUMBERS_VMA(X)        \
	THAW_NUMBERS_DESCRIPTOR(X) \
	THAW_NUMBERS_PAGE(X)       \
	THAW_NUMBERS_ARM(X)        \
	THAW_NUMBERS_ACTION(X)     \
	THAW_NUMBERS_TRIGGER(X)    \
	THAW_NUMBERS_OPERATION(X)

/* X(field, words): one mapping of the program. The table is sorted by start. */
#define THAW_VMA_FIELDS(X) \
	X(start_vaddr, 1)      \
	X(end_vaddr, 1)        \
	X(flags, 1)

/* X(field, words): one open file. */
#define THAW_DESCRIPTOR_FIELDS(X)                                      \
	X(fd, 1)                                                           \
	X(kind, 1)                                                         \
	X(open_file, 1)      /* index in the table of the first duplicate */ \
	X(mode, 1)           /* st_mode */                                 \
	X(position_bytes, 1) /* of the first duplicate; the others share it */ \
	X(size_bytes, 1)     /* likewise */                                \
	X(append, 1)         /* O_APPEND */

/* X(field, words): one event of a recording. Its operations follow it, then comes
 * the next event: one array of records of the same size. */
#define THAW_EVENT_FIELDS(X)                                          \
	X(trigger, 1)         /* THAW_TRIGGER_ */                         \
	X(digest, 1)          /* of the registers at the trap, digest.h */ \
	X(result, 1)          /* of the call, unless registers are set */ \
	X(operation_count, 1)

/* X(field, words): one operation. */
#define THAW_OPERATION_FIELDS(X) \
	X(kind, 1)                   \
	X(target, 1)                 \
	X(size_bytes, 1)             \
	X(source, 1)

/* X(field, words): a step towards a marker: instruction `pc` is about to be executed
 * for the `hits`-th time since the step began. */
#define THAW_STEP_FIELDS(X) \
	X(arm, 1)               \
	X(event, 1)             \
	X(pc, 1)                \
	X(hits, 1)              \
	X(next_pc, 1) /* where the program goes from pc; 0 if that depends */ \
	X(action, 1)

/* X(field, words): where bytes go. A byte is not sent before a read of `ready_address`
 * has a bit of `ready_mask`, unless the mask is 0. */
#define THAW_DEVICE_FIELDS(X) \
	X(kind, 1)                \
	X(address, 1)             \
	X(width_bytes, 1)         \
	X(ready_address, 1)       \
	X(ready_mask, 1)

/* X(field, words): something to tell the simulator. */
#define THAW_HOOK_FIELDS(X) \
	X(kind, 1)              \
	X(address, 1)           \
	X(width_bytes, 1)       \
	X(times, 1)             \
	X(plus, 1)

/* X(field, words): bytes in the stub's view. */
#define THAW_RANGE_FIELDS(X) \
	X(vaddr, 1)              \
	X(size_bytes, 1)

#ifndef __ASSEMBLER__
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long i64;

/* A field of one word is a number, one of more is an array. */
#define THAW_FIELD_1(field) u64 field;
#define THAW_FIELD_3(field) u64 field[3];
#define THAW_FIELD_SIGNALS(field) u64 field[THAW_SIGNAL_COUNT][4];
#define THAW_FIELD_STEPS(field) struct thaw_step field[THAW_MARKER_STEPS];
#define THAW_FIELD_DEVICE(field) struct thaw_device field;
#define THAW_STRUCT_FIELD(field, words) THAW_FIELD_##words(field)
struct thaw_step { THAW_STEP_FIELDS(THAW_STRUCT_FIELD) };
struct thaw_range { THAW_RANGE_FIELDS(THAW_STRUCT_FIELD) };
struct thaw_device { THAW_DEVICE_FIELDS(THAW_STRUCT_FIELD) };
struct thaw_hook { THAW_HOOK_FIELDS(THAW_STRUCT_FIELD) };
struct thaw_boot_block { THAW_BOOT_BLOCK_FIELDS(THAW_STRUCT_FIELD) };
struct thaw_vma { THAW_VMA_FIELDS(THAW_STRUCT_FIELD) };
struct thaw_descriptor { THAW_DESCRIPTOR_FIELDS(THAW_STRUCT_FIELD) };
struct thaw_event { THAW_EVENT_FIELDS(THAW_STRUCT_FIELD) };
struct thaw_operation { THAW_OPERATION_FIELDS(THAW_STRUCT_FIELD) };

enum {
#define THAW_ENUM(name, value) THAW_##name = value,
	THAW_NUMBERS(THAW_ENUM)
};

/* Filled by the linker in the image's copy of the stub's data. */
extern struct thaw_boot_block thaw_boot_block;
#endif

#endif
