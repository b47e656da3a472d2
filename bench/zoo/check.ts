import type { Contender } from "../contender";
import { startOurs } from "./contenders";
import type { Answer, Task } from "./tasks";

/** Options of `checkZoo`. */
export interface CheckOptions {
  /** Steps of a curve. Default 5. */
  steps?: number;
  signal?: AbortSignal;
}

/** How far a loss may be from that of `cpu`, as a share of it: what float32 sums in another order make of five steps. */
const TOLERANCE = 1e-3;

/** How the losses of a net's tiny size go on one backend and on the other. */
export interface Curves {
  net: string;
  simd: number[];
  cpu: number[];
  /** The largest difference, as a share of the loss on `cpu`. */
  difference: number;
  agree: boolean;
}

/** The difference of two curves. */
export function compareCurves(net: string, simd: number[], cpu: number[]): Curves {
  const difference = Math.max(...cpu.map((loss, i) => Math.abs(simd[i] - loss) / Math.max(Math.abs(loss), 1e-6)));
  return { net, simd, cpu, difference, agree: simd.length === cpu.length && difference <= TOLERANCE };
}

/** Trains the nets in their tiny size on `simd` and on `cpu`. */
export async function checkZoo(names: string[], { steps = 5, signal }: CheckOptions = {}): Promise<Curves[]> {
  const sides = [startOurs(2), startOurs(2, "cpu")];
  const close = () => sides.forEach((side) => side.close());
  signal?.addEventListener("abort", close);
  try {
    for (const side of sides) await side.receive();
    const curves: Curves[] = [];
    for (const net of names) {
      const [simd, cpu] = await Promise.all(sides.map((side) => lossesOf(side, net, steps)));
      curves.push(compareCurves(net, simd, cpu));
    }
    return curves;
  } finally {
    close();
  }
}

async function lossesOf(side: Contender, net: string, count: number): Promise<number[]> {
  const task: Task = { net, work: "train", count, tiny: true };
  return (await side.ask<Answer>(task)).losses!;
}
