import { adaptive, WIDE } from "./adaptive";
import type { Axis, Figure, Font, Layout } from "./figure";
import { FONT_FAMILY, GRID, INK } from "./ink";
import { wrapped } from "./textWidth";

/** Muted grey of bars and lines that are only background. */
export const GREY = "#98a0ac";
/** Right, training, sales: blue and vermilion stay apart for every kind of colour vision (Okabe and Ito, 2008). */
export const BLUE = "#1f80c0";
/** For what is wrong, and for warnings. */
export const RED = "#d6492a";
/** The second group of data. */
export const ORANGE = "#e08a00";
/** For what is right. */
export const GREEN = "#0f9d77";
/** The fourth group of data. */
export const PURPLE = "#a56fb5";

/** Ten colours after Okabe and Ito (2008), none too pale for white or too dark for black; used with ten symbols. */
export const CLASS_COLOURS = [
  "#1f80c0",
  "#e08a00",
  "#0f9d77",
  "#cc79a7",
  "#4fb3e8",
  "#d6492a",
  "#8a6cc4",
  "#a89d00",
  "#9c6b4e",
  "#7f8792",
];

const FONT_SIZE = 12;
/** Pixels of a figure's title. */
export const TITLE_SIZE = 16;

/** Left out: buttons that serve no chart of ours, Plotly's logo, and its offer to upload the chart. */
const CONFIG = {
  responsive: true,
  displaylogo: false,
  showSendToCloud: false,
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
};
const STILL = { responsive: true, displayModeBar: false };

/** What a chart says of itself; `still` ones have no zoom and no tool bar. */
type Look = Partial<Layout> & { height: number; still?: boolean };

/** A figure in the house look that shows itself where a notebook asks it to; in narrow places its title is wrapped. */
export function themed(data: Figure["data"], title: string, look: Look): Figure {
  return adaptive((room) => inHouseLook(data, title, { ...look, room }));
}

const TITLE_LINE = 21; // pixels
const BOLD = 1.12; // bold letters are this much wider than plain ones

/** The house look for so many pixels: everything a chart does not say in `rest`. A title of several lines makes it taller. */
export function inHouseLook(
  data: Figure["data"],
  title: string,
  { still = false, room = WIDE, ...rest }: Look & { room?: number },
): Figure {
  const lines = wrapped(title, (room - 24) / BOLD, TITLE_SIZE);
  const more = TITLE_LINE * (lines.length - 1);
  const margin = rest.margin ?? { l: 56, r: 16, t: title ? 52 : 14, b: 46 };
  const layout: Layout = {
    title: {
      text: lines.join("<br>"),
      x: 0,
      xref: "container",
      xanchor: "left",
      y: 1,
      yref: "container",
      yanchor: "top",
      pad: { l: 10, t: 14 + Math.round(more / 2) }, // Plotly hangs several lines up by their middle
      font: { size: TITLE_SIZE, weight: 600 },
    },
    font: { family: FONT_FAMILY, size: FONT_SIZE, color: INK },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    showlegend: false,
    hoverlabel: {
      bgcolor: "#2b313b",
      bordercolor: "#2b313b",
      font: { color: "#ffffff", family: FONT_FAMILY },
      namelength: -1,
    },
    hovermode: "closest",
    dragmode: still ? false : "zoom",
    ...rest,
    margin: { ...margin, t: margin.t + more },
    height: rest.height + more,
  };
  return { data, layout, config: still ? STILL : CONFIG };
}

/** An axis in the house look. */
export function axis(options: Axis = {}): Axis {
  return { ticks: "", gridcolor: GRID, zeroline: false, automargin: true, ...options };
}

/** An axis that only carries coordinates. */
export function hiddenAxis(range: [number, number]): Axis {
  return { visible: false, fixedrange: true, range };
}

/** A legend under the plot, in one line where there is room. */
export const LEGEND_BELOW = {
  orientation: "h" as const,
  x: 0,
  xanchor: "left",
  y: -0.16,
  yanchor: "top",
  bgcolor: "rgba(0,0,0,0)",
};

/** The font of a label: a colour of its own, or the page's. */
export function inkOf(color: string | undefined, size = FONT_SIZE): Font {
  return color ? { color, size } : { size };
}
