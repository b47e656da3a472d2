import { engine } from "@tensorflow/tfjs-core";

/** How many gradients are being asked for, each of the one within: 0 where none is. */
export function gradientDepth(): number {
  return (engine() as unknown as { state: { gradientDepth: number } }).state.gradientDepth;
}
