import type { DebugScript, DebugScripts } from "./debugScripts";
import type { Place } from "../compiler/placeFinder";
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
  /** Sets those of a script's source in the script, in place of those in older code of its name, and gives those that it set. */
  placeIn(script: DebugScript): Promise<Breakpoint[]>;
  /** The breakpoints behind a number of the inspector's: several where the code of their lines begins at one place. */
  withId(id: string): Breakpoint[];
  /** All of them by their sources. */
  all(): Map<string, Breakpoint[]>;
}

/** A place where the inspector stops, for all breakpoints that come to lie there. */
interface Spot {
  /** The inspector's number. */
  id: string;
  url: string;
  /** In compiled code. */
  at: Place;
  /** The line where the program stops. */
  actual?: number;
  breakpoints: Breakpoint[];
}

interface Placed {
  breakpointId: string;
  locations: { scriptId: string; lineNumber: number; columnNumber?: number }[];
}

/** No breakpoint yet. */
export function newBreakpoints(link: InspectorLink, scripts: DebugScripts): Breakpoints {
  const bySource = new Map<string, Breakpoint[]>();
  const spots: Spot[] = [];
  let lastId = 0;
  let changing: Promise<unknown> = Promise.resolve();

  /** One change after the other: each looks at what is set. */
  const inTurn = <Result>(change: () => Promise<Result>): Promise<Result> => {
    const done = changing.then(change);
    changing = done.catch(() => {});
    return done;
  };

  const newSpot = async ({ url, lines }: DebugScript, at: Place): Promise<Spot> => {
    const urlRegex = `^${url.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}$`; // by a plain URL, V8 moves it to text like that of older code
    const position = { lineNumber: at.line - 1, columnNumber: at.column - 1 };
    const { breakpointId: id, locations } = await link.post<Placed>("Debugger.setBreakpointByUrl", { urlRegex, ...position }); // prettier-ignore
    const [{ lineNumber, columnNumber = 0 } = position] = locations;
    const actual = lines.written({ line: lineNumber + 1, column: columnNumber + 1 })?.line;
    const spot: Spot = { id, url, at, actual, breakpoints: [] };
    spots.push(spot);
    return spot;
  };

  const place = async (breakpoint: Breakpoint, script: DebugScript) => {
    const at = script.lines.compiled(breakpoint.line);
    if (!at) return;
    const isHere = (spot: Spot) => spot.url === script.url && spot.at.line === at.line && spot.at.column === at.column;
    const spot = spots.find(isHere) ?? (await newSpot(script, at));
    spot.breakpoints.push(breakpoint);
    breakpoint.actual = spot.actual ?? breakpoint.line;
  };

  const removeSpots = async (isGone: (spot: Spot) => boolean) => {
    const gone = spots.filter(isGone);
    spots.splice(0, spots.length, ...spots.filter((spot) => !gone.includes(spot)));
    await Promise.all(gone.map(({ id }) => link.post("Debugger.removeBreakpoint", { breakpointId: id })));
  };

  const remove = (gone: Breakpoint[]) => {
    for (const spot of spots) spot.breakpoints = spot.breakpoints.filter((one) => !gone.includes(one));
    return removeSpots(({ breakpoints }) => breakpoints.length === 0);
  };

  return {
    set: (path, wanted) =>
      inTurn(async () => {
        await remove(bySource.get(path) ?? []);
        const breakpoints = wanted.map((one): Breakpoint => ({ ...one, id: ++lastId, hits: 0 }));
        if (breakpoints.length > 0) bySource.set(path, breakpoints);
        else bySource.delete(path);
        for (const script of scripts.withPath(path)) for (const one of breakpoints) await place(one, script);
        return breakpoints;
      }),
    placeIn: (script) =>
      inTurn(async () => {
        await removeSpots(({ url }) => url === script.url);
        const own = [...bySource].filter(([path]) => scripts.withPath(path).includes(script));
        const breakpoints = own.flatMap(([, list]) => list);
        for (const one of breakpoints) await place(one, script);
        return breakpoints;
      }),
    withId: (id) => spots.find((spot) => spot.id === id)?.breakpoints ?? [],
    all: () => bySource,
  };
}
