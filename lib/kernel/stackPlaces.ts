import type { Place, Way } from "./compiler/placeFinder";
import { isOwnCode } from "./ownCode";

/** Code that runs under a file name of its own. */
export interface Script {
  /** The name a person knows it by. */
  shown: string;
  /** What was written, where it is a cell. */
  source?: string;
  way: Way;
  /** Where a place was written. */
  place(compiled: Place): Place | undefined;
}

const FRAMES = 50; // enough to reach the cell from deep inside a library

/**
 * From now on the stack of every error tells of code as it was written, for all `scripts` by their file names, and ends where
 * that code was begun.
 */
export function mapStacks(scripts: Map<string, Script>): void {
  Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (error, sites) =>
    [headOf(error), ...toBegin(sites).map((site) => `    at ${frameText(site, scripts)}`)].join("\n");
}

/** Without the calls by which Node and this kernel have come to other code; all of them where there is no other. */
function toBegin(sites: NodeJS.CallSite[]): NodeJS.CallSite[] {
  const isOther = (site: NodeJS.CallSite) => {
    const file = site.getFileName();
    return file !== null && file !== undefined && !isOwnCode(file);
  };
  const last = sites.map(isOther).lastIndexOf(true);
  return last < 0 ? sites : sites.slice(0, last + 1);
}

function headOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

function frameText(site: NodeJS.CallSite, scripts: Map<string, Script>): string {
  const [file, line, column] = [site.getFileName() ?? "", site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0];
  const script = scripts.get(file);
  if (!script) return String(site);
  const place = script.place({ line, column });
  const text = place ? `${script.shown}:${place.line}:${place.column}` : script.shown;
  return String(site).replace(`${file}:${line}:${column}`, () => text);
}
