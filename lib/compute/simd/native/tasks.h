// What WebAssembly calls: each with the address of its parameters, 32-bit words in the layout of the AssemblyScript class
// that fills them, and the number of a chunk. Addresses count from the start of the memory, `base`.
#pragma once
#include <stdint.h>

#define TASKS(of) \
  of(multiplyMatrices) of(multiplyColumns) of(convolve) of(gatherFilter) of(filterForward) of(filterBackward)

typedef void Task(char *base, uint32_t params, uint32_t chunk);

#define DECLARE(name) Task name##Avx2, name##Avx512;
TASKS(DECLARE)
#undef DECLARE
