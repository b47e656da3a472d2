import {
  engine,
  getGradient,
  keep,
  ones,
  Tensor,
  util,
  type GradConfig,
  type NamedAttrMap,
  type NamedTensorMap,
} from "@tensorflow/tfjs-core";
import { SimdBackend } from "../SimdBackend";
import { backpropagate } from "./backpropagate";
import { stepsBetween, type TapeNode } from "./tape";

/** The parts of TensorFlow.js' engine that its types do not tell. */
interface Inner {
  backend: unknown;
  state: {
    activeTape: TapeNode[] | null;
    gradientDepth: number;
    kernelDepth: number;
    nextTapeNodeId: number;
    activeScope: { name: string } | null;
  };
  startTape(): void;
  endTape(): void;
  scopedRun<T>(start: () => void, end: () => void, f: () => T): T;
  tidy<T>(name: string, f: () => T): T;
  clone(x: Tensor): Tensor;
  gradients(f: () => Tensor, xs: Tensor[], dy?: Tensor, allowNoGradients?: boolean): object;
  addTapeNode(...node: Parameters<typeof record>): void;
  makeTensorFromTensorInfo(info: object): Tensor;
  saveTensorsForBackwardMode(tensors: (Tensor | undefined)[]): (Tensor | undefined)[];
  runKernel(name: string, inputs: NamedTensorMap, attrs?: object): Tensor;
}

/** A gradient that knows what to do where nothing depends on an output: it gets null for it, not zeros. */
export interface SparseGradConfig extends GradConfig {
  missingGradients?: true;
}

let isDone = false;

/**
 * Has TensorFlow.js' engine go back through its tape with less memory and time: what was kept for a gradient, and a
 * gradient that has been passed on, are given back on the way and not at its end; what nothing depends on costs no
 * zeros; a clone, of which each kept tensor is one, costs no kernel call; an input that is not given need not be kept. The numbers are the same, on any backend.
 *
 * @throws Error when the engine is not the one that is known
 */
export function patchEngine(): void {
  if (isDone) return;
  const inner = engine() as unknown as Inner;
  for (const name of [
    "gradients",
    "addTapeNode",
    "clone",
    "saveTensorsForBackwardMode",
    "startTape",
    "endTape",
    "scopedRun",
  ] as const)
    if (typeof inner[name] !== "function")
      throw new Error(`TensorFlow.js' engine has no ${name}(): this backend wants @tensorflow/tfjs-core 4.22`);
  const clone = inner.clone.bind(inner);
  inner.gradients = (...given) => gradients(inner, ...given);
  inner.addTapeNode = (...node) => record(...node);
  inner.saveTensorsForBackwardMode = (tensors) => tensors.map((tensor) => tensor && keep(inner.clone(tensor)));
  inner.clone = (x) => (inner.backend instanceof SimdBackend && x.dtype in NUMERIC ? share(inner, x) : clone(x));
  isDone = true;
}

const NUMERIC = { float32: true, int32: true, bool: true };

/** A tensor of the same data, recorded as such. */
function share(inner: Inner, x: Tensor): Tensor {
  const backend = inner.backend as SimdBackend;
  backend.incRef(x.dataId);
  const y = inner.makeTensorFromTensorInfo({ dataId: x.dataId, shape: x.shape, dtype: x.dtype });
  if (inner.state.gradientDepth > 0) record(inner.state.activeScope?.name ?? "", { x }, [y], sameGradient, [], {});
  return y;
}

function sameGradient(dy: Tensor | Tensor[]): Record<string, () => Tensor> {
  return { x: () => (dy as Tensor).clone() };
}

function record(
  kernelName: string,
  inputs: NamedTensorMap,
  outputs: Tensor[],
  gradFunc: GradConfig["gradFunc"] | null | undefined,
  saved: (Tensor | undefined)[],
  attrs: NamedAttrMap,
): void {
  const { state } = engine() as unknown as Inner;
  const config = getGradient(kernelName) as SparseGradConfig | undefined;
  const gradientOf = config?.gradFunc ?? gradFunc;
  const node: TapeNode = { id: state.nextTapeNodeId++, kernelName, inputs, outputs, saved };
  if (gradientOf)
    node.gradient = (dys) => {
      const given = config?.missingGradients ? dys : dys.map((dy, i) => dy ?? zeros(outputs[i]));
      return gradientOf((given.length > 1 ? given : given[0]) as Tensor, saved as Tensor[], attrs);
    };
  state.activeTape?.push(node);
}

function zeros({ shape, dtype }: Tensor): Tensor {
  return (engine() as unknown as Inner).runKernel("Fill", {}, { shape, value: 0, dtype });
}

function gradients(inner: Inner, f: () => Tensor, xs: Tensor[], dy?: Tensor, allowNoGradients = false) {
  util.assert(xs.length > 0, () => "gradients() received an empty list of xs.");
  if (dy && dy.dtype !== "float32") throw new Error(`dy must have 'float32' dtype, but has '${dy.dtype}'`);
  const forward = () => inner.tidy("forward", f);
  const y = recorded(inner, forward);
  util.assert(y instanceof Tensor, () => "The result y returned by f() must be a tensor.");
  const tape = inner.state.activeTape!;
  const steps = stepsBetween(tape, xs, y);
  if (!allowNoGradients && steps.length === 0)
    throw new Error(
      "Cannot compute gradient of y=f(x) with respect to x. Make sure that the f you passed encloses all operations " +
        "that lead from x to y.",
    );
  return inner.tidy("backward", () => {
    const isOutermost = inner.state.gradientDepth === 0;
    if (isOutermost) inner.state.activeTape = null; // it is not needed again, and would hold all it has saved
    try {
      if (isOutermost) dropUnused(tape, steps.map(({ node }) => node)); // prettier-ignore
      const grads = backpropagate({ steps, xs, y, dy: dy ?? ones(y.shape), releases: isOutermost });
      return { value: y, grads };
    } finally {
      if (isOutermost) for (const { saved } of tape) saved.forEach((tensor) => tensor?.dispose());
    }
  });
}

/** Runs a function on the tape; if it throws, nothing that the tape has kept is left behind. */
function recorded(inner: Inner, f: () => Tensor): Tensor {
  try {
    return inner.scopedRun(() => inner.startTape(), () => inner.endTape(), f); // prettier-ignore
  } catch (error) {
    if (inner.state.gradientDepth === 0)
      for (const { saved } of inner.state.activeTape ?? []) saved.forEach((tensor) => tensor?.dispose());
    throw error;
  }
}

/** Gives back what nodes have kept that are not on the way. */
function dropUnused(tape: TapeNode[], used: TapeNode[]): void {
  const needed = new Set(used);
  for (const node of tape) if (!needed.has(node)) node.saved.forEach((tensor) => tensor?.dispose());
}
