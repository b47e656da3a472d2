import type { Front } from "./ownModel";

/**
 * The front end of `draw`: a canvas of few pixels, shown large. It tells the levels a few times a second while the pen moves,
 * and when it is lifted.
 *
 * @internal
 */
export const DRAW_FRONT: Front = {
  script: `
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PACE = 100; // ms between two tellings while the pen moves

function render({ model, el }) {
  const width = model.get("width"), height = model.get("height"), radius = model.get("pen") / 2;
  const canvas = Object.assign(document.createElement("canvas"), { width, height, tabIndex: 0 });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", (model.get("label") || "Drawing") + ": draw with the mouse, or move the pen with the arrows while Shift is down; Delete clears");
  const clear = Object.assign(document.createElement("button"), { textContent: "Clear", type: "button" });
  const name = Object.assign(document.createElement("div"), { textContent: model.get("label") });
  const field = document.createElement("div");
  field.className = "atelier-draw-field";
  const mark = document.createElement("i");
  field.append(canvas, mark);
  el.classList.add("jupyter-widgets", "atelier-draw");
  el.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true")); // JupyterLab's
  field.style.aspectRatio = width + " / " + height;
  el.append(name, field, clear);
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  let levels = new Uint8Array(width * height);
  let last, at = [width / 2, height / 2], timer;

  const take = () => {
    const given = model.get("value");
    levels = new Uint8Array(given.buffer ?? given, given.byteOffset ?? 0, given.byteLength).slice();
    show();
  };
  const show = () => {
    levels.forEach((level, index) => image.data.set([level, level, level, 255], 4 * index));
    context.putImageData(image, 0, 0);
  };
  const tell = () => {
    clearTimeout(timer);
    timer = undefined;
    model.set("value", new DataView(levels.slice().buffer));
    model.save_changes();
  };
  const tellSoon = () => (timer ??= setTimeout(tell, PACE));

  const dot = (x, y) => {
    for (let row = Math.max(0, Math.floor(y - radius - 1)); row <= Math.min(height - 1, y + radius + 1); row++)
      for (let column = Math.max(0, Math.floor(x - radius - 1)); column <= Math.min(width - 1, x + radius + 1); column++) {
        const cover = radius + 0.5 - Math.hypot(column + 0.5 - x, row + 0.5 - y);
        const level = Math.round(255 * Math.min(1, Math.max(0, cover)));
        levels[row * width + column] = Math.max(levels[row * width + column], level);
      }
  };
  const line = ([x, y]) => {
    const [fromX, fromY] = last ?? [x, y];
    const steps = Math.max(1, Math.ceil(2 * Math.hypot(x - fromX, y - fromY)));
    for (let step = 0; step <= steps; step++) dot(fromX + ((x - fromX) * step) / steps, fromY + ((y - fromY) * step) / steps);
    last = [x, y];
    show();
    tellSoon();
  };
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
  };
  const wipe = () => {
    levels.fill(0);
    show();
    tell();
  };
  const point = () => {
    mark.style.left = (100 * at[0]) / width + "%";
    mark.style.top = (100 * at[1]) / height + "%";
  };

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = undefined;
    line((at = place(event)));
    point();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons % 2 === 1) line((at = place(event)));
  });
  canvas.addEventListener("pointerup", () => {
    last = undefined;
    point();
    tell();
  });
  field.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (event.key === "Delete" || event.key === "Backspace") wipe();
    else if (!step) return;
    else {
      const from = at;
      at = [Math.min(width - 0.5, Math.max(0.5, at[0] + step[0])), Math.min(height - 0.5, Math.max(0.5, at[1] + step[1]))];
      point();
      last = from;
      if (event.shiftKey) line(at);
      last = undefined;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  clear.addEventListener("click", wipe);
  model.on("change:value", take);
  take();
  point();
  return () => {
    clearTimeout(timer);
    model.off("change:value", take);
  };
}
export default { render };
`,
  style: `
.atelier-draw { display: inline-block; font: 13px system-ui, sans-serif; color: var(--jp-ui-font-color1, inherit); padding: 2px; }
.atelier-draw-field { position: relative; width: 224px; margin: 4px 0; }
.atelier-draw canvas { width: 100%; height: 100%; image-rendering: pixelated; touch-action: none; cursor: crosshair; border-radius: 4px; outline-offset: 2px; }
.atelier-draw canvas:focus-visible { outline: 2px solid var(--jp-brand-color1, #0b5cad); }
.atelier-draw-field i { display: none; position: absolute; width: 8px; height: 8px; margin: -5px; border: 1px solid #6cb2ff; border-radius: 50%; pointer-events: none; }
.atelier-draw canvas:focus-visible + i { display: block; }
.atelier-draw button { font: inherit; color: inherit; background: none; border: 1px solid currentColor; border-radius: 4px; padding: 2px 10px; cursor: pointer; }
`,
};
