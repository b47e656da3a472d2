import { nameScript } from "./scriptNames";

interface Naming {
  filename?: string;
  columnOffset?: number;
}

/** Runs code in the global scope, under a file name. */
export function runInThisContext(code: string, { filename, columnOffset = 0 }: Naming = {}): unknown {
  const run = eval; // oxlint-disable-line no-eval -- called by another name, it knows nothing of this place
  return filename === undefined ? run(code) : run(`${code}\n//# sourceURL=${nameScript(filename, columnOffset)}`);
}

/** Code that is run later. */
export class Script {
  constructor(
    private readonly code: string,
    private readonly naming: Naming = {},
  ) {}
  runInThisContext() {
    return runInThisContext(this.code, this.naming);
  }
}
