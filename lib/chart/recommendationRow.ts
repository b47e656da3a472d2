import { escapeLabel, type Figure } from "./figure";
import { checkLists, imageCount, pictureGrid, type GridOptions, type Pixels } from "./pictureGrid";

/** Options of `recommendationRow`. */
export interface RecommendationOptions extends GridOptions {
  /** Default "Place 1", "Place 2", … */
  titles?: readonly string[];
  /** The model's score of each item, shown under its title. */
  scores?: ArrayLike<number>;
}

/**
 * The items recommended to one user, best first, in one row.
 *
 * @param images - [n, height, width] pixels as bytes 0 to 255 or floats 0 to 1
 * @throws TypeError when the pixels are not whole images, RangeError when a list is shorter than the images
 */
export function recommendationRow(images: Pixels, options: RecommendationOptions = {}): Figure {
  const { titles, scores, title = "Recommended for you" } = options;
  const count = imageCount(images, options);
  checkLists({ titles, scores }, count, "recommendationRow()");
  const tiles = Array.from({ length: count }, (_, index) => {
    const name = escapeLabel(titles?.[index] ?? `Place ${index + 1}`);
    const score = scores ? [`score ${Number(scores[index]).toFixed(2)}`] : [];
    return { lines: [name, ...score], hover: [name, ...score].join("<br>") };
  });
  return pictureGrid(images, tiles, { columns: tiles.length, ...options, title });
}
