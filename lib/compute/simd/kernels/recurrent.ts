import type { NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelCall, SimdBackend, SimdKernel } from "../SimdBackend";
import { runProduct } from "./matMul";

/**
 * Recurrent layers over whole sequences. `LstmSequence` and `GruSequence` take x [examples, steps, inputs], kernel [inputs,
 * gates x units], recurrent [units, gates x units], bias [gates x units] or none, h0 and, of LSTM, c0 [examples,
 * units], and mask [examples, steps] of float32 or none: a step where it is 0 leaves the state as it is.
 * LSTM takes `drop` [examples, units] too, or none: what a state is multiplied by before its product. They give the states
 * h after each step [examples, steps, units], the gates, and of LSTM also the last c and all of them. Their `…Grad` gives
 * the gradients of x, kernel, recurrent, bias, h0 and c0.
 */
export const recurrent: Record<string, SimdKernel> = {
  LstmSequence: (call) => forward(call, LSTM),
  LstmSequenceGrad: (call) => backward(call, LSTM),
  GruSequence: (call) => forward(call, GRU),
  GruSequenceGrad: (call) => backward(call, GRU),
};

interface Kind {
  /** Gates of a unit. */
  gates: number;
  forward: string;
  backward: string;
  /** The parts of the recurrent matrix, as first gate and number of gates. */
  parts: [number, number][];
}

const LSTM: Kind = { gates: 4, forward: "lstmForward", backward: "lstmBackward", parts: [[0, 4]] };
const GRU: Kind = {
  gates: 3,
  forward: "gruForward",
  backward: "gruBackward",
  parts: [
    [0, 2],
    [2, 1],
  ],
};

/** The activations that are compiled, by TensorFlow.js' names: their numbers in assembly/recurrent.ts. */
export const COMPILED: Record<string, number> = { linear: 0, relu: 1, tanh: 2, sigmoid: 3, hardSigmoid: 4 };

/** Units that leave room for a group's rows in a thread's scratch. */
export const MOST_UNITS = 2000;

/** Examples of a chunk: GROUP of assembly/recurrent.ts. */
const GROUP = 8;

function sizesOf({ x, recurrent }: Record<string, TensorInfo>) {
  const [examples, steps, inputs] = x.shape;
  return { examples, steps, inputs, units: recurrent.shape[0] };
}

function activationsOf(attrs: NamedAttrMap): number[] {
  return [attrs.activation, attrs.recurrentActivation].map((name) => COMPILED[name as string]);
}

function forward({ inputs, attrs, backend }: KernelCall, kind: Kind): TensorInfo[] {
  const { x, kernel, recurrent, bias, h0, c0, mask, drop } = inputs;
  const { examples, steps, units, inputs: depth } = sizesOf(inputs);
  const hs = backend.output([examples, steps, units], "float32");
  const gates = backend.output([examples, steps, kind.gates * units], "float32");
  const cells = kind === LSTM ? [backend.output([examples, units], "float32"), backend.output([examples, steps, units], "float32")] : []; // prettier-ignore
  const [toGates, toH] = backend.addresses([gates, hs]);
  const [ofX, ofKernel, ofBias] = backend.addresses([x, kernel, bias]);
  const sizes = { rows: examples * steps, columns: kind.gates * units, depth };
  if (examples * steps * units === 0) return [hs, gates, ...cells];
  runProduct(backend, "matMul", sizes, { a: ofX, b: ofKernel, to: toGates, bias: ofBias, code: 0 });
  const [ofLast, ofCells] = backend.addresses(cells);
  withPanels(backend, recurrent, { kind, turned: false }, (panels) =>
    backend.run(kind.forward, Math.ceil(examples / GROUP), [
      ...[toGates, ...panels, ...backend.addresses([h0, c0, mask]), toH, ofCells ?? 0],
      ...[examples, steps, units, ...activationsOf(attrs), ...backend.addresses([drop])],
    ]),
  );
  if (ofLast !== undefined) copyLastStep(backend, { from: ofCells, to: ofLast, examples, steps, units });
  return [hs, gates, ...cells];
}

interface LastStep {
  from: number;
  to: number;
  examples: number;
  steps: number;
  units: number;
}

/** The last step of each example, [examples, steps, units] to [examples, units]. */
function copyLastStep(backend: SimdBackend, { from, to, examples, steps, units }: LastStep): void {
  const bytes = new Uint8Array(backend.pool.memory.buffer);
  for (let example = 0; example < examples; example++) {
    const last = from + 4 * units * (example * steps + steps - 1);
    bytes.copyWithin(to + 4 * units * example, last, last + 4 * units);
  }
}

