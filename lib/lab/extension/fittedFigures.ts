import type { NotebookPanel, OutputModel, Renderer } from "@jupyterlab/notebook";
import type { Figure } from "../../chart/figure";
import { formFor, NARROW_BELOW } from "../../chart/narrowForm";

const PLOTLY = "application/vnd.plotly.v1+json";
const RANK = 2; // before HTML, as Plotly's extension has it
const LEAST = 366; // pixels: a few labels need more than the 350 for which narrow forms are built
const SMALLEST = 0.8; // of its size; below that, labels are too small to read

/** What Plotly's extension makes for a figure. */
interface PlotlyRenderer extends Renderer {
  /** Draws a figure, in place of one that is drawn. */
  createGraph(model: OutputModel): Promise<void>;
}

/**
 * Draws the figures of a notebook in the form for the room that each has, and in the other form when that changes. One with a
 * little less room than its form needs is drawn smaller; one with much less is scrolled sideways.
 */
export function fittedFigures({ content: { node, rendermime } }: NotebookPanel): void {
  const plotly = rendermime.getFactory(PLOTLY);
  if (!plotly) return;
  const createRenderer = (options: object) => fitted(plotly.createRenderer(options) as PlotlyRenderer, node);
  rendermime.addFactory({ ...plotly, createRenderer }, RANK);
}

function fitted(renderer: PlotlyRenderer, notebook: HTMLElement): PlotlyRenderer {
  const { node } = renderer;
  const render = renderer.renderModel.bind(renderer);
  let given: OutputModel | undefined;
  let form: Figure | undefined;
  let isNarrow = false;

  // A figure is drawn before it has a place, and its notebook before it is seen.
  const room = () => roomOf(node) || notebook.clientWidth || innerWidth;
  const inItsForm = (model: OutputModel): OutputModel => {
    const figure = model.data[PLOTLY] as Figure;
    isNarrow = room() < NARROW_BELOW;
    form = formFor(figure, room());
    fit(node, form, room());
    return form === figure ? model : narrowModel(model, form);
  };
  let output: HTMLElement | null = null;
  const observer = new ResizeObserver(() => {
    if (!given || !form || roomOf(node) === 0) return;
    if (output !== node.parentElement) observer.observe((output = node.parentElement!)); // the figure has a least width
    if (isNarrow === room() < NARROW_BELOW) fit(node, form, room());
    else void renderer.createGraph(inItsForm(copyOf(given)));
  });
  observer.observe(node);
  renderer.renderModel = (model) => {
    given = copyOf(model);
    return render(inItsForm(model));
  };
  return renderer;
}

/** Pixels from a figure's left edge to the right one of its output; 0 where it is not seen. */
function roomOf(node: HTMLElement): number {
  const output = node.parentElement?.getBoundingClientRect();
  return output ? output.right - node.getBoundingClientRect().left : 0;
}

/** Gives a figure the width that its labels need, and makes it smaller where there is less. */
function fit({ style }: HTMLElement, { layout }: Figure, room: number): void {
  const least = Math.max(layout.meta?.minWidth ?? 0, LEAST);
  const share = room / least;
  const scale = share < 1 && share >= SMALLEST ? share : 1;
  style.minWidth = `${least}px`;
  style.transformOrigin = "0 0";
  style.transform = scale < 1 ? `scale(${scale})` : "";
  style.margin = scale < 1 ? `0 ${room - least}px ${(scale - 1) * layout.height}px 0` : "";
}

/** The same output: Plotly writes into what it draws. */
function copyOf(model: OutputModel): OutputModel {
  const { metadata, trusted } = model;
  return { data: structuredClone(model.data), metadata, trusted, setData: (options) => model.setData(options) };
}

/** Plotly's extension keeps a picture of what it has drawn, in place of which others would not see the wide form. */
function narrowModel(model: OutputModel, form: Figure): OutputModel {
  return { ...copyOf(model), data: { [PLOTLY]: structuredClone(form) }, setData: () => {} };
}
