// Recurrent layers over whole sequences. Examples do not meet: a chunk takes a few of them through all steps, so that no
// thread waits for another within a sequence. What the inputs add to the gates is there before, one product for all
// steps; the recurrent matrix is packed in panels of eight columns.
import { scratch } from "../../../threads/assembly/pool";
import { choose, storeUpTo } from "./lanes";
import { CONSTANT_BYTES, constants, sigmoid4, tanh4 } from "./math";
import { describeProduct, isNative, multiplyNatively } from "./native";
import { tileTo } from "./tiles";

/** Examples of a chunk. */
const GROUP: i32 = 8;
/** Examples of a tile. */
const TILE: i32 = 4;

const LINEAR: i32 = 0;
const RELU: i32 = 1;
const TANH: i32 = 2;
const SIGMOID: i32 = 3;

@unmanaged
class Recurrent {
  /** [examples, steps, gates x units]: first what the inputs add, then the gates themselves. */
  gates: usize;
  /** The recurrent matrix in panels; of GRU the two gates, and at `morePanels` the candidate. */
  panels: usize;
  morePanels: usize;
  /** States before the first step [examples, units]; 0 for zeros. */
  h0: usize;
  c0: usize;
  /** Steps that count, float32 [examples, steps]; 0 for all. */
  mask: usize;
  /** States after each step [examples, steps, units]; `cs` of LSTM alone. */
  hs: usize;
  cs: usize;
  examples: i32;
  steps: i32;
  units: i32;
  activation: i32;
  recurrentActivation: i32;
  /** Of LSTM: what a state is multiplied by before the product, [examples, units]; 0 for ones. */
  drop: usize;
  // The way back has more:
  /** Gradient of hs [examples, steps, units]; 0 for zeros. */
  dhs: usize;
  /** Gradient of the last c [examples, units]; 0 for zeros. */
  dc: usize;
  /** Gradients of the sums before the activations [examples, steps, gates x units]. */
  sums: usize;
  /** The state before each step [examples, steps, units]; of GRU at `resets` the one that was let through. */
  before: usize;
  resets: usize;
  /** Gradients of the states before the first step. */
  dh0: usize;
  dc0: usize;
}

/** An activation of four numbers. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function activate(x: v128, kind: i32, c: usize): v128 {
  if (kind == TANH) return tanh4(x, c);
  if (kind == SIGMOID) return sigmoid4(x, c);
  if (kind == LINEAR) return x;
  if (kind == RELU) return f32x4.pmax(x, f32x4.splat(0));
  const line = f32x4.add(f32x4.mul(x, f32x4.splat(0.2)), f32x4.splat(0.5)); // hard sigmoid
  return f32x4.pmin(f32x4.pmax(line, f32x4.splat(0)), f32x4.splat(1));
}

/** The slope of an activation, from its output. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function slope(y: v128, kind: i32): v128 {
  const one = f32x4.splat(1);
  if (kind == TANH) return f32x4.sub(one, f32x4.mul(y, y));
  if (kind == SIGMOID) return f32x4.mul(y, f32x4.sub(one, y));
  if (kind == LINEAR) return one;
  const positive = f32x4.gt(y, f32x4.splat(0));
  if (kind == RELU) return choose(positive, one, f32x4.splat(0));
  return v128.and(v128.and(positive, f32x4.lt(y, one)), f32x4.splat(0.2));
}

/**
 * Packs a matrix [rows, columns], `step` numbers from row to row, in panels of eight columns; for native products the rows of
 * the panels stand side by side. A chunk is a panel.
 */
export function packPanels(p: usize, chunk: i32): void {
  const rows = load<i32>(p, 8), columns = load<i32>(p, 12), step = <usize>load<i32>(p, 16) << 2;
  const turned = load<i32>(p, 20);
  let to = load<usize>(p, 4) + <usize>chunk * (isNative ? 32 : <usize>rows * 32);
  const first = chunk * 8;
  for (let row = 0; row < rows; row++, to += isNative ? padded(columns) : 32)
    for (let i = 0; i < 8; i++) {
      const column = first + i;
      const at = turned ? <usize>column * step + (<usize>row << 2) : <usize>row * step + (<usize>column << 2);
      store<f32>(to + (<usize>i << 2), column < columns ? load<f32>(load<usize>(p) + at) : 0);
    }
}

