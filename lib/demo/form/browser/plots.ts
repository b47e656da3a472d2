/// <reference lib="dom" />
import type { Figure } from "../../../chart/figure";
import { FONT_FAMILY, GRID } from "../../../chart/ink";
import { CLASS_COLOURS } from "../../../chart/theme";
import { element } from "../../page/browser/element";
import { drawFigure } from "../../page/browser/plotly";

/** What is drawn in each chart, to be drawn again in other colours. */
const figures = new WeakMap<HTMLElement, Figure>();

/** Of a figure that does not say it, in pixels: Plotly's own. */
const USUAL_HEIGHT = 450;
/** Plotly's own takes half of a narrow window; axes that need more get it. */
const MARGIN = { l: 40, r: 16, t: 56, b: 40 };

/** The place of a figure, with its height; `drawPlots` draws it when it is in the page. */
export function plotPlace(figure: Figure): HTMLElement {
  const chart = element("div", { class: "chart", role: "figure", "aria-label": titleOf(figure) });
  chart.style.blockSize = `${figure.layout?.height ?? USUAL_HEIGHT}px`;
  figures.set(chart, figure);
  return chart;
}

/** Draws the figures of the page, those that are drawn already in its present colours. */
export function drawPlots(): void {
  document.querySelectorAll<HTMLElement>(".chart").forEach(draw);
}

function draw(chart: HTMLElement): void {
  const figure = figures.get(chart);
  if (!figure) return;
  const ink = getComputedStyle(chart).color;
  void drawFigure(chart, onPage(figure, ink)).catch(({ message }: Error) => (chart.textContent = message));
}

/** In the colours of the page, but for what the figure says itself. */
function onPage({ data, layout, config }: Figure, ink: string): Figure {
  const axis = { gridcolor: GRID, zerolinecolor: GRID, linecolor: GRID, automargin: true };
  const look = {
    ...{ paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", colorway: CLASS_COLOURS },
    ...{ font: { family: FONT_FAMILY, color: ink }, xaxis: axis, yaxis: axis, margin: MARGIN },
  };
  return {
    data,
    layout: { template: { layout: look }, ...layout } as Figure["layout"],
    config: { responsive: true, displaylogo: false, ...config },
  };
}

function titleOf({ layout }: Figure): string {
  const { title } = (layout ?? {}) as { title?: string | { text?: string } };
  return (typeof title === "string" ? title : title?.text) || "Chart";
}
