import type { NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";

/** An operation as TensorFlow.js' engine records it. */
export interface TapeNode {
  id: number;
  kernelName: string;
  /** By name; undefined for one that was not given. */
  inputs: NamedTensorMap;
  outputs: Tensor[];
  /** Kept for the gradient; undefined for an input that was not given. */
  saved: (Tensor | undefined)[];
  /** From the gradients of the outputs, null where nothing depends on one, to those of the inputs. */
  gradient?: (dys: (Tensor | null)[]) => Record<string, () => Tensor>;
}

/** A node on the way from what is differentiated by to what is differentiated. */
export interface Step {
  node: TapeNode;
  /** The inputs whose gradients are wanted. */
  wanted: string[];
}

/** The nodes through which `y` depends on `xs`, in order. */
export function stepsBetween(tape: TapeNode[], xs: Tensor[], y: Tensor): Step[] {
  const fromX = new Set(xs.map(({ id }) => id));
  const steps: Step[] = [];
  for (const node of tape) {
    const wanted = Object.keys(node.inputs).filter((name) => fromX.has(node.inputs[name]?.id));
    if (wanted.length === 0) continue;
    for (const { id } of node.outputs) fromX.add(id);
    steps.push({ node, wanted });
  }
  const toY = new Set([y.id]);
  const leads: Step[] = [];
  for (const step of steps.reverse()) {
    if (!step.node.outputs.some(({ id }) => toY.has(id))) continue;
    for (const name of Object.keys(step.node.inputs)) toY.add(step.node.inputs[name]?.id);
    leads.push(step);
  }
  return leads.reverse();
}
