/**
 * What the model is taught to do:
 * "logistic" tells positive entries from those of 0 or less (`logisticEpoch`), "bpr" puts a chosen item ahead of a
 * popular one that was not chosen (`bprEpoch`), "warp" puts it ahead of items ranked wrongly (`warpEpoch`), "warp-kos"
 * does so for the k-th best of several chosen items (`warpKosEpoch`).
 */
export type Loss = (typeof losses)[number];

/** How step sizes adapt: see `adagradStep` and `adadeltaStep`. */
export type Schedule = (typeof schedules)[number];

/** How a model learns. */
export interface Settings {
  readonly loss: Loss;
  readonly schedule: Schedule;
  /** Adagrad's first step size; Adadelta has none. */
  readonly learningRate: number;
  /** Adadelta's memory, between 0 and 1. */
  readonly rho: number;
  /** Keeps Adadelta's roots above 0. */
  readonly epsilon: number;
  /** Pull of the items' embeddings and biases towards 0. */
  readonly itemAlpha: number;
  /** Pull of the users' embeddings and biases towards 0. */
  readonly userAlpha: number;
  /** Items drawn at most in search of one that is ranked wrongly ("warp" and "warp-kos"). */
  readonly maxSampled: number;
  /** "warp-kos" teaches the k-th best of the chosen items drawn. */
  readonly k: number;
  /** Chosen items drawn by "warp-kos". */
  readonly n: number;
  /** "lightfm": LightFM's arithmetic and random stream, its quirks included. */
  readonly compat?: "lightfm";
}

/** LightFM's defaults, but for the loss, which is "warp". */
export const defaultSettings: Settings = {
  loss: "warp",
  schedule: "adagrad",
  learningRate: 0.05,
  rho: 0.95,
  epsilon: 1e-6,
  itemAlpha: 0,
  userAlpha: 0,
  maxSampled: 10,
  k: 5,
  n: 10,
};

/**
 * Throws a RangeError that names the first setting that cannot be; `call` is what was refused.
 *
 * @internal
 */
export function checkSettings(settings: Settings, call: string): void {
  checkChoice(settings.loss, losses, `${call}: loss`);
  checkChoice(settings.schedule, schedules, `${call}: schedule`);
  if (settings.compat !== undefined) checkChoice(settings.compat, compats, `${call}: compat`);
  for (const name of ["maxSampled", "k", "n"] as const) checkPositiveInteger(settings[name], `${call}: ${name}`);
  const { learningRate, rho } = settings;
  if (!Number.isFinite(learningRate) || learningRate <= 0)
    throw new RangeError(`${call}: learningRate ${learningRate} is not a number above 0; try 0.05`);
  if (!(rho > 0 && rho < 1)) throw new RangeError(`${call}: rho ${rho} is not between 0 and 1; try 0.95`);
  for (const name of ["epsilon", "itemAlpha", "userAlpha"] as const)
    if (!Number.isFinite(settings[name]) || settings[name] < 0)
      throw new RangeError(`${call}: ${name} ${settings[name]} is not a number of 0 or more`);
}

/**
 * Throws a RangeError for anything but 1, 2, 3 and so on.
 *
 * @internal
 */
export function checkPositiveInteger(value: number, name: string): void {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} ${value} is not an integer of 1 or more`);
}

const losses = ["logistic", "bpr", "warp", "warp-kos"] as const;
const schedules = ["adagrad", "adadelta"] as const;
const compats = ["lightfm"] as const;

function checkChoice(value: string, choices: readonly string[], name: string): void {
  if (!choices.includes(value))
    throw new RangeError(
      `${name} "${value}" is unknown; wanted ${choices.map((choice) => `"${choice}"`).join(choices.length > 2 ? ", " : " or ")}`,
    );
}
