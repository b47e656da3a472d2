/**
 * The script of a lesson's page. Figures are drawn when they come near the screen, and drawn anew when the reader's
 * colours change or the page becomes narrow, when they take their narrow form (`layout.meta.narrow`); plotly.js, which
 * lies in the page as text, is not even read before the first one. What scrolls sideways can be reached with the
 * keyboard. The table of contents marks the section that is on the screen, and starts open where there is room beside
 * the text.
 */
export const PAGE_SCRIPT = `
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const figures = [...document.querySelectorAll(".figure")];
  const drawn = new Map();

  function loadPlotly() {
    if (window.Plotly) return true;
    const source = document.getElementById("plotly");
    if (!source) return false;
    const script = document.createElement("script");
    script.textContent = source.textContent;
    document.head.append(script);
    return Boolean(window.Plotly);
  }

  function themed(layout, target) {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const axis = { gridcolor: colour("--line"), zerolinecolor: colour("--line"), linecolor: colour("--soft"), automargin: true };
    const given = layout.template ?? {};
    const template = { ...given, layout: { xaxis: axis, yaxis: axis, hoverlabel: { font: { family: "system-ui, sans-serif" } }, ...given.layout } };
    const font = { family: style.getPropertyValue("--text").trim(), ...layout.font, color: colour("--ink") };
    const room = target.clientWidth;
    const size = layout.width ? { width: Math.min(layout.width, room) } : { autosize: true };
    const clear = "rgba(0,0,0,0)";
    return { ...layout, ...size, template, font, height: layout.height ?? 450, paper_bgcolor: clear, plot_bgcolor: clear };
  }

  function laidOver(base, change) {
    if (change === null || typeof change !== "object" || Array.isArray(change)) return change;
    if (base === null || typeof base !== "object") return change;
    const whole = Array.isArray(base) ? [...base] : { ...base };
    for (const [key, part] of Object.entries(change)) whole[key] = laidOver(whole[key], part);
    return whole;
  }

  const isNarrow = (box) => box.clientWidth < 560;

  function formFor(box) {
    const figure = JSON.parse(box.querySelector("script").textContent);
    const narrow = figure.layout?.meta?.narrow;
    return narrow && isNarrow(box) ? laidOver(figure, narrow) : figure;
  }

  function draw(box) {
    if (!loadPlotly()) return;
    const { data, layout = {}, config = {} } = formFor(box);
    const options = { displaylogo: false, responsive: !layout.width, ...config };
    const target = box.querySelector(".plot");
    box.classList.add("alive");
    box.style.minHeight = (layout.height ?? 450) + "px";
    target.style.minWidth = (layout.meta?.minWidth ?? 0) + "px";
    drawn.set(box, isNarrow(box));
    window.Plotly.react(target, data, themed(layout, target), options).then(markScrolling, () => box.classList.remove("alive"));
  }

  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: "600px" });
  for (const box of figures) watcher.observe(box);
  dark.addEventListener("change", () => { for (const box of drawn.keys()) draw(box); });

  function markScrolling() {
    for (const box of document.querySelectorAll("pre, .html, .wide, .figure, .picture, .atelier-table")) {
      const scrolls = box.scrollWidth > box.clientWidth + 1 || (box.matches("pre.output") && box.scrollHeight > box.clientHeight + 1);
      if (scrolls) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  }
  markScrolling();
  addEventListener("resize", () => {
    for (const [box, narrow] of drawn) if (narrow !== isNarrow(box)) draw(box);
    markScrolling();
  });

  const contents = document.querySelector("nav details");
  if (!contents) return;
  const roomy = matchMedia("(min-width: 76rem)");
  const arrange = () => { contents.open = roomy.matches; };
  roomy.addEventListener("change", arrange);
  arrange();
  const links = new Map([...contents.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const headings = [...links.keys()].map((id) => document.getElementById(decodeURIComponent(id))).filter(Boolean);
  let waiting = false;
  const mark = () => {
    waiting = false;
    let here = headings[0];
    for (const heading of headings) if (heading.getBoundingClientRect().top < 120) here = heading;
    for (const link of links.values()) link.classList.toggle("here", Boolean(here) && decodeURIComponent(link.hash.slice(1)) === here.id);
  };
  addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(mark); } }, { passive: true });
  mark();
})();
`;
