import { PLACE, type ToIo } from "../io/link";
import { type ScriptInfo, scriptInfo } from "./debugTarget";

/** Lets a debugger know code before it runs, so that its breakpoints are set in time. */
export interface Announcer {
  /** Settles when the scripts of these file names may run; undefined where nobody wants to know. */
  announce(urls: string[]): Promise<void> | undefined;
  /** The debugger has answered. */
  onKnown(id: number): void;
}

/** What an announcer works with. */
export interface AnnouncerParts {
  scripts: Map<string, Omit<ScriptInfo, "url">>;
  /** Runs something on an event of its own. */
  soon(work: () => void): void;
  send(message: ToIo): void;
  state: Int32Array;
}

/** An announcer of these scripts. */
export function newAnnouncer({ scripts, soon, send, state }: AnnouncerParts): Announcer {
  const waiting = new Map<number, () => void>();
  let lastId = 0;
  const infoOf = (url: string): ScriptInfo[] => {
    const found = scripts.get(url);
    return found ? [scriptInfo(url, found)] : [];
  };
  return {
    announce: (urls) => {
      if (Atomics.load(state, PLACE.debugging) === 0) return undefined;
      const id = ++lastId;
      const known = new Promise<void>((resolve) => waiting.set(id, resolve));
      send({ kind: "scripts", id, scripts: urls.flatMap(infoOf) });
      return known;
    },
    onKnown: (id) => {
      const known = waiting.get(id);
      waiting.delete(id);
      if (known) soon(known);
    },
  };
}
