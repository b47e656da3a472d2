import { Session } from "inspector";
import { sep } from "path";
import type { MimeBundle } from "../displayBundle";
import type { Script } from "../stackPlaces";
import { type CalledFunction, type CpuProfile, foldProfile } from "./foldProfile";

/** Measures where the time of a cell goes, for cells that ask for it by the comment `// @profile`. */
export interface CellProfiler {
  /** Begins, where the cell asks for it. */
  begin(source: string): void;
  /** Ends, and gives what to show; undefined where nothing was begun or nothing took time. */
  end(): MimeBundle | undefined;
}

/** What a profiler works with. */
export interface ProfilerParts {
  /** The user's code by its file names. */
  scripts: Map<string, Script>;
  /** Draws functions and their times. */
  draw(functions: CalledFunction[], options: { title: string }): MimeBundle;
}

const ASKED = /^\s*(?:\/\/.*\n\s*)*?\/\/ *@profile\b/;
const INTERVAL = 200; // microseconds between two samples
const ROWS = 12;

/** A profiler, which samples this thread through V8's own. */
export function newCellProfiler({ scripts, draw }: ProfilerParts): CellProfiler {
  let session: Session | undefined;
  const kernel = __dirname.slice(0, __dirname.lastIndexOf(sep) + 1);

  const stop = (): CpuProfile | undefined => {
    let profile: CpuProfile | undefined;
    session?.post("Profiler.stop", (_error, result) => (profile = result?.profile as CpuProfile | undefined));
    session?.disconnect();
    session = undefined;
    return profile;
  };

  return {
    begin: (source) => {
      stop();
      if (!ASKED.test(source)) return;
      session = new Session();
      session.connect();
      session.post("Profiler.enable");
      session.post("Profiler.setSamplingInterval", { interval: INTERVAL });
      session.post("Profiler.start");
    },
    end: () => {
      const profile = stop();
      if (!profile) return undefined;
      const functions = foldProfile(profile, {
        placeIn: (file, compiled) => {
          const script = scripts.get(file);
          return script && { file: script.shown, isCell: script.source !== undefined, place: script.place(compiled) };
        },
        isKernel: (file) => file.startsWith(kernel),
      });
      const total = functions.reduce((all, one) => all + one.total, 0);
      if (total <= 0) return undefined;
      const title = `Where ${seconds(total)} went`;
      return { ...draw(functions, { title }), "text/plain": table(functions, title) };
    },
  };
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
  return [`${title}, in the functions themselves:`, ...most.map(([name, self]) => `${seconds(self).padStart(9)}  ${name}`)].join("\n"); // prettier-ignore
}

function seconds(milliseconds: number): string {
  return milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(2)} s` : `${milliseconds.toFixed(1)} ms`;
}
