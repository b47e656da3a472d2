import type { Figure } from "./figure";
import { withDisplay } from "./figureBundle";
import { difference } from "./narrowForm";

/** Pixels across a figure in a notebook or on a page. */
export const WIDE = 820;
/** Pixels across a figure on a phone. */
export const NARROW = 350;

/**
 * A figure for wide and for narrow places. It is built for a room of 820 pixels; what is other in the one for 350 pixels
 * stands in `layout.meta.narrow`, and whoever shows the figure lays it over where there is less room than 560 pixels.
 *
 * @param build - makes the figure for so many pixels
 */
export function adaptive(build: (room: number) => Figure): Figure {
  const wide = build(WIDE);
  const { data, layout } = build(NARROW);
  const narrow = difference({ data: wide.data, layout: wide.layout }, { data, layout });
  const { meta } = wide.layout;
  return withDisplay(narrow ? { ...wide, layout: { ...wide.layout, meta: { ...meta, narrow } } } : wide);
}
