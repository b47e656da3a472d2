import type { Front } from "./ownModel";

/**
 * The front end of `explore`: a table whose heads sort, with a field over each column that filters, and pages. It asks the
 * kernel for each page.
 *
 * @internal
 */
export const EXPLORE_FRONT: Front = {
  script: `
const PATIENCE = 150; // ms after a key

function render({ model, el }) {
  const make = (tag, text = "", more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const heads = model.get("heads"), size = model.get("size");
  el.classList.add("jupyter-widgets", "atelier-explore");
  el.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true")); // JupyterLab's
  const table = make("table"), titles = make("tr"), filters = make("tr"), body = make("tbody");
  const head = make("thead");
  head.append(titles, filters);
  table.append(head, body);
  const first = make("button", "«", { title: "first page" }), back = make("button", "‹", { title: "page before" });
  const on = make("button", "›", { title: "next page" }), last = make("button", "»", { title: "last page" });
  const told = make("span"), foot = make("div");
  told.setAttribute("role", "status");
  foot.append(first, back, on, last, told);
  const scroll = make("div");
  scroll.className = "atelier-explore-scroll";
  scroll.append(table);
  el.append(scroll, foot);

  const ask = (change) => {
    model.set("query", { ...model.get("query"), page: 0, ...change });
    model.save_changes();
    show();
  };
  heads.forEach(({ name, type, right }, column) => {
    const title = make("th"), press = make("button", name, { title: "sort by " + name });
    const kind = make("small", type);
    press.append(make("i"));
    title.append(press, kind);
    title.className = right ? "right" : "";
    press.addEventListener("click", () => {
      const { sort, descending } = model.get("query");
      if (sort !== column) ask({ sort: column, descending: false });
      else if (!descending) ask({ descending: true });
      else ask({ sort: -1, descending: false });
    });
    titles.append(title);
    const place = make("td"), field = make("input", "", { type: "search", placeholder: "filter", value: model.get("query").filters[column] ?? "" });
    field.setAttribute("aria-label", "filter " + name);
    field.title = "a part of the text; for numbers also > 5, <= 5, = 5, 5..10";
    let timer;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => ask({ filters: model.get("query").filters.map((old, at) => (at === column ? field.value : old)) }), PATIENCE);
    });
    field.addEventListener("keydown", (event) => event.stopPropagation());
    place.append(field);
    filters.append(place);
  });
  const pages = () => Math.max(1, Math.ceil(model.get("shown").found / size));
  const go = (page) => ask({ page: Math.min(pages() - 1, Math.max(0, page)) });
  first.addEventListener("click", () => go(0));
  back.addEventListener("click", () => go(model.get("query").page - 1));
  on.addEventListener("click", () => go(model.get("query").page + 1));
  last.addEventListener("click", () => go(pages() - 1));

  const number = (value) => value.toLocaleString("en");
  const show = () => {
    const { cells, found } = model.get("shown"), { sort, descending, page, filters: asked } = model.get("query");
    body.replaceChildren(
      ...cells.map((row) => {
        const line = make("tr");
        line.append(...row.map((text, column) => make("td", text, { className: heads[column].right ? "right" : "" })));
        return line;
      }),
    );
    titles.querySelectorAll("th").forEach((title, column) => {
      const way = column !== sort ? "none" : descending ? "descending" : "ascending";
      title.setAttribute("aria-sort", way);
      title.querySelector("i").textContent = way === "none" ? "" : way === "ascending" ? " ▲" : " ▼";
    });
    filters.querySelectorAll("input").forEach((field, column) => {
      if (field !== document.activeElement) field.value = asked[column] ?? "";
    });
    const all = model.get("count");
    const rows = found === all ? number(all) + " rows" : number(found) + " of " + number(all) + " rows";
    told.textContent = "page " + number(page + 1) + " of " + number(pages()) + ", " + rows;
    first.disabled = back.disabled = page === 0;
    on.disabled = last.disabled = page >= pages() - 1;
  };
  model.on("change:shown", show);
  model.on("change:query", show);
  show();
  return () => {
    model.off("change:shown", show);
    model.off("change:query", show);
  };
}
export default { render };
`,
  style: `
.atelier-explore { font: 13px system-ui, sans-serif; color: var(--jp-content-font-color1, inherit); max-width: 100%; }
.atelier-explore-scroll { overflow-x: auto; }
.atelier-explore table { border-collapse: collapse; font: inherit; color: inherit; font-variant-numeric: tabular-nums; margin: 0; table-layout: auto; }
.atelier-explore th, .atelier-explore td { padding: 3px 11px; text-align: left; white-space: nowrap; border: 0; border-bottom: 1px solid rgba(128, 137, 150, 0.16); color: inherit; background: none; max-width: none; }
.atelier-explore thead th { border-bottom: 0; vertical-align: top; }
.atelier-explore .right { text-align: right; }
.atelier-explore tr { background: none !important; }
.atelier-explore th button { font: inherit; font-weight: 600; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; }
.atelier-explore th small { display: block; font-weight: normal; opacity: 0.75; }
.atelier-explore th i { font-style: normal; }
.atelier-explore input { font: inherit; font-size: 12px; color: inherit; background: transparent; border: 1px solid rgba(128, 137, 150, 0.5); border-radius: 4px; padding: 1px 5px; width: 100%; min-width: 5em; box-sizing: border-box; }
.atelier-explore > div:last-child { display: flex; gap: 4px; align-items: center; padding: 6px 11px; }
.atelier-explore > div:last-child button { font: inherit; color: inherit; background: none; border: 1px solid rgba(128, 137, 150, 0.5); border-radius: 4px; min-width: 26px; cursor: pointer; }
.atelier-explore button:disabled { opacity: 0.4; cursor: default; }
.atelier-explore > div:last-child span { margin-left: 8px; opacity: 0.75; }
.atelier-explore :is(button, input):focus-visible { outline: 2px solid var(--jp-brand-color1, #0b5cad); outline-offset: 1px; }
`,
};
