/// <reference lib="dom" />
import type { Figure } from "../../../chart/figure";

/** What we use of plotly.js. */
export interface Plotly {
  react(target: HTMLElement, data: unknown[], layout: object, config?: object): Promise<unknown>;
}

/** The page's one copy of plotly.js, fetched when it is first needed; asked again after a failure, it tries again. */
export function loadPlotly(): Promise<Plotly> {
  loading ??= fetchPlotly().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

let loading: Promise<Plotly> | undefined;

/**
 * plotly.js brings the style sheet of a map, which no chart of ours needs and the page's policy refuses: where an
 * element of this id is there, it does not try.
 */
const MAP_STYLE = "ce8d464691048653ffe3a57c6c18ab566e8366f186677868cf724621a857b4fe";

function fetchPlotly(): Promise<Plotly> {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("meta"), { id: MAP_STYLE }));
    const script = document.createElement("script");
    script.src = document.querySelector("main")?.dataset.plotly ?? "";
    script.onload = () => resolve((window as unknown as { Plotly: Plotly }).Plotly);
    script.onerror = () => {
      script.remove();
      reject(new Error("The charts could not be loaded; the numbers stand in the table below."));
    };
    document.head.append(script);
  });
}

/** Draws a figure or changes what is drawn there. */
export async function drawFigure(target: HTMLElement, { data, layout, config }: Figure): Promise<void> {
  const plotly = await loadPlotly();
  await plotly.react(target, data, layout, config);
}