/** The product of the group's rows, `stepA` bytes apart, and a packed matrix. */
function multiply(a: usize, stepA: usize, depth: i32, panels: usize, columns: i32, to: usize, step: usize, rows: i32): void { // prettier-ignore
  if (isNative) {
    const whole = <i32>(padded(columns) >> 2);
    multiplyNatively(describeProduct(
      scratch + CONSTANT_BYTES, a, <i32>(stepA >> 2), panels, whole, to, <i32>(step >> 2), rows, whole, depth,
    ));
    return;
  }
  for (let column = 0; column < columns; column += 8, panels += <usize>depth * 32, to += 32)
    for (let row = 0; row < rows; row += TILE)
      tileTo(a + <usize>row * stepA, stepA, depth, panels, 32, to + <usize>row * step, step);
}

/** Bytes of a row of so many numbers, in whole panels. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function padded(count: i32): usize {
  return <usize>((count + 7) & ~7) << 2;
}

/** Brings the group's rows of a state to the scratch, zeros where there is none. */
function fetch(from: usize, to: usize, step: usize, first: i32, rows: i32, units: i32): void {
  memory.fill(to, 0, <usize>GROUP * step);
  if (from)
    for (let row = 0; row < rows; row++)
      memory.copy(to + <usize>row * step, from + (<usize>((first + row) * units) << 2), <usize>units << 2);
}

/** The group's rows of a state, each number times its factor. */
function letThrough(state: usize, factors: usize, to: usize, step: usize, rows: i32, units: i32): void {
  for (let row = 0; row < rows; row++, state += step, to += step, factors += <usize>units << 2)
    for (let at: usize = 0; at < step; at += 16)
      v128.store(to + at, f32x4.mul(v128.load(state + at), v128.load(factors + at)));
}

/** Whether a step of an example counts. */
// @ts-ignore: decorators on functions are AssemblyScript's own
@inline
function counts(r: Recurrent, place: i32): bool {
  return !r.mask || load<f32>(r.mask + (<usize>place << 2)) != 0;
}

/** A long short-term memory (Hochreiter and Schmidhuber, 1997). A chunk is a group of examples. */
export function lstmForward(p: usize, chunk: i32): void {
  const r = changetype<Recurrent>(p);
  const first = chunk * GROUP, rows = min(GROUP, r.examples - first), units = r.units;
  const c = constants();
  const step = padded(units), wide = padded(4 * units), unitBytes = <usize>units << 2;
  const h = scratch + 256, state = h + <usize>GROUP * step, z = state + <usize>GROUP * step;
  const through = r.drop ? z + <usize>GROUP * wide : h;
  const factors = r.drop + <usize>first * unitBytes;
  fetch(r.h0, h, step, first, rows, units);
  fetch(r.c0, state, step, first, rows, units);
  for (let t = 0; t < r.steps; t++) {
    if (r.drop) letThrough(h, factors, through, step, rows, units);
    multiply(through, step, units, r.panels, 4 * units, z, wide, rows);
    for (let row = 0; row < rows; row++) {
      const place = (first + row) * r.steps + t;
      const active = counts(r, place);
      let gate = r.gates + <usize>place * 4 * unitBytes;
      let sum = z + <usize>row * wide, before = state + <usize>row * step, out = h + <usize>row * step;
      let toH = r.hs + <usize>place * unitBytes, toC = r.cs + <usize>place * unitBytes;
      for (let left = units; left > 0; left -= 4, gate += 16, sum += 16, before += 16, out += 16, toH += 16, toC += 16) {
        const i = activate(f32x4.add(v128.load(gate), v128.load(sum)), r.recurrentActivation, c);
        const f = activate(f32x4.add(v128.load(gate + unitBytes), v128.load(sum + unitBytes)), r.recurrentActivation, c);
        const g = activate(f32x4.add(v128.load(gate + 2 * unitBytes), v128.load(sum + 2 * unitBytes)), r.activation, c);
        const o = activate(f32x4.add(v128.load(gate + 3 * unitBytes), v128.load(sum + 3 * unitBytes)), r.recurrentActivation, c); // prettier-ignore
        storeUpTo(gate, i, left);
        storeUpTo(gate + unitBytes, f, left);
        storeUpTo(gate + 2 * unitBytes, g, left);
        storeUpTo(gate + 3 * unitBytes, o, left);
        if (active) {
          const next = f32x4.add(f32x4.mul(f, v128.load(before)), f32x4.mul(i, g));
          storeUpTo(before, next, left);
          storeUpTo(out, f32x4.mul(o, activate(next, r.activation, c)), left);
        }
        storeUpTo(toC, v128.load(before), left);
        storeUpTo(toH, v128.load(out), left);
      }
    }
  }
}

