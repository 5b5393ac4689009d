/* registers.S with the YMM registers. */
#define WITH_AVX
#include "registers.S"
