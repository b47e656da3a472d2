/** One output in several forms by MIME type; the reader's notebook shows the richest that it knows. */
export interface Bundle {
  "text/plain": string;
  [mime: string]: unknown;
}

/** Options of `display`. */
export interface DisplayOptions {
  /** Outputs with the same id are one: the first is shown, later ones replace it. */
  id?: string;
  /** Whether this replaces what stands under `id`; default false. */
  update?: boolean;
  /** Where the plain text goes when no tslab kernel runs this code; default `console.log`. */
  log?: (text: string) => void;
}

type Write = (message: object, update: boolean) => void;

const KERNEL_FILE = /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/;

/** Sends one output to the cell that is running, or logs its plain text when this is not a tslab kernel. */
export function display(bundle: Bundle, { id, update = false, log = console.log }: DisplayOptions = {}): void {
  const write: Write | undefined = kernelExport("lastWriteDisplayData");
  if (!write) return log(bundle["text/plain"]);
  const send = (data: object) => write({ data, metadata: {}, transient: id ? { display_id: id } : {} }, update);
  const { [PLOTLY]: figure, ...still } = bundle;
  if (update && figure !== undefined) send(still); // JupyterLab's Plotly never draws another figure over one that it has drawn
  send(bundle);
}

const PLOTLY = "application/vnd.plotly.v1+json";

/**
 * Takes away what the running cell has shown so far: at once, or, with `wait`, when it shows something new. Only this
 * package's own kernel can; with stock tslab and outside of a kernel nothing happens.
 */
export function clearOutput({ wait = false } = {}): void {
  const clear = kernelExport("lastClearOutput");
  if (clear) clear(wait);
}

/**
 * What this package's own kernel makes of a value that ends a cell; undefined elsewhere.
 *
 * @internal
 */
export function kernelBundle(value: unknown): Bundle | Promise<Bundle> | undefined {
  return kernelExport("valueBundle")?.(value) as Bundle | Promise<Bundle> | undefined;
}

/**
 * Whether a tslab kernel runs this code and can show more than text.
 *
 * @internal
 */
export function inNotebook(): boolean {
  return kernelExport("lastWriteDisplayData") !== undefined;
}

/**
 * tslab's own display functions send one MIME type at a time. Its kernel module exports the writer beneath them, renewed
 * with each cell, so it is looked up at each call, and only where the kernel has loaded that module already.
 */
function kernelExport(name: string): ((...args: unknown[]) => unknown) | undefined {
  for (const [file, loaded] of Object.entries(require.cache)) {
    const found: unknown = KERNEL_FILE.test(file) ? loaded?.exports?.[name] : undefined;
    if (typeof found === "function") return found as (...args: unknown[]) => unknown;
  }
  return undefined;
}
