/// <reference lib="dom" />

/** Bytes of a page, the unit in which WebAssembly memory grows. */
export const PAGE = 65536;

/** Pages that 32-bit addresses reach: 4 GiB. */
const MOST_PAGES = 65536;

/** Pages at the start: 2 MiB. */
const FIRST_PAGES = 32;

/** Pages reserved at once where memory cannot be shared, since growth would cut off the views: 1 GiB, or what there is. */
const RESERVED_PAGES = 16384;
const LEAST_RESERVED_PAGES = 1024;

/** One memory for all threads, or for the one there is. */
export interface KernelMemory {
  memory: WebAssembly.Memory;
  shared: boolean;
}

/**
 * Makes the memory that kernels work in: shared and growing on demand up to 4 GiB, or less where so much address space
 * cannot be reserved. Where memory cannot be shared (`shared: false`, or an engine without it) 1 GiB is reserved,
 * or a part of it, down to 64 MiB.
 *
 * @throws RangeError where not even that can be had
 */
export function makeMemory({ shared = true } = {}): KernelMemory {
  for (let pages = MOST_PAGES; shared && pages >= MOST_PAGES / 8; pages /= 2) {
    try {
      const memory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: pages, shared: true });
      if (memory.buffer.constructor.name === "SharedArrayBuffer") return { memory, shared: true };
    } catch {
      // less address space, or no shared memory at all: see the next try
    }
  }
  return { memory: reserve(RESERVED_PAGES), shared: false };
}

function reserve(pages: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (error) {
    if (pages <= LEAST_RESERVED_PAGES) throw error;
    return reserve(pages / 2);
  }
}
