/** What is offered for completion. */
interface Entry {
  name: string;
  sortText: string;
}

/** Those that contain what is written, at their beginning first; otherwise in TypeScript's order. */
export function fittingEntries<Kind extends Entry>(written: string, entries: Kind[]): Kind[] {
  const lower = written.toLowerCase();
  const rank = ({ name }: Entry) => {
    if (name.startsWith(written)) return 0;
    const place = name.toLowerCase().indexOf(lower);
    return place < 0 ? undefined : Math.min(place, 1) + 1;
  };
  return entries
    .map((entry) => ({ entry, rank: rank(entry) }))
    .filter((one): one is { entry: Kind; rank: number } => one.rank !== undefined)
    .sort(
      (a, b) => a.rank - b.rank || compare(a.entry.sortText, b.entry.sortText) || compare(a.entry.name, b.entry.name),
    )
    .map(({ entry }) => entry);
}

let collator: Intl.Collator | undefined;

/** As `String.prototype.localeCompare`, faster. Loading its rules takes as long as many modules, and a start needs none. */
function compare(a: string, b: string): number {
  return (collator ??= new Intl.Collator()).compare(a, b);
}
