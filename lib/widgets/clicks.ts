import { randomUUID } from "crypto";
import type { Figure } from "../chart/figure";
import { figureBundle } from "../chart/figureBundle";
import { display } from "../notebook/display";
import { CLICKS_FRONT } from "./clicksFront";
import { ownModel } from "./ownModel";
import { bundleOf, newWidget, type Widget } from "./widget";

/** A point of a figure. */
export interface FigurePoint {
  /** Its set of data, counted from 0, and the name of that, where it has one. */
  trace: number;
  name?: string;
  /** Its place in the set; two numbers in a heatmap, row and column. */
  index: number | number[];
  x?: unknown;
  y?: unknown;
  z?: unknown;
  text?: unknown;
  customdata?: unknown;
}

/** What was pointed at in a figure. */
export interface Clicks {
  /** The point that was clicked last. */
  clicked?: FigurePoint;
  /** The points in the box or lasso that was drawn last. */
  selected: FigurePoint[];
}

/**
 * A figure whose clicks and selections come back as values. It is drawn as any other figure; a line below it tells what was
 * pointed at. Box and lasso are among the figure's tools.
 *
 * @param figure - of this library or any other, as Plotly takes it
 */
export function clicks(figure: Figure): Widget<Clicks> {
  const place = randomUUID();
  const model = ownModel("clicks", CLICKS_FRONT, { place, clicked: null, selected: [] });
  const widget = newWidget<Clicks>(model, {
    read: ({ clicked, selected }) => ({
      ...(clicked ? { clicked: clicked as FigurePoint } : {}),
      selected: Array.isArray(selected) ? (selected as FigurePoint[]) : [],
    }),
    write: ({ clicked = undefined, selected }) => ({ clicked: clicked ?? null, selected }),
  });
  const both = () => {
    display({ ...figureBundle(withPlace(figure, place)) });
    return bundleOf(model);
  };
  return Object.defineProperty(widget, Symbol.for("Jupyter.display"), { value: both });
}

/** The same figure, with a mark by which the front end finds it on the page. */
function withPlace(figure: Figure, place: string): Figure {
  const layout = figure.layout as Figure["layout"] & { meta?: object };
  return { ...figure, layout: { ...layout, meta: { ...layout.meta, clicks: place } } as Figure["layout"] };
}