/** The way back of `lstmForward`, down to the sums before the activations. */
export function lstmBackward(p: usize, chunk: i32): void {
  const r = changetype<Recurrent>(p);
  const first = chunk * GROUP, rows = min(GROUP, r.examples - first), units = r.units;
  const c = constants();
  const step = padded(units), wide = padded(4 * units), unitBytes = <usize>units << 2;
  const dh = scratch + 256, dc = dh + <usize>GROUP * step, past = dc + <usize>GROUP * step, z = past + <usize>GROUP * step;
  memory.fill(dh, 0, <usize>GROUP * step);
  memory.fill(z, 0, <usize>GROUP * wide);
  fetch(r.dc, dc, step, first, rows, units);
  for (let t = r.steps - 1; t >= 0; t--) {
    for (let row = 0; row < rows; row++) {
      const place = (first + row) * r.steps + t;
      const active = counts(r, place);
      let gate = r.gates + <usize>place * 4 * unitBytes, to = r.sums + <usize>place * 4 * unitBytes;
      let sum = z + <usize>row * wide, ofH = dh + <usize>row * step, ofC = dc + <usize>row * step;
      let kept = past + <usize>row * step;
      let given = r.dhs ? r.dhs + <usize>place * unitBytes : 0;
      let cell = r.cs + <usize>place * unitBytes;
      let cellBefore = t > 0 ? cell - unitBytes : r.c0 ? r.c0 + <usize>(first + row) * unitBytes : 0;
      let hBefore = t > 0 ? r.hs + <usize>(place - 1) * unitBytes : r.h0 ? r.h0 + <usize>(first + row) * unitBytes : 0;
      let toBefore = r.before + <usize>place * unitBytes;
      let factor = r.drop ? r.drop + <usize>(first + row) * unitBytes : 0;
      for (let left = units; left > 0; left -= 4) {
        const zero = f32x4.splat(0);
        let d = v128.load(ofH);
        if (given) d = f32x4.add(d, v128.load(given));
        let di = zero, df = zero, dg = zero, dOut = zero, stays = d;
        if (active) {
          const i = v128.load(gate), f = v128.load(gate + unitBytes), g = v128.load(gate + 2 * unitBytes);
          const o = v128.load(gate + 3 * unitBytes);
          const out = activate(v128.load(cell), r.activation, c);
          const inner = f32x4.add(v128.load(ofC), f32x4.mul(f32x4.mul(d, o), slope(out, r.activation)));
          dOut = f32x4.mul(f32x4.mul(d, out), slope(o, r.recurrentActivation));
          di = f32x4.mul(f32x4.mul(inner, g), slope(i, r.recurrentActivation));
          dg = f32x4.mul(f32x4.mul(inner, i), slope(g, r.activation));
          if (cellBefore) df = f32x4.mul(f32x4.mul(inner, v128.load(cellBefore)), slope(f, r.recurrentActivation));
          storeUpTo(ofC, f32x4.mul(inner, f), left);
          stays = zero;
        }
        storeUpTo(to, di, left);
        storeUpTo(to + unitBytes, df, left);
        storeUpTo(to + 2 * unitBytes, dg, left);
        storeUpTo(to + 3 * unitBytes, dOut, left);
        storeUpTo(sum, di, left);
        storeUpTo(sum + unitBytes, df, left);
        storeUpTo(sum + 2 * unitBytes, dg, left);
        storeUpTo(sum + 3 * unitBytes, dOut, left);
        v128.store(kept, stays);
        let met = hBefore ? v128.load(hBefore) : zero;
        if (factor) met = f32x4.mul(met, v128.load(factor));
        storeUpTo(toBefore, met, left);
        gate += 16, to += 16, sum += 16, ofH += 16, ofC += 16, kept += 16, cell += 16, toBefore += 16;
        if (given) given += 16;
        if (cellBefore) cellBefore += 16;
        if (hBefore) hBefore += 16;
        if (factor) factor += 16;
      }
    }
    multiply(z, wide, 4 * units, r.panels, units, dh, step, rows);
    if (r.drop) letThrough(dh, r.drop + <usize>first * unitBytes, dh, step, rows, units);
    for (let at: usize = 0, end = <usize>rows * step; at < end; at += 16)
      v128.store(dh + at, f32x4.add(v128.load(dh + at), v128.load(past + at)));
  }
  for (let row = 0; row < rows; row++) {
    memory.copy(r.dh0 + <usize>(first + row) * unitBytes, dh + <usize>row * step, unitBytes);
    memory.copy(r.dc0 + <usize>(first + row) * unitBytes, dc + <usize>row * step, unitBytes);
  }
}

