import { type Cell, isRecord } from "./notebook";

/** What a run notes of a cell in its metadata, under `atelier`, to recognise later that nothing has changed. */
export interface RanKey {
  /** What the cell came of: see `cellKeys`. */
  key: string;
  /** When it ran, as an ISO date. */
  ran: string;
}

/** What a run has noted of a cell. */
export function readRanKey({ metadata }: Cell): RanKey | undefined {
  const { key, ran }: Record<string, unknown> = isRecord(metadata.atelier) ? metadata.atelier : {};
  return typeof key === "string" && typeof ran === "string" ? { key, ran } : undefined;
}

/** Notes it; `undefined` takes away what was noted. */
export function writeRanKey(cell: Cell, noted: RanKey | undefined): void {
  const all: Record<string, unknown> = { ...(isRecord(cell.metadata.atelier) && cell.metadata.atelier) };
  for (const name of ["key", "ran"]) delete all[name];
  Object.assign(all, noted);
  if (Object.keys(all).length > 0) cell.metadata.atelier = all;
  else delete cell.metadata.atelier;
}
