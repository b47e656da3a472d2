import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import {
  util,
  type backend_util,
  type DataType,
  type NamedAttrMap,
  type TensorInfo,
  type TypedArray,
} from "@tensorflow/tfjs-core";
import type { Pool } from "../../threads/workerPool";

/** What TensorFlow.js hands a kernel. */
export interface KernelCall {
  inputs: Record<string, TensorInfo>;
  attrs: NamedAttrMap;
  backend: SimdBackend;
}

/** A kernel: shapes in, the tensors it has made out. */
export type SimdKernel = (call: KernelCall) => TensorInfo | TensorInfo[];

/** The key under which TensorFlow.js knows a tensor's data. */
type DataId = TensorInfo["dataId"];

/** A numeric tensor's place in the kernels' memory; the inherited kernels read `values`, a view of it. */
class Block {
  refCount = 1;
  private view: TypedArray | null = null;

  constructor(
    readonly dtype: DataType,
    readonly address: number,
    readonly length: number,
    private readonly memory: WebAssembly.Memory,
  ) {}

  get values(): TypedArray {
    return (this.view ??= viewOf(this.memory, this));
  }
}

const VIEWS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

function viewOf({ buffer }: WebAssembly.Memory, { dtype, address, length }: Block): TypedArray {
  return new VIEWS[dtype as keyof typeof VIEWS](buffer, address, length);
}

/**
 * A TensorFlow.js backend whose numeric tensors lie in one WebAssembly memory, shared with the threads of a pool. It
 * inherits every kernel of the `cpu` backend; `registerSimd` puts compiled ones in the place of the hot ones.
 */
export class SimdBackend extends MathBackendCPU {
  constructor(readonly pool: Pool) {
    super();
  }

  override write(values: backend_util.BackendValues, _shape: number[], dtype: DataType): DataId {
    const dataId = {};
    this.data.set(dataId, this.hold(values, dtype, 1));
    this.made?.push(dataId);
    return dataId;
  }

  override move(
    dataId: DataId,
    values: backend_util.BackendValues,
    _shape: number[],
    dtype: DataType,
    refCount: number,
  ): void {
    this.data.set(dataId, this.hold(values, dtype, refCount));
  }

  /** A copy: what was read stays as it was read, whatever becomes of the tensor. */
  override readSync(dataId: DataId): backend_util.BackendValues {
    const held = this.data.get(dataId) as unknown;
    return held instanceof Block ? held.values.slice() : super.readSync(dataId);
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const held = this.data.has(dataId) && (this.data.get(dataId) as unknown);
    if (!(held instanceof Block)) return super.disposeData(dataId, force);
    if (--held.refCount > 0 && !force) return false;
    this.data.delete(dataId);
    if (!this.blocks.delete(held)) return true; // its memory was given back with the backend
    if (this.inheriting > 0) this.heldBack.push(held.address);
    else this.pool.allocator.free(held.address);
    return true;
  }

  /**
   * Runs a kernel of the `cpu` backend. Such a kernel may dispose of a tensor whose values it goes on reading: memory is
   * given back when it is done.
   */
  inherit<Result>(kernel: () => Result): Result {
    this.inheriting++;
    try {
      return kernel();
    } finally {
      if (--this.inheriting === 0) this.heldBack.splice(0).forEach((address) => this.pool.allocator.free(address));
    }
  }

  /** Runs a kernel that, if it throws, leaves no tensor behind: memory that has run out is wanted. */
  attempt<Result>(kernel: () => Result): Result {
    const outer = this.made;
    this.made = [];
    try {
      const result = kernel();
      outer?.push(...this.made);
      return result;
    } catch (error) {
      for (const dataId of this.made) if (this.data.has(dataId)) this.disposeData(dataId, true);
      throw error;
    } finally {
      this.made = outer;
    }
  }

  /** Gives back the memory of every tensor that is left. */
  override dispose(): void {
    for (const { address } of this.blocks) this.pool.allocator.free(address);
    this.blocks.clear();
  }

  override memory() {
    return { unreliable: false } as ReturnType<MathBackendCPU["memory"]>;
  }

  /** Where a numeric tensor's elements lie. */
  address({ dataId }: TensorInfo): number {
    return (this.data.get(dataId) as unknown as Block).address;
  }

  /** Those of several; 0 for one that is not there. */
  addresses(tensors: (TensorInfo | undefined)[]): number[] {
    return tensors.map((tensor) => (tensor ? this.address(tensor) : 0));
  }

  /**
   * A tensor for a kernel to write to; what it holds until then is not defined.
   *
   * @throws RangeError for a size below 0, which TensorFlow.js reckons where a filter or window does not fit
   */
  output(shape: number[], dtype: DataType): TensorInfo {
    if (shape.some((size) => size < 0))
      throw new RangeError(
        `the result would be of shape [${shape}]: a filter (with its dilation) or a window is larger than the image; ` +
          'make it smaller, or pad the image ("same")',
      );
    const dataId = {};
    const block = this.allocate(dtype, util.sizeFromShape(shape));
    this.data.set(dataId, block as never);
    this.made?.push(dataId);
    return { dataId, shape, dtype };
  }

  /** The same data under another shape. */
  share({ dataId, dtype }: TensorInfo, shape: number[]): TensorInfo {
    this.incRef(dataId);
    return { dataId, shape, dtype };
  }

  /** Runs a compiled task: see `Pool`. */
  run(task: string, chunks: number, params: number[]): void {
    this.pool.run(task, chunks, params);
  }

  /** Lends a block of memory for the time of a call. */
  borrow<Result>(bytes: number, use: (address: number) => Result): Result {
    const address = this.pool.allocator.allocate(bytes);
    try {
      return use(address);
    } finally {
      this.pool.allocator.free(address);
    }
  }

  private readonly blocks = new Set<Block>();
  private readonly heldBack: number[] = [];
  private inheriting = 0;
  /** Tensors that the running kernel has made. */
  private made: DataId[] | null = null;

  /** Numbers go to the kernels' memory; strings, and the parts of complex numbers, stay where the base class has them. */
  private hold(values: backend_util.BackendValues | ArrayBuffer, dtype: DataType, refCount: number) {
    if (values === undefined || values === null || !(dtype in VIEWS)) return { values, dtype, refCount } as never;
    const numbers =
      values instanceof ArrayBuffer ? new VIEWS[dtype as keyof typeof VIEWS](values) : (values as TypedArray);
    const block = this.allocate(dtype, numbers.length);
    block.values.set(numbers);
    block.refCount = refCount;
    return block as never;
  }

  private allocate(dtype: DataType, length: number): Block {
    const address = this.pool.allocator.allocate(length * (dtype === "bool" ? 1 : 4));
    const block = new Block(dtype, address, length, this.pool.memory);
    this.blocks.add(block);
    return block;
  }
}
