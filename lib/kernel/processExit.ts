/** Ends the cell that has called `process.exit`. */
export class ProcessExit extends Error {
  override name = "ProcessExit";
  constructor(
    call: string,
    /** Zero where all went well. */
    readonly code: number,
  ) {
    super(`${call} ended this cell; the kernel goes on and keeps its variables`);
  }
}

/** From now on `process.exit` and `process.abort` end a cell, not the kernel. Gives the way out that is left to the kernel. */
export function keepProcess(): NodeJS.Process["exit"] {
  const exit = process.exit.bind(process);
  process.exit = (code) => {
    const status = Number(code ?? process.exitCode ?? 0);
    process.exitCode = undefined;
    throw new ProcessExit(`process.exit(${code ?? ""})`, status);
  };
  process.abort = () => {
    throw new ProcessExit("process.abort()", 134); // as a shell tells it
  };
  return exit;
}
