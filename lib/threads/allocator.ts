/// <reference lib="dom" />
import { PAGE } from "./sharedMemory";

/** Addresses are multiples of a cache line. */
const LINE = 64;

/** Bytes above which a block is cut to measure and joined with its free neighbours; below, blocks come in classes. */
const LARGE = 1 << 16;

/** Bytes that kernels may read, never write, behind the last block: vectors reach beyond the end of a row. */
const OVERREAD = 256;

/** Memory grows at least by this many bytes, or by an eighth of its size. */
const LEAST_GROWTH = 1 << 20;

/** Gives out blocks of a WebAssembly memory and takes them back. */
export interface Allocator {
  /**
   * The address of a free block of at least this many bytes, a multiple of 64. What it holds is not defined.
   *
   * @throws RangeError, its `code` `ERR_KERNEL_MEMORY`, when memory cannot grow that far
   */
  allocate(bytes: number): number;
  /** Takes a block back. */
  free(address: number): void;
  /** Bytes given out, rounding included. */
  used(): number;
}

/** A free stretch. */
interface Hole {
  address: number;
  bytes: number;
}

/**
 * An allocator over all of a memory from an address on. Small blocks come in size classes, four to a doubling, cut from
 * slabs and reused within their class; large ones are the best fit among the holes, which join again when freed.
 */
export function makeAllocator(memory: WebAssembly.Memory, from: number): Allocator {
  let end = roundUp(from, LINE);
  let used = 0;
  /** Bytes of each block given out, by its address. */
  const sizes = new Map<number, number>();
  /** Free small blocks, by their size. */
  const classes = new Map<number, number[]>();
  /** Free large stretches, by address. */
  const holes: Hole[] = [];

  function allocate(bytes: number): number {
    const size = bytes < LARGE ? classOf(bytes) : roundUp(bytes, LINE);
    const address = size < LARGE ? takeSmall(size) : takeLarge(size);
    sizes.set(address, size);
    used += size;
    return address;
  }

  function takeSmall(size: number): number {
    const free = classes.get(size) ?? [];
    if (free.length === 0) {
      classes.set(size, free);
      const slab = takeLarge(LARGE);
      for (let at = slab + LARGE - size; at >= slab; at -= size) free.push(at);
    }
    return free.pop()!;
  }

  function takeLarge(size: number): number {
    let best = -1;
    for (let i = 0; i < holes.length; i++)
      if (holes[i].bytes >= size && (best < 0 || holes[i].bytes < holes[best].bytes)) best = i;
    if (best < 0) return extend(size);
    const { address, bytes } = holes[best];
    if (bytes === size) holes.splice(best, 1);
    else holes[best] = { address: address + size, bytes: bytes - size };
    return address;
  }

  /** Takes from the end of what was ever used, a hole that lies there included. */
  function extend(size: number): number {
    const last = holes.at(-1);
    const start = last && last.address + last.bytes === end ? last.address : end;
    reserve(start + size);
    if (start < end) holes.pop();
    end = start + size;
    return start;
  }

  function reserve(bytes: number): void {
    const missing = bytes + OVERREAD - memory.buffer.byteLength;
    if (missing <= 0) return;
    const generous = Math.max(missing, LEAST_GROWTH, memory.buffer.byteLength / 8);
    if (grow(generous) || grow(missing)) return;
    const megabytes = (count: number) => `${Math.ceil(count / 2 ** 20)} MiB`;
    const error = new RangeError(
      `out of kernel memory: ${megabytes(used)} are in use and ${megabytes(bytes)} would be needed, more than this ` +
        "process gets; use smaller batches, or dispose of tensors (tf.tidy, tensor.dispose)",
    );
    throw Object.defineProperty(error, "code", { value: "ERR_KERNEL_MEMORY" });
  }

  function grow(bytes: number): boolean {
    try {
      memory.grow(Math.ceil(bytes / PAGE));
      return true;
    } catch {
      return false;
    }
  }

  function free(address: number): void {
    const size = sizes.get(address);
    if (size === undefined) throw new RangeError(`free(): there is no block at ${address}; was it freed before?`);
    sizes.delete(address);
    used -= size;
    if (size < LARGE) classes.get(size)!.push(address);
    else addHole({ address, bytes: size });
  }

  function addHole(hole: Hole): void {
    let at = holes.length;
    while (at > 0 && holes[at - 1].address > hole.address) at--;
    holes.splice(at, 0, hole);
    join(at);
    if (at > 0) join(at - 1);
  }

  function join(at: number): void {
    const [hole, next] = [holes[at], holes[at + 1]];
    if (!next || hole.address + hole.bytes !== next.address) return;
    hole.bytes += next.bytes;
    holes.splice(at + 1, 1);
  }

  return { allocate, free, used: () => used };
}

/** The smallest of 64, 80, 96, 112, 128, 160 … that holds so many bytes, in whole cache lines. */
function classOf(bytes: number): number {
  const doubling = 2 ** Math.floor(Math.log2(Math.max(bytes, LINE)));
  return roundUp(roundUp(Math.max(bytes, LINE), doubling / 4), LINE);
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
