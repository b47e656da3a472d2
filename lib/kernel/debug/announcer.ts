import { PLACE, type ToIo } from "../io/link";
import { newOwnEvents } from "../ownEvents";
import type { ScriptInfo } from "./debugTarget";

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
  send(message: ToIo): void;
  state: Int32Array;
}

/** An announcer of these scripts. */
export function newAnnouncer({ scripts, send, state }: AnnouncerParts): Announcer {
  const waiting = new Map<number, () => void>();
  const soon = newOwnEvents();
  let lastId = 0;
  const infoOf = (url: string): ScriptInfo[] => {
    const found = scripts.get(url);
    return found ? [{ url, source: found.source, way: found.way }] : [];
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