/** A gated recurrent unit (Cho et al., 2014), the state let through before the product. A chunk is a group of examples. */
export function gruForward(p: usize, chunk: i32): void {
  const r = changetype<Recurrent>(p);
  const first = chunk * GROUP, rows = min(GROUP, r.examples - first), units = r.units;
  const c = constants();
  const step = padded(units), wide = padded(2 * units), unitBytes = <usize>units << 2;
  const h = scratch + 256, reset = h + <usize>GROUP * step, z = reset + <usize>GROUP * step;
  fetch(r.h0, h, step, first, rows, units);
  memory.fill(reset, 0, <usize>GROUP * step);
  for (let t = 0; t < r.steps; t++) {
    multiply(h, step, units, r.panels, 2 * units, z, wide, rows);
    for (let row = 0; row < rows; row++) {
      let gate = r.gates + <usize>((first + row) * r.steps + t) * 3 * unitBytes;
      let sum = z + <usize>row * wide, state = h + <usize>row * step, through = reset + <usize>row * step;
      for (let left = units; left > 0; left -= 4, gate += 16, sum += 16, state += 16, through += 16) {
        const update = activate(f32x4.add(v128.load(gate), v128.load(sum)), r.recurrentActivation, c);
        const open = activate(f32x4.add(v128.load(gate + unitBytes), v128.load(sum + unitBytes)), r.recurrentActivation, c); // prettier-ignore
        storeUpTo(gate, update, left);
        storeUpTo(gate + unitBytes, open, left);
        storeUpTo(through, f32x4.mul(open, v128.load(state)), left);
      }
    }
    multiply(reset, step, units, r.morePanels, units, z, wide, rows);
    for (let row = 0; row < rows; row++) {
      const place = (first + row) * r.steps + t;
      const active = counts(r, place);
      let gate = r.gates + <usize>place * 3 * unitBytes;
      let sum = z + <usize>row * wide, state = h + <usize>row * step, toH = r.hs + <usize>place * unitBytes;
      for (let left = units; left > 0; left -= 4, gate += 16, sum += 16, state += 16, toH += 16) {
        const candidate = activate(f32x4.add(v128.load(gate + 2 * unitBytes), v128.load(sum)), r.activation, c);
        storeUpTo(gate + 2 * unitBytes, candidate, left);
        if (active) {
          const update = v128.load(gate);
          const fresh = f32x4.mul(f32x4.sub(f32x4.splat(1), update), candidate);
          storeUpTo(state, f32x4.add(f32x4.mul(update, v128.load(state)), fresh), left);
        }
        storeUpTo(toH, v128.load(state), left);
      }
    }
  }
}

