import { LONGEST_TIMEOUT } from "../runner/cellOutcome";
import { UsageError } from "./usage";

/** The options that `npm start` and `npm run notebook` share. */
export const RUN_OPTIONS = {
  p: { type: "string", short: "p", multiple: true },
  f: { type: "string", short: "f", multiple: true },
  quick: { type: "boolean" },
  timeout: { type: "string" },
  "allow-errors": { type: "boolean" },
  json: { type: "string" },
  junit: { type: "string" },
} as const;

/** Their help. */
export const RUN_HELP = `  -p name=value      sets a parameter, as in -p epochs=3
  -f FILE            sets the parameters in a file, .yaml or .json; -p overrides them
  --timeout SECONDS  the longest a cell may take; default what the notebook's metadata say, or else no limit
  --allow-errors     goes on after a cell that failed; the exit code is 1 all the same
  --json FILE        writes how each cell went, with parameters, numbers and versions
  --junit FILE       writes the same for a build server, a test case for each cell`;

/** Seconds out of `--timeout`, undefined where it was not given. */
export function readTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value > 0 && value <= LONGEST_TIMEOUT) return value;
  throw new UsageError(`--timeout is "${text}"; give a number of seconds above 0, at most ${LONGEST_TIMEOUT}`);
}
