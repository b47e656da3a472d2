import { engine, util, type Tensor } from "@tensorflow/tfjs-core";
import type { Step } from "./tape";

/** How gradients flow back. */
export interface Backpropagation {
  /** In the order of the tape; the last one gives y. */
  steps: Step[];
  xs: Tensor[];
  y: Tensor;
  /** The gradient of y. */
  dy: Tensor;
  /** Whether what a node was the last to need is given back at once; not where the way back is itself recorded. */
  releases: boolean;
}

/**
 * The gradients of `xs`, undefined for one that y does not depend on.
 *
 * @throws Error where an operation on the way has no gradient, or one of the wrong shape or type
 */
export function backpropagate({ steps, xs, y, dy, releases }: Backpropagation): (Tensor | undefined)[] {
  const gradients = new Map<number, Tensor>([[y.id, dy]]);
  const wanted = new Set(xs.map(({ id }) => id));
  const held = new Set<Tensor>([dy]);

  function accumulate({ id }: Tensor, dx: Tensor): void {
    const before = gradients.get(id);
    if (!before) {
      const own = held.has(dx) || isForeign(dx) ? dx.clone() : dx; // one may be the gradient of several, or a user's
      held.add(own);
      gradients.set(id, own);
      return;
    }
    const sum = engine().tidy(() => add(before, dx));
    held.delete(before);
    if (before !== dy) before.dispose();
    if (releases && !held.has(dx) && !isForeign(dx)) dx.dispose();
    held.add(sum);
    gradients.set(id, sum);
  }

  function release({ node }: Step): void {
    for (const { id } of node.outputs) {
      const gradient = gradients.get(id);
      if (!gradient || wanted.has(id)) continue;
      gradients.delete(id);
      held.delete(gradient);
      if (gradient !== dy) gradient.dispose();
    }
    node.saved.forEach((tensor) => tensor?.dispose());
  }

  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i];
    const dxs = engine().tidy(() => gradientsOf(step, gradients));
    step.wanted.forEach((name, n) => accumulate(step.node.inputs[name], dxs[n]));
    if (releases) release(step);
    steps.length = i; // what it saved must not be held by the list
  }
  return xs.map(({ id }) => gradients.get(id));
}

/** Whether a tensor was there before, and must stay. */
function isForeign(tensor: Tensor): boolean {
  const { state } = engine() as unknown as { state: { activeScope: { id: number } } };
  return tensor.kept || (tensor as unknown as { scopeId: number }).scopeId !== state.activeScope.id;
}

function add(a: Tensor, b: Tensor): Tensor {
  return engine().runKernel("Add", { a, b }) as Tensor;
}

/** Of one node: the gradients of its wanted inputs, in their order. */
function gradientsOf({ node, wanted }: Step, gradients: Map<number, Tensor>): Tensor[] {
  const { kernelName, gradient, outputs, inputs } = node;
  if (!gradient) throw new Error(`Cannot compute gradient: gradient function not found for ${kernelName}.`);
  const given = gradient(outputs.map(({ id }) => gradients.get(id) ?? null));
  return wanted.map((name) => {
    if (!(name in given))
      throw new Error(
        `Cannot backprop through input ${name}. Available gradients found: ${Object.keys(given).join(",")}.`,
      );
    const dx = engine().tidy(() => given[name]());
    const { shape, dtype } = inputs[name];
    const wantedType = dtype === "complex64" ? dtype : "float32";
    if (dx.dtype !== wantedType)
      throw new Error(
        `Error in gradient for op ${kernelName}. The gradient of input ${name} must have '${wantedType}' dtype, but has '${dx.dtype}'`,
      );
    if (!util.arraysEqual(dx.shape, shape))
      throw new Error(
        `Error in gradient for op ${kernelName}. The gradient of input '${name}' has shape '${dx.shape}', which does not ` +
          `match the shape of the input '${shape}'`,
      );
    return dx;
  });
}
