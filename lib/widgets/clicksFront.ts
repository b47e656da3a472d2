import type { Front } from "./ownModel";

/**
 * The front end of `clicks`: it looks for the figure that has its mark, whoever has drawn it on the same page, and listens to
 * it, also after it was drawn anew.
 *
 * @internal
 */
export const CLICKS_FRONT: Front = {
  script: `
const LOOK = 250; // ms

function toPoint({ curveNumber, pointNumber, pointIndex, data, ...point }) {
  const told = { trace: curveNumber, index: pointIndex ?? pointNumber };
  if (data && data.name) told.name = data.name;
  for (const key of ["x", "y", "z", "text", "customdata"]) if (point[key] !== undefined) told[key] = point[key];
  return JSON.parse(JSON.stringify(told));
}

function render({ model, el }) {
  const known = new WeakSet();
  el.classList.add("jupyter-widgets", "atelier-clicks");
  el.setAttribute("role", "status");
  const tell = (change) => {
    for (const [name, value] of Object.entries(change)) model.set(name, value);
    model.save_changes();
    show();
  };
  const look = () => {
    for (const figure of document.querySelectorAll(".js-plotly-plot")) {
      if (known.has(figure) || !figure.on || figure.layout?.meta?.clicks !== model.get("place")) continue;
      known.add(figure);
      figure.on("plotly_click", ({ points }) => points.length > 0 && tell({ clicked: toPoint(points[0]) }));
      figure.on("plotly_selected", (event) => tell({ selected: (event?.points ?? []).map(toPoint) }));
      figure.on("plotly_deselect", () => tell({ selected: [] }));
    }
  };
  const show = () => {
    const clicked = model.get("clicked"), selected = model.get("selected");
    const parts = clicked ? ["clicked: " + [clicked.name, clicked.text, clicked.x + ", " + clicked.y].filter(Boolean).join(", ")] : [];
    if (selected.length > 0) parts.push(selected.length + " selected");
    el.textContent = parts.join("; ") || "Click a point, or select some.";
  };
  model.on("change:clicked", show);
  model.on("change:selected", show);
  show();
  const timer = setInterval(look, LOOK);
  return () => {
    clearInterval(timer);
    model.off("change:clicked", show);
    model.off("change:selected", show);
  };
}
export default { render };
`,
  style: `
.atelier-clicks { font: 12px system-ui, sans-serif; opacity: 0.75; padding: 2px 11px; color: var(--jp-content-font-color1, inherit); }
`,
};
