/* The RAM of the simulated machine. */
#ifndef THAW_ROCKET_MEMORY_H
#define THAW_ROCKET_MEMORY_H

#include <cstdint>

namespace memory {

constexpr uint64_t START_PADDR = 0x80000000;
constexpr uint64_t SIZE_BYTES = 0x40000000; /* WithExtMemSize of Soc.java */
constexpr uint64_t END_PADDR = START_PADDR + SIZE_BYTES;

/* All zero, or, with a seed, anything where nothing is loaded or written: as RAM is at
 * power-on. Throws std::runtime_error if there is no memory for it. */
void create(bool random, uint64_t seed);

/* The bytes from `paddr` on, to be filled by a loader: they are zero. Inside of RAM. */
uint8_t *load_area(uint64_t paddr, uint64_t size_bytes);

} // namespace memory

#endif
