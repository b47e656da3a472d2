import type { MimeBundle } from "../displayBundle";

/** Observes cells that ask for it by a comment, and has something to show of them. */
export interface CellReport {
  /** The cell of this request starts. */
  begin(id: number, source: string): void;
  /** It has ended: what follows is not part of it. */
  end(id: number): void;
  /** What there is to show of it, also where it was broken off; undefined where nothing was asked. */
  take(id: number): MimeBundle | undefined;
}

/** All of these reports. */
export interface CellReports extends Omit<CellReport, "take"> {
  take(id: number): MimeBundle[];
}

/** Joins reports. */
export function joinReports(reports: CellReport[]): CellReports {
  return {
    begin: (id, source) => reports.forEach((one) => one.begin(id, source)),
    end: (id) => reports.forEach((one) => one.end(id)),
    take: (id) => reports.map((one) => taken(one, id)).filter((bundle) => bundle !== undefined),
  };
}

/** A report that fails says so, and keeps its cell from no reply. */
function taken(report: CellReport, id: number): MimeBundle | undefined {
  try {
    return report.take(id);
  } catch (error) {
    return { "text/plain": `What the cell asked for cannot be shown: ${String(error)}` };
  }
}

/** Whether a cell begins with comments of which one is `// @name`. */
export function asks(source: string, name: string): boolean {
  const [comments] = /^(\s*\/\/.*(\n|$))*/.exec(source)!;
  return comments.split("\n").some(
    (line) =>
      line
        .trim()
        .replace(/^\/\/ */, "")
        .split(/\s/)[0] === `@${name}`,
  );
}