/** Lends the recurrent matrix, or its transpose, packed in panels: of each part the address, 0 for a missing second one. */
function withPanels(
  backend: SimdBackend,
  recurrent: TensorInfo,
  { kind, turned }: { kind: Kind; turned: boolean },
  use: (panels: [number, number]) => void,
): void {
  const units = recurrent.shape[0];
  const parts = kind.parts.map(([first, gates]) => {
    const [rows, columns] = turned ? [gates * units, units] : [units, gates * units];
    return { from: backend.address(recurrent) + 4 * first * units, rows, columns, panels: Math.ceil(columns / 8) };
  });
  const bytes = parts.map(({ rows, panels }) => 32 * rows * panels);
  backend.borrow(bytes[0] + (bytes[1] ?? 0), (to) => {
    parts.forEach(({ from, rows, columns, panels }, i) =>
      backend.run("packPanels", panels, [from, i === 0 ? to : to + bytes[0], rows, columns, kind.gates * units, Number(turned)]),
    ); // prettier-ignore
    use([to, parts.length > 1 ? to + bytes[0] : 0]);
  });
}

function backward({ inputs, attrs, backend }: KernelCall, kind: Kind): TensorInfo[] {
  const { x, kernel, recurrent, h0, c0, mask, drop, dh, dc, hs, gates, cs } = inputs;
  const { examples, steps, units, inputs: depth } = sizesOf(inputs);
  const wide = kind.gates * units;
  const states = kind === LSTM ? 2 : 1;
  const shapes = [x.shape, kernel.shape, recurrent.shape, [wide], ...Array.from({ length: states }, () => [examples, units])]; // prettier-ignore
  const outputs = shapes.map((shape) => backend.output(shape, "float32"));
  const [dx, dkernel, drecurrent, dbias, dh0, dc0] = backend.addresses(outputs);
  const rows = examples * steps;
  const [ofX, ofKernel] = backend.addresses([x, kernel]);
  backend.borrow(4 * Math.max(1, rows * (wide + 2 * units)), (sums) => {
    const before = sums + 4 * rows * wide;
    const resets = before + 4 * rows * units;
    withPanels(backend, recurrent, { kind, turned: true }, (panels) =>
      backend.run(kind.backward, Math.ceil(examples / GROUP), [
        ...[backend.address(gates), ...panels, ...backend.addresses([h0, c0, mask, hs, cs])],
        ...[examples, steps, units, ...activationsOf(attrs), ...backend.addresses([drop, dh, dc])],
        ...[sums, before, resets, dh0, dc0 ?? 0],
      ]),
    );
    const product = (task: string, sizes: { rows: number; columns: number; depth: number }, a: number, b: number, to: number) =>
      runProduct(backend, task, sizes, { a, b, to, bias: 0, code: 0 }); // prettier-ignore
    product("matMulColumns", { rows: depth, columns: wide, depth: rows }, ofX, sums, dkernel);
    product("matMulColumns", { rows: units, columns: wide, depth: rows }, before, sums, drecurrent);
    if (kind === GRU) gruCandidate(backend, { sums, resets, drecurrent, rows, units });
    product("matMulDots", { rows, columns: depth, depth: wide }, sums, ofKernel, dx);
    backend.run("sumRows", Math.ceil(wide / 16), [sums, 0, dbias, rows, wide]);
  });
  return outputs;
}

/** The candidate's columns of GRU's recurrent matrix met the state that was let through: they are reckoned again. */
function gruCandidate(
  backend: SimdBackend,
  { sums, resets, drecurrent, rows, units }: Record<"sums" | "resets" | "drecurrent" | "rows" | "units", number>,
): void {
  const wide = 3 * units;
  backend.borrow(4 * units * wide, (to) => {
    runProduct(backend, "matMulColumns", { rows: units, columns: wide, depth: rows }, { a: resets, b: sums, to, bias: 0, code: 0 }); // prettier-ignore
    const bytes = new Uint8Array(backend.pool.memory.buffer);
    for (let unit = 0; unit < units; unit++) {
      const at = 4 * (unit * wide + 2 * units);
      bytes.copyWithin(drecurrent + at, to + at, to + at + 4 * units);
    }
  });
}