/** The way back of `gruForward`, down to the sums before the activations. */
export function gruBackward(p: usize, chunk: i32): void {
  const r = changetype<Recurrent>(p);
  const first = chunk * GROUP, rows = min(GROUP, r.examples - first), units = r.units;
  const step = padded(units), wide = padded(2 * units), unitBytes = <usize>units << 2;
  const dh = scratch + 256, kept = dh + <usize>GROUP * step, inner = kept + <usize>GROUP * step;
  const through = inner + <usize>GROUP * step, z = through + <usize>GROUP * step;
  memory.fill(dh, 0, <usize>GROUP * step);
  memory.fill(inner, 0, <usize>GROUP * step);
  memory.fill(z, 0, <usize>GROUP * wide);
  const zero = f32x4.splat(0), one = f32x4.splat(1);
  for (let t = r.steps - 1; t >= 0; t--) {
    for (let row = 0; row < rows; row++) {
      const place = (first + row) * r.steps + t;
      const active = counts(r, place);
      const before = t > 0 ? r.hs + <usize>(place - 1) * unitBytes : r.h0 ? r.h0 + <usize>(first + row) * unitBytes : 0;
      for (let at: usize = 0, left = units; left > 0; left -= 4, at += 16) {
        const gate = r.gates + <usize>place * 3 * unitBytes + at;
        const here = <usize>row * step + at;
        let d = v128.load(dh + here);
        if (r.dhs) d = f32x4.add(d, v128.load(r.dhs + <usize>place * unitBytes + at));
        const past = before ? v128.load(before + at) : zero;
        const update = v128.load(gate), candidate = v128.load(gate + 2 * unitBytes);
        let ofUpdate = zero, ofCandidate = zero, stays = d;
        if (active) {
          ofUpdate = f32x4.mul(f32x4.mul(d, f32x4.sub(past, candidate)), slope(update, r.recurrentActivation));
          ofCandidate = f32x4.mul(f32x4.mul(d, f32x4.sub(one, update)), slope(candidate, r.activation));
          stays = f32x4.mul(d, update);
        }
        storeUpTo(z + <usize>row * wide + at, ofUpdate, left);
        storeUpTo(inner + here, ofCandidate, left);
        v128.store(kept + here, stays);
        storeUpTo(r.before + <usize>place * unitBytes + at, past, left);
      }
    }
    multiply(inner, step, units, r.morePanels, units, through, step, rows);
    for (let row = 0; row < rows; row++) {
      const place = (first + row) * r.steps + t;
      for (let at: usize = 0, left = units; left > 0; left -= 4, at += 16) {
        const gate = r.gates + <usize>place * 3 * unitBytes + at;
        const here = <usize>row * step + at;
        const open = v128.load(gate + unitBytes), d = v128.load(through + here);
        const past = v128.load(r.before + <usize>place * unitBytes + at);
        const ofUpdate = v128.load(z + <usize>row * wide + at);
        const ofOpen = f32x4.mul(f32x4.mul(d, past), slope(open, r.recurrentActivation));
        const to = r.sums + <usize>place * 3 * unitBytes + at;
        v128.store(kept + here, f32x4.add(v128.load(kept + here), f32x4.mul(d, open)));
        storeUpTo(to, ofUpdate, left);
        storeUpTo(to + unitBytes, ofOpen, left);
        storeUpTo(to + 2 * unitBytes, v128.load(inner + here), left);
        storeUpTo(z + <usize>row * wide + unitBytes + at, ofOpen, left);
        storeUpTo(r.resets + <usize>place * unitBytes + at, f32x4.mul(open, past), left);
      }
    }
    multiply(z, wide, 2 * units, r.panels, units, dh, step, rows);
    for (let at: usize = 0, end = <usize>rows * step; at < end; at += 16)
      v128.store(dh + at, f32x4.add(v128.load(dh + at), v128.load(kept + at)));
  }
  for (let row = 0; row < rows; row++)
    memory.copy(r.dh0 + <usize>(first + row) * unitBytes, dh + <usize>row * step, unitBytes);
}
