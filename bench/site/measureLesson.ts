import { sep } from "node:path";
import { findLessons, quickParameters } from "../../lib/commands/lessons";
import { isExecuted } from "../../lib/runner/notebook";
import { injectParameters } from "../../lib/runner/parameters/injectParameters";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { startTabKernel, type Tab } from "../../test/site/tabKernel";
import { packedBytes } from "./packedBytes";

/** Bytes that a lesson fetches in a tab, packed as hosts send them. */
export interface LessonBytes {
  /** Of Fashion-MNIST. */
  data: number;
  /** Of the kernel, the library and its packages. */
  program: number;
}

/** Runs lesson 1 with its quick parameters in a tab that has never been there; none where it was interrupted. */
export async function measureLesson({ signal }: { signal: AbortSignal }): Promise<LessonBytes | undefined> {
  const asked = new Set<string>();
  const tab = await startTabKernel({ onFile: (file) => asked.add(file) });
  try {
    for (const code of quickCells("01")) if (!signal.aborted) await runCell(tab, code);
    const isData = (file: string) => file.includes(`${sep}data${sep}fashion-mnist${sep}`);
    const data = [...asked].filter(isData);
    const program = [...asked].filter((file) => !isData(file));
    return signal.aborted ? undefined : { data: packedBytes(data), program: packedBytes(program) };
  } finally {
    await tab.end();
  }
}

function quickCells(lesson: string): string[] {
  const notebook = loadNotebook(findLessons([lesson])[0]);
  const { cells } = injectParameters(notebook, quickParameters(notebook));
  return cells.filter(isExecuted).map(({ source }) => source);
}

async function runCell(tab: Tab, code: string): Promise<void> {
  const seen = await tab.ask("execute_request", { code });
  const failure = seen.find(({ header }) => header.msg_type === "error");
  if (failure)
    throw new Error(`a cell failed in the tab: ${failure.content.ename}: ${failure.content.evalue}\n${code}`);
}

/** The bytes in words; none where there are none. */
export function lessonLines(bytes: LessonBytes | undefined): string[] {
  if (!bytes) return [];
  const [data, program] = [bytes.data, bytes.program].map((count) => (count / 1e6).toFixed(1));
  return [`megabytes that lesson 1 fetches with its quick parameters: ${data} of Fashion-MNIST, ${program} of program`];
}
