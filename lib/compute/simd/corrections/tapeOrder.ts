import * as tf from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";

/** What the tape holds of one operation. */
interface TapeNode {
  outputs: Tensor[];
  saved: Tensor[];
}

/** The part of TensorFlow.js' engine that keeps the tape. */
interface Taping {
  state: { activeTape?: TapeNode[] | null };
  addTapeNode(...node: [name: string, inputs: object, outputs: Tensor[], gradient: unknown, saved?: Tensor[]]): void;
}

/**
 * Lets saved outputs count in second derivatives. The gradients of exp, sigmoid, tanh, softmax, elu and others are
 * made from the operation's own output. What is saved for them is a copy, which is on the tape too, but before the
 * operation that makes the output; read forwards, the copy depends on nothing, and a second derivative took it for a
 * constant. Here the operation goes before its copies.
 *
 * @throws Error where the engine keeps no such tape: it is another version of TensorFlow.js
 */
export function orderTape(): void {
  const engine = tf.engine() as unknown as Taping;
  const own = engine.addTapeNode;
  if (typeof own !== "function")
    throw new Error(
      `cannot put second derivatives right: the engine of TensorFlow.js ${tf.version_core} has no addTapeNode, and ` +
        "that of 4.22.0 has; install @tensorflow/tfjs 4.22.0",
    );
  engine.addTapeNode = function (...node) {
    own.apply(engine, node);
    const tape = engine.state.activeTape;
    const saved = node[4];
    if (!tape || !saved || saved.length === 0) return;
    const first = firstCopy(tape, saved);
    if (first < tape.length - 1) tape.splice(first, 0, tape.pop()!);
  };
}

/** Where the copies of what the last operation has saved begin: right before it, in one piece. */
function firstCopy(tape: TapeNode[], saved: Tensor[]): number {
  let first = tape.length - 1;
  while (first > 0 && saved.includes(tape[first - 1].outputs[0])) first--;
  return first;
}
