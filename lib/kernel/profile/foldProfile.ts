import type { Place } from "../compiler/placeFinder";

/** A CPU profile as V8 gives it. */
export interface CpuProfile {
  nodes: ProfileNode[];
  samples?: number[];
  timeDeltas?: number[];
}

/** A function in a certain chain of calls. Lines and columns count from 0. */
export interface ProfileNode {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number };
  children?: number[];
}

/** A function and the milliseconds it took, with what it called. */
export interface CalledFunction {
  name: string;
  place?: string;
  kind: "cell" | "file" | "package" | "node";
  total: number;
  self: number;
  children: CalledFunction[];
}

/** What a profile is folded with. */
export interface Folding {
  /** Where code of the user was written, by the file name under which it runs; undefined for other code. */
  placeIn(file: string, compiled: Place): { file: string; isCell: boolean; place?: Place } | undefined;
  /** Whether a file is the kernel's own, which nobody asks about. */
  isKernel(file: string): boolean;
}

type Known = Omit<CalledFunction, "total" | "self" | "children">;

const ELSEWHERE: Record<string, string> = {
  "(program)": "Node itself",
  "(garbage collector)": "garbage collection",
  "(idle)": "waiting",
};

/**
 * What a profile says of the user's program: its functions by where they were written, the same calls together. Left out is what
 * the kernel does around a cell; of Node's inner functions only the first of each chain is left.
 */
export function foldProfile({ nodes, samples = [], timeDeltas = [] }: CpuProfile, folding: Folding): CalledFunction[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const times = selfTimes(samples, timeDeltas);

  const fold = (node: ProfileNode, caller: CalledFunction) => {
    const known = describe(node, folding, caller.kind);
    const into = known === undefined ? caller : joined(caller, known);
    into.self += times.get(node.id) ?? 0;
    for (const id of node.children ?? []) fold(byId.get(id)!, into);
  };

  const root: CalledFunction = { ...OUTSIDE, total: 0, self: 0, children: [] };
  for (const id of nodes[0]?.children ?? []) fold(byId.get(id)!, root);
  sum(root);
  return root.children;
}

/** What is around the user's program. */
const OUTSIDE: Known = { name: "", kind: "node" };

/** Milliseconds for each node: a sample lasts until the next one. */
function selfTimes(samples: number[], timeDeltas: number[]): Map<number, number> {
  const times = new Map<number, number>();
  for (const [index, id] of samples.entries())
    times.set(id, (times.get(id) ?? 0) + Math.max(0, timeDeltas[index + 1] ?? 0) / 1000);
  return times;
}

/** How a function is known to people; undefined for one that belongs to its caller. */
function describe(
  { callFrame }: ProfileNode,
  { placeIn, isKernel }: Folding,
  caller: CalledFunction["kind"],
): Known | undefined {
  // prettier-ignore
  const { functionName, url, lineNumber, columnNumber } = callFrame;
  const elsewhere = ELSEWHERE[functionName];
  if (elsewhere !== undefined && url === "") return { name: elsewhere, kind: "node" };
  const file = url.startsWith("file:") ? decodeURI(url.replace(/^file:\/\/(?=\/)/, "")) : url;
  const own = placeIn(file, { line: lineNumber + 1, column: columnNumber + 1 });
  if (own) {
    const place = own.place ? `${own.file}:${own.place.line}` : own.file;
    return { name: functionName || own.file, place, kind: own.isCell ? "cell" : "file" };
  }
  if (isKernel(file)) return undefined;
  if (url === "" || url.startsWith("node:")) {
    const name = [url, functionName].filter(Boolean).join(" ");
    return caller === "node" || name === "" ? undefined : { name, kind: "node" };
  }
  const [, name = file] = /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file) ?? [];
  return { name: functionName ? `${name}: ${functionName}` : name, place: file, kind: "package" };
}

/** The caller's entry for a function, which is made where there is none. */
function joined(caller: CalledFunction, known: Known): CalledFunction {
  const same = ({ name, place, kind }: CalledFunction) =>
    name === known.name && place === known.place && kind === known.kind;
  const found = caller.children.find(same);
  if (found) return found;
  const made = { ...known, total: 0, self: 0, children: [] };
  caller.children.push(made);
  return made;
}

function sum(called: CalledFunction): number {
  return (called.total = called.children.reduce((all, child) => all + sum(child), called.self));
}
