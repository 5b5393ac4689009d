/* The boot block's layout and the shared numbers as data: section .thaw.layout
 * of the stub's ELF file, which is not part of an image. The linker reads it,
 * so that both sides always agree.
 *
 * State: none. Nothing here is executed.
 */
#include "boot_block.h"

struct thaw_layout_entry {
	char name[48];
	u64 value;       /* offset in bytes, or the number */
	u64 size_bytes;  /* of the field; 0 for a number */
};

#define ENTRY __attribute__((used, section(".thaw.layout"))) static const struct thaw_layout_entry
#define FIELD(structure, field)                                                    \
	ENTRY layout_##structure##_##field = {#structure "." #field,                   \
		__builtin_offsetof(struct structure, field), sizeof(((struct structure *)0)->field)};
#define SIZE(structure) \
	ENTRY layout_size_##structure = {"sizeof." #structure, sizeof(struct structure), 0};
#define NUMBER(name, value) ENTRY layout_number_##name = {#name, value, 0};

#define BOOT_BLOCK_FIELD(field, words) FIELD(thaw_boot_block, field)
#define VMA_FIELD(field, words) FIELD(thaw_vma, field)
#define DESCRIPTOR_FIELD(field, words) FIELD(thaw_descriptor, field)
#define EVENT_FIELD(field, words) FIELD(thaw_event, field)
#define STEP_FIELD(field, words) FIELD(thaw_step, field)
#define RANGE_FIELD(field, words) FIELD(thaw_range, field)
#define DEVICE_FIELD(field, words) FIELD(thaw_device, field)
#define HOOK_FIELD(field, words) FIELD(thaw_hook, field)
#define OPERATION_FIELD(field, words) FIELD(thaw_operation, field)

THAW_BOOT_BLOCK_FIELDS(BOOT_BLOCK_FIELD)
SIZE(thaw_boot_block)
THAW_VMA_FIELDS(VMA_FIELD)
SIZE(thaw_vma)
THAW_DESCRIPTOR_FIELDS(DESCRIPTOR_FIELD)
SIZE(thaw_descriptor)
THAW_EVENT_FIELDS(EVENT_FIELD)
SIZE(thaw_event)
THAW_OPERATION_FIELDS(OPERATION_FIELD)
SIZE(thaw_operation)
THAW_STEP_FIELDS(STEP_FIELD)
SIZE(thaw_step)
THAW_RANGE_FIELDS(RANGE_FIELD)
SIZE(thaw_range)
THAW_DEVICE_FIELDS(DEVICE_FIELD)
SIZE(thaw_device)
THAW_HOOK_FIELDS(HOOK_FIELD)
SIZE(thaw_hook)
THAW_NUMBERS(NUMBER)
NUMBER(BOOT_BLOCK_MAGIC, THAW_BOOT_BLOCK_MAGIC)
