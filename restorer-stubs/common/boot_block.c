/* The boot block itself. The linker finds it by its symbol and fills it in the
 * image's copy of the stub.
 */
#include "boot_block.h"

struct thaw_boot_block thaw_boot_block;
