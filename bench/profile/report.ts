import { formatTable } from "../../lib/runner/history";
import { shownRate } from "../statistics";
import type { KernelTime } from "./kernelTimes";
import type { Machine } from "./machine";

/** Where so many steps went. */
export interface Profile {
  title: string;
  steps: number;
  /** Of all steps. */
  seconds: number;
  kernels: KernelTime[];
  machine: Machine;
}

/** The profile as a table for people: the kernels by their time, and the rest, so that the shares add up to the step. */
export function formatProfile({ title, steps, seconds, kernels, machine }: Profile): string {
  const share = (part: number) => `${((100 * part) / seconds).toFixed(1)} %`;
  const ms = (part: number) => ((1000 * part) / steps).toFixed(3);
  const rate = (work: number, time: number, unit: string) =>
    work > 0 ? `${shownRate(work / time / 1e9)} ${unit}` : "";
  const rest = seconds - kernels.reduce((sum, { seconds }) => sum + seconds, 0);
  const rows = [...kernels]
    .sort((a, b) => b.seconds - a.seconds)
    .map(({ name, calls, seconds, flops, bytes }) => {
      const speed = flops > 0 ? rate(flops, seconds, "GFLOP/s") : rate(bytes, seconds, "GB/s");
      return [name, (calls / steps).toFixed(1), ms(seconds), share(seconds), speed];
    });
  const table = formatTable([
    ["kernel", "calls a step", "ms a step", "share", "speed"],
    ...rows,
    ["engine, tape, layers, optimizer", "", ms(rest), share(rest), ""],
    ["a step", "", ms(seconds), share(seconds), ""],
  ]);
  const { flops, bytes } = machine;
  return `${title}\n${table}\nThis machine: ${shownRate(flops / 1e9)} GFLOP/s in products, ${shownRate(bytes / 1e9)} GB/s in copies.`;
}
