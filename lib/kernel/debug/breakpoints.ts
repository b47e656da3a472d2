import type { DebugScript, DebugScripts } from "./debugScripts";
import type { InspectorLink } from "./inspectorLink";
import type { WantedBreakpoint } from "./protocol";

/** A breakpoint that a client has set. */
export interface Breakpoint extends WantedBreakpoint {
  id: number;
  /** How often it was reached. */
  hits: number;
  /** The line where the program stops, as far as that is known. */
  actual?: number;
}

/** The breakpoints of all sources. */
export interface Breakpoints {
  /** Replaces those of a source. */
  set(path: string, wanted: WantedBreakpoint[]): Promise<Breakpoint[]>;
  /** Sets those of a script's source in the script. */
  placeIn(script: DebugScript): Promise<void>;
  /** The breakpoint behind a number of the inspector's. */
  withId(id: string): Breakpoint | undefined;
  /** All of them by their sources. */
  all(): Map<string, Breakpoint[]>;
  clear(): Promise<void>;
}

interface Placed {
  breakpointId: string;
  locations: { scriptId: string; lineNumber: number; columnNumber?: number }[];
}

/** No breakpoint yet. */
export function newBreakpoints(link: InspectorLink, scripts: DebugScripts): Breakpoints {
  const bySource = new Map<string, Breakpoint[]>();
  const placed = new Map<string, Breakpoint>();
  let lastId = 0;

  const place = async (breakpoint: Breakpoint, { url, lines }: DebugScript) => {
    const at = lines.compiled(breakpoint.line);
    if (!at) return;
    const position = { url, lineNumber: at.line - 1, columnNumber: at.column - 1 };
    const { breakpointId, locations } = await link.post<Placed>("Debugger.setBreakpointByUrl", position);
    placed.set(breakpointId, breakpoint);
    const [{ lineNumber, columnNumber = 0 } = position] = locations;
    breakpoint.actual = lines.written({ line: lineNumber + 1, column: columnNumber + 1 })?.line ?? breakpoint.line;
  };

  const remove = async (gone: Breakpoint[]) => {
    const ids = [...placed].filter(([, breakpoint]) => gone.includes(breakpoint)).map(([id]) => id);
    for (const id of ids) placed.delete(id);
    await Promise.all(ids.map((breakpointId) => link.post("Debugger.removeBreakpoint", { breakpointId })));
  };

  return {
    set: async (path, wanted) => {
      await remove(bySource.get(path) ?? []);
      const breakpoints = wanted.map((one): Breakpoint => ({ ...one, id: ++lastId, hits: 0 }));
      if (breakpoints.length > 0) bySource.set(path, breakpoints);
      else bySource.delete(path);
      for (const script of scripts.withPath(path)) for (const one of breakpoints) await place(one, script);
      return breakpoints;
    },
    placeIn: async (script) => {
      for (const [path, breakpoints] of bySource)
        if (scripts.withPath(path).includes(script)) for (const one of breakpoints) await place(one, script);
    },
    withId: (id) => placed.get(id),
    all: () => bySource,
    clear: async () => {
      await remove([...placed.values()]);
      bySource.clear();
    },
  };
}
