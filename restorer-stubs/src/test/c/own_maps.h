/* The test's own address space, as Linux describes it. */
#ifndef THAW_OWN_MAPS_H
#define THAW_OWN_MAPS_H

#include "harness.h"

#define OWN_MAPS_MOST 2000

struct own_maps {
	u64 count;
	struct thaw_vma rows[OWN_MAPS_MOST];
};

/* From /proc/self/smaps, with the flags that the linker would give. No memory is
 * mapped or allocated for it. */
void own_maps_read(struct own_maps *maps);
/* Neighbours with the same rights become one; other flags than rights are dropped. */
void own_maps_simplify(struct own_maps *maps);
/* Where Linux places mappings by itself: below what it placed first. */
u64 own_maps_top(const struct own_maps *maps);
/* The stub's table becomes that one, its page tables stay. */
void own_maps_install(const struct own_maps *maps);

#endif
