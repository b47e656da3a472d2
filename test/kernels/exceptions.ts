import listed from "../fixtures/kernels.json";
import type { Spec } from "./runSuite";

/** The backends that the suite runs on. */
export const BACKENDS = ["cpu", "simd", "tensorflow", "webgpu"] as const;

export type Backend = (typeof BACKENDS)[number];

const PUT_RIGHT = "holds TensorFlow.js to a gradient that is wrong or missing, and is put right";

const FILE = "test/fixtures/kernels.json";

/** Specs that pass on cpu, before it is put right, and may fail on every other backend, each with its reason. */
const COMMON: Record<string, string> = {
  "gradients backend {} errors if relevant ops are missing grads": PUT_RIGHT,
  "depthwiseConv2d gradients backend {} throws error on dilations > 1": PUT_RIGHT,
  "avgPool backend {} gradient x=[3,3,1] f=[3,3] s=1 p=explicit": PUT_RIGHT,
  "mirrorPad backend {} grad": PUT_RIGHT,
  "mirrorPad backend {} gradient with clones": PUT_RIGHT,
  "Switching cpu backends backend {} Move data from cpu1 to cpu2 backend": "is about the backend of that name only",
  "Switching cpu backends backend {} can execute op with data from mixed backends":
    "is about the backend of that name only",
};

/** Specs that fail on a backend for one reason. */
interface Kind {
  reason: string;
  /** They may pass on another machine, or in another run. */
  sometimes?: boolean;
  specs: string[];
}

const kinds: Partial<Record<Backend, Kind[]>> = listed;

const own = Object.fromEntries(BACKENDS.map((backend) => [backend, kindsByName(kinds[backend] ?? [])]));

function kindsByName(all: Kind[]): Map<string, Kind> {
  return new Map(all.flatMap((kind) => kind.specs.map((name) => [name, kind])));
}

/** Whether a spec is known to fail on a backend. */
export function isListed(name: string, backend: Backend): boolean {
  return name in COMMON || own[backend].has(name);
}

/** Says of how many specs that fail it is known, kind by kind. */
export function tellOfListed(specs: Spec[], backend: Backend, log: (line: string) => void): void {
  const counts = new Map<string, number>();
  for (const { name } of specs) {
    const reason = own[backend].get(name)?.reason ?? COMMON[name];
    if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  for (const [reason, count] of counts) log(`expected: ${count} specs: ${reason}`);
}

/** The listed exceptions of a backend that pass, or that are gone where all specs ran, as failures. */
export function stale(specs: Spec[], { backend, filter }: { backend: Backend; filter: string }): Spec[] {
  const ran = new Map(specs.map((spec) => [spec.name, spec.status]));
  return [...own[backend]]
    .filter(([name, { sometimes }]) => !sometimes && ran.get(name) !== "failed" && name.includes(filter))
    .map(([name]) => ({
      name,
      status: "failed",
      failures: [`listed as failing in ${FILE}, but ${ran.get(name) ?? "not there"}`],
    }));
}
