import { type ControlOptions } from "./controlModel";
import { DRAW_FRONT } from "./drawFront";
import { ownModel } from "./ownModel";
import { newWidget, type Widget } from "./widget";

/** Options of `draw`. */
export interface DrawOptions extends ControlOptions {
  /** Pixels across; default 28. */
  width?: number;
  /** Pixels from top to bottom; default 28. */
  height?: number;
  /** The width of the pen in pixels; default 2. */
  pen?: number;
  /** What is there at first, [height, width] levels; default all black. */
  value?: Uint8Array;
}

/**
 * A field to draw on, white on black as the pictures of Fashion-MNIST: with the mouse, a finger, or the keyboard, whose arrows
 * move the pen while Shift draws. Its value are the grey levels [height, width], 0 black to 255 white, row after row.
 *
 * @throws RangeError when the value does not have width x height levels; also when such a value is set
 */
export function draw(options: DrawOptions = {}): Widget<Uint8Array> {
  const { label = "", width = 28, height = 28, pen = 2, value = new Uint8Array(width * height) } = options;
  const checked = (levels: Uint8Array) => {
    if (levels.length === width * height) return { value: levels };
    throw new RangeError(`draw(): ${levels.length} levels came; give ${height} x ${width} = ${width * height}`);
  };
  const model = ownModel("draw", DRAW_FRONT, { label, width, height, pen, ...checked(value) });
  return newWidget<Uint8Array>(model, {
    read: ({ value: now }) => (now instanceof Uint8Array && now.length === width * height ? now : undefined),
    write: checked,
  });
}
