/// <reference lib="dom" />

/** What the pointer does. A shape is filled when its outline is done. */
export type Tool = "shape" | "brush" | "eraser";

/** How a stroke looks. */
export interface Pen {
  tool: Tool;
  /** Width in dots of the canvas. */
  size: number;
  /** 0 is the black of the ground, 255 white. */
  shade: number;
}

interface Stroke extends Pen {
  points: [number, number][];
}

/** A drawing on a canvas. */
export interface Sketch {
  undo(): void;
  clear(): void;
  isEmpty(): boolean;
  /** A PNG file. */
  toBlob(): Promise<Blob>;
}

/**
 * Lets people draw grey on black, as the network's pictures are.
 *
 * @param pen - asked at the start of each stroke
 * @param changed - told while a stroke grows and after every other change
 */
export function startSketch(canvas: HTMLCanvasElement, pen: () => Pen, changed: () => void): Sketch {
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  let strokes: Stroke[] = [];
  let current: Stroke | undefined;
  let finger: number | undefined;
  const redraw = () => {
    context.fillStyle = "#000";
    context.fillRect(0, 0, canvas.width, canvas.height);
    for (const stroke of strokes) draw(context, stroke, stroke === current);
  };
  const update = () => {
    redraw();
    changed();
  };
  const pointOf = (event: PointerEvent): [number, number] => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [((event.clientX - left) / width) * canvas.width, ((event.clientY - top) / height) * canvas.height];
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || current) return; // a second finger draws nothing
    finger = event.pointerId;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    current = { ...pen(), points: [pointOf(event)] };
    strokes.push(current);
    update();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!current || event.pointerId !== finger) return;
    const way = event.getCoalescedEvents?.() ?? [];
    for (const step of way.length > 0 ? way : [event]) current.points.push(pointOf(step));
    update();
  });
  const end = ({ pointerId }: PointerEvent) => {
    if (!current || pointerId !== finger) return;
    current = undefined;
    update();
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  redraw();
  const replace = (next: Stroke[]) => {
    [strokes, current] = [next, undefined];
    update();
  };
  return {
    undo: () => replace(strokes.slice(0, -1)),
    clear: () => replace([]),
    isEmpty: () => strokes.length === 0,
    toBlob: () =>
      new Promise((resolve, reject) =>
        canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The drawing could not be read.")))),
      ),
  };
}

function draw(context: CanvasRenderingContext2D, { tool, size, shade, points }: Stroke, growing: boolean): void {
  const colour = tool === "eraser" ? "#000" : `rgb(${shade} ${shade} ${shade})`;
  context.fillStyle = context.strokeStyle = colour;
  context.lineWidth = tool === "shape" ? Math.min(size, OUTLINE) : size;
  context.lineCap = context.lineJoin = "round";
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  if (points.length === 1) context.lineTo(points[0][0] + 0.01, points[0][1]);
  if (tool === "shape" && !growing) {
    context.closePath();
    context.fill();
  }
  context.stroke();
}

/** The outline of a shape, in dots of the canvas. */
const OUTLINE = 6;
