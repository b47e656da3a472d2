import type { Figure } from "./figure";
import { NARROW_BELOW } from "./narrowForm";

/** The pinned plotly.js: what a page fetches when it has none; its sum is that of the file in plotly.js-dist-min. */
export const PLOTLY_VERSION = "4.1.2";
/** The hash of plotly.js that a page checks when it loads it from elsewhere. */
export const PLOTLY_INTEGRITY = "sha384-hHv6D3tTUUBpp4tVv6t2Dc3oGuRhphmWOTKUR8jWyN0Pnon1g3iebKCNDNmKmxo8";
const PLOTLY_ADDRESS = `https://cdn.jsdelivr.net/npm/plotly.js-dist-min@${PLOTLY_VERSION}/plotly.min.js`;

/**
 * A figure as HTML: its still picture (an `img`, or nothing) at once, and the interactive chart in its place wherever
 * plotly.js can be had: on the page already, as `plotly.min.js` beside it, or from a public network. Where none can, the
 * picture stays.
 */
export function figureHTML({ data, layout, config }: Figure, picture: string): string {
  const json = JSON.stringify({ data, layout, config }).replace(/</g, "\\u003c");
  return (
    `<div class="atelier-figure" style="overflow-x:auto">${picture}` +
    `<script type="application/json">${json}</script><script>${SCRIPT}</script></div>`
  );
}

/**
 * Runs in the page, once for each figure, and draws every figure not drawn yet. The loader is one promise on the
 * window; `define` and `module` are hidden while a script loads, because require.js would catch it.
 */
const SCRIPT = `(function () {
  var sources = [["plotly.min.js"], ["${PLOTLY_ADDRESS}", "${PLOTLY_INTEGRITY}"]];
  function load(source) {
    return new Promise(function (resolve, reject) {
      if (window.Plotly) return resolve(window.Plotly);
      var hidden = { define: window.define, module: window.module };
      var script = document.createElement("script");
      function end() {
        window.define = hidden.define;
        window.module = hidden.module;
        script.remove();
        if (window.Plotly) resolve(window.Plotly);
        else reject(new Error("plotly.js is not at " + source[0]));
      }
      window.define = window.module = undefined;
      script.src = source[0];
      if (source[1]) { script.integrity = source[1]; script.crossOrigin = "anonymous"; }
      script.onload = script.onerror = end;
      document.head.appendChild(script);
    });
  }
  function laidOver(base, change) {
    if (change === null || typeof change !== "object" || Array.isArray(change)) return change;
    if (base === null || typeof base !== "object") return change;
    var whole = Array.isArray(base) ? base.slice() : Object.assign({}, base);
    Object.keys(change).forEach(function (key) { whole[key] = laidOver(whole[key], change[key]); });
    return whole;
  }
  function draw(Plotly, root) {
    var picture = root.querySelector("img");
    var figure = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
    var narrow = (figure.layout.meta || {}).narrow;
    if (narrow && root.clientWidth < ${NARROW_BELOW}) figure = laidOver(figure, narrow);
    var target = document.createElement("div");
    if (figure.layout.paper_bgcolor === "rgba(0,0,0,0)" && figure.layout.font)
      figure.layout.font.color = getComputedStyle(root).color;
    target.style.minWidth = ((figure.layout.meta || {}).minWidth || 0) + "px";
    root.insertBefore(target, root.firstChild);
    if (picture) picture.style.display = "none";
    return Plotly.newPlot(target, figure.data, figure.layout, figure.config).catch(function () {
      target.remove();
      if (picture) picture.style.display = "block";
    });
  }
  function drawAll() {
    window.atelierPlotly = window.atelierPlotly || load(sources[0]).catch(function () { return load(sources[1]); });
    window.atelierPlotly.then(function (Plotly) {
      document.querySelectorAll(".atelier-figure:not([data-drawn])").forEach(function (root) {
        root.setAttribute("data-drawn", "");
        draw(Plotly, root);
      });
    }, function () {});
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", drawAll);
  else drawAll();
})();`;
