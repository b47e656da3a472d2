import type { Figure } from "../chart/figure";
import { spreadCurves } from "../chart/spreadCurves";
import { groupRows, type RowGroup } from "../sweep/groupRows";
import type { ScoredRow, ScoredSweep } from "../sweep/scoredSweep";
import { studiedParameters } from "../sweep/studiedParameters";

const MOST_CURVES = 12; // charts
const MOST_LINES = 6; // in one of them

/**
 * One chart for each curve that rows have recorded: its mean after each epoch, in a band from the least to the greatest of the
 * rows that got so far. There is a line for each value of the first parameter that differs and is no seed: for the six with
 * the best rows where they are more.
 */
export function epochCurves({ sweep, ranked }: ScoredSweep): Figure[] {
  const names = [...new Set(ranked.flatMap(({ result }) => Object.keys(result.curves ?? {})))];
  const [studied] = studiedParameters(sweep);
  return names.slice(0, MOST_CURVES).map((name) => {
    const own = ranked.filter(({ result }) => result.curves?.[name]);
    const groups = studied === undefined ? [] : bestGroups(own, studied);
    const lines = groups.map(({ label, rows }) => ({ name: `${studied} ${label}`, runs: runsOf(rows, name) }));
    const all = lines.length > 1 ? lines : [{ name, runs: runsOf(own, name) }];
    const epochs = Array.from({ length: Math.max(...all.map(({ runs }) => runs.length)) }, (_, index) => index + 1);
    const figure = spreadCurves(all, epochs, { title: name, place: "epoch", mayEndEarly: true });
    return { ...figure, layout: { ...figure.layout, showlegend: all.length > 1 } };
  });
}

/** The groups of the best rows, in the order of their values. */
function bestGroups(ranked: ScoredRow[], name: string): RowGroup[] {
  const groups = groupRows(ranked, name);
  const placeOf = ({ rows }: RowGroup) => Math.min(...rows.map((row) => ranked.indexOf(row)));
  const best = [...groups].sort((a, b) => placeOf(a) - placeOf(b)).slice(0, MOST_LINES);
  return groups.filter((group) => best.includes(group));
}

/** The numbers after each epoch of the rows that got so far: [epochs][rows]. */
function runsOf(rows: readonly ScoredRow[], name: string): number[][] {
  const curves = rows.flatMap(({ result }) => (result.curves?.[name] ? [result.curves[name]] : []));
  const longest = Math.max(...curves.map(({ length }) => length));
  return Array.from({ length: longest }, (_, epoch) =>
    curves.flatMap((curve) => (epoch < curve.length ? [curve[epoch]] : [])),
  );
}
