import { Session } from "inspector";
import { sep } from "path";
import type { MimeBundle } from "../displayBundle";
import type { Script } from "../stackPlaces";
import { asks, type CellReport } from "./cellReport";
import { type CalledFunction, type CpuProfile, type Folding, foldProfile } from "./foldProfile";

/** What a profiler works with. */
export interface ProfilerParts {
  /** The user's code by its file names. */
  scripts: Map<string, Script>;
  /** Draws functions and their times. */
  draw(functions: CalledFunction[], options: { title: string }): MimeBundle;
}

const INTERVAL = 200; // microseconds between two samples
const ROWS = 12;

/**
 * Measures where the time of a cell goes, where it asks by the comment `// @profile`, through V8's own profiler. A cell that runs
 * beside one that is measured is not measured itself.
 */
export function newCellProfiler({ scripts, draw }: ProfilerParts): CellReport {
  let session: Session | undefined;
  let measured: { id: number; profile?: CpuProfile } | undefined;
  const kernel = __dirname.slice(0, __dirname.lastIndexOf(sep) + 1);

  const begin: CellReport["begin"] = (id, source) => {
    if (measured || !asks(source, "profile")) return;
    measured = { id };
    session = new Session();
    session.connect();
    session.post("Profiler.enable");
    session.post("Profiler.setSamplingInterval", { interval: INTERVAL });
    session.post("Profiler.start");
  };

  const end: CellReport["end"] = (id) => {
    if (measured?.id !== id || !session) return;
    session.post("Profiler.stop", (_error, result) => (measured = { id, profile: result?.profile }));
    session.disconnect();
    session = undefined;
  };

  const folding: Folding = {
    placeIn: (file, compiled) => {
      const script = scripts.get(file);
      return script && { file: script.shown, isCell: script.source !== undefined, place: script.place(compiled) };
    },
    isKernel: (file) => file.startsWith(kernel),
  };

  const take: CellReport["take"] = (id) => {
    if (measured?.id !== id) return undefined;
    end(id);
    const functions = measured.profile ? foldProfile(measured.profile, folding) : [];
    measured = undefined;
    const total = functions.reduce((all, one) => all + one.total, 0);
    if (total <= 0) return undefined;
    const title = `Where ${timeText(total)} went`;
    return { ...draw(functions, { title }), "text/plain": table(functions, title) };
  };

  return { begin, end, take };
}

/** The functions that took most time in themselves, wherever they were called. */
function table(functions: CalledFunction[], title: string): string {
  const selves = new Map<string, number>();
  const add = ({ name, place, self, children }: CalledFunction) => {
    const key = place ? `${name}  ${place}` : name;
    selves.set(key, (selves.get(key) ?? 0) + self);
    children.forEach(add);
  };
  functions.forEach(add);
  const most = [...selves].sort((one, other) => other[1] - one[1]).slice(0, ROWS);
  return [`${title}, in the functions themselves:`, ...most.map(([name, self]) => `${timeText(self).padStart(9)}  ${name}`)].join("\n"); // prettier-ignore
}

function timeText(milliseconds: number): string {
  return milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(2)} s` : `${milliseconds.toFixed(1)} ms`;
}
