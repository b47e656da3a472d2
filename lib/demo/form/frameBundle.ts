import { escapeHTML } from "../../text";
import type { FrameBundle, FrameOptions } from "./frame";

/**
 * The page at an address as an output of a notebook. The frame is put in only while somebody answers there, so that a
 * saved notebook shows a line of text and no browser's error. A page that is made of the notebook goes by the third
 * form, in which there is no address.
 */
export function frameBundle(url: string, { title, height }: FrameOptions): FrameBundle {
  const text = `${title}: open ${url} while the kernel runs`;
  const line = `${escapeHTML(title)}: open <a href="${url}" target="_blank" rel="noopener">${url}</a> while the kernel runs`;
  const settings = JSON.stringify({ url, title, height }).replace(/</g, "\\u003c");
  return {
    "text/html": `<div class="atelier-demo"><p>${line}</p><script type="application/json">${settings}</script><script>${SCRIPT}</script></div>`,
    "text/plain": text,
    "application/vnd.atelier.served+json": { title },
  };
}

const SCRIPT = `(function () {
  document.querySelectorAll(".atelier-demo:not([data-asked])").forEach(function (root) {
    root.setAttribute("data-asked", "");
    var settings = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
    fetch(settings.url + "gradio_api/app_id", { mode: "no-cors" }).then(function () {
      var frame = document.createElement("iframe");
      frame.src = settings.url;
      frame.title = settings.title;
      frame.style.cssText = "width:100%;height:" + settings.height + "px;border:0;border-radius:8px;resize:vertical";
      root.appendChild(frame);
    }, function () {});
  });
})();`;
