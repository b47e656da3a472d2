import type { Bundle } from "../../lib/notebook/display";

/** What a kernel was told to show. */
export interface Shown {
  data: Bundle;
  id?: string;
  update: boolean;
}

const FILE = "/nowhere/tslab/dist/jupyter.js";

/** Stands in for a running tslab kernel while `action` runs; returns what it was told to show. */
export async function inFakeKernel(action: () => void | Promise<void>): Promise<Shown[]> {
  const shown: Shown[] = [];
  const lastWriteDisplayData = (message: { data: Bundle; transient: { display_id?: string } }, update: boolean) =>
    void shown.push({ data: message.data, id: message.transient.display_id, update });
  require.cache[FILE] = { exports: { lastWriteDisplayData } } as unknown as NodeModule;
  try {
    await action();
  } finally {
    delete require.cache[FILE];
  }
  return shown;
}

/** What `action` prints through console.log. */
export function printed(action: () => void): string[] {
  const lines: string[] = [];
  const { log } = console;
  console.log = (...words: unknown[]) => void lines.push(words.join(" "));
  try {
    action();
  } finally {
    console.log = log;
  }
  return lines;
}
