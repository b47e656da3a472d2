/** What both sides do in a turn. */
export interface Work {
  work: "train" | "recommend" | "memory";
  loss: "warp" | "bpr" | "logistic";
  components: number;
  features: boolean;
  epochs: number;
  threads: number;
}

/** What a contender is asked to do once. */
export interface Turn extends Work {
  /** Where the data lies, as `writeData` leaves it. */
  folder: string;
}

/** What it answers: what it did, in the unit of its work, and the seconds it took. */
export interface Answer {
  count: number;
  seconds: number;
}

/** One line of the comparison. */
export interface Case {
  name: string;
  data: "planted" | "retail";
  threads: number;
  unit: "interactions a second" | "users a second" | "MB";
  work: Work;
}

/** Which cases are measured. */
export interface CaseOptions {
  /** Numbers of threads. */
  threads: number[];
  epochs: number;
  /** Every case; default a handful. */
  all?: boolean;
  /** Those of all the cases whose names hold this. */
  text?: string;
}

const LOSSES = ["warp", "bpr", "logistic"] as const;
const COMPONENTS = [10, 30, 64, 128];

/** The cases that are asked for, in the order in which they are measured. */
export function listCases({ threads, epochs, all = false, text }: CaseOptions): Case[] {
  return threads.flatMap((number) => {
    const cases = everyCase(number, epochs);
    if (text !== undefined) return cases.filter(({ name }) => name.includes(text));
    return all ? cases : cases.filter(({ name }) => HANDFUL.has(name) && (number === 1 || name.startsWith("warp")));
  });
}

const HANDFUL = new Set([
  "warp d=30 planted",
  "warp d=30 features planted",
  "warp d=30 retail",
  "warp d=128 planted",
  "bpr d=30 planted",
  "logistic d=30 planted",
  "recommend d=30 planted",
  "memory warp d=30 planted",
]);

function everyCase(threads: number, epochs: number): Case[] {
  const cases: Case[] = [];
  for (const data of ["planted", "retail"] as const)
    for (const features of [false, true])
      for (const components of COMPONENTS) {
        const where = `d=${components} ${features ? "features " : ""}${data}`;
        const work = { components, features, epochs, threads };
        for (const loss of LOSSES)
          cases.push({ name: `${loss} ${where}`, data, threads, unit: "interactions a second", work: { ...work, work: "train", loss } }); // prettier-ignore
        if (threads > 1) continue; // neither side recommends on several
        cases.push({ name: `recommend ${where}`, data, threads, unit: "users a second", work: { ...work, work: "recommend", loss: "warp" } }); // prettier-ignore
        cases.push({ name: `memory warp ${where}`, data, threads, unit: "MB", work: { ...work, work: "memory", loss: "warp" } }); // prettier-ignore
      }
  return cases;
}
