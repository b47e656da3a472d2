import type { Notebook } from "./notebook";

/** What the cells of a notebook say of how its results came about. */
export interface TrainingFacts {
  /** The TensorFlow.js backend, as `useBackend` prints it. */
  backend?: string;
  /** Epochs that were taken from checkpoints of earlier runs instead of trained, as `train` prints them. */
  reusedEpochs: number;
}

const BACKEND = /^TensorFlow\.js \S+ on (\S+): /m;
const REUSED = /^Epochs? (?:1 to )?(\d+) (?:was|were) trained before and taken from /gm;

/** Reads what the cells printed. */
export function trainingFacts({ cells }: Notebook): TrainingFacts {
  const printed = cells.flatMap(({ outputs }) => outputs.map((output) => ("text" in output ? output.text : "")));
  const [, backend] = BACKEND.exec(printed.find((text) => BACKEND.test(text)) ?? "") ?? [];
  const reused = printed.flatMap((text) => [...text.matchAll(REUSED)]).map(([, epochs]) => Number(epochs));
  return { ...(backend && { backend }), reusedEpochs: reused.reduce((sum, epochs) => sum + epochs, 0) };
}
