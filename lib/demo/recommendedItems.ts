import { encodePNG, toDataURI } from "../chart/png";
import type { ImageSet } from "../data/imageSet";
import { pixelsOf } from "../data/pixelsOf";
import type { Coo } from "../recommend/coo";
import type { Dataset } from "../recommend/dataset";
import type { Recommender } from "../recommend/model";
import { recommendFor } from "../recommend/recommend";
import type { Item } from "./item";

/** What recommendations are made of. */
export interface RecommendationSource {
  dataset: Dataset;
  model: Recommender;
  /** What each user has already, [users, items]; default what the model was trained on. */
  seen?: Coo;
  /** The picture of each item, by item id. */
  pictures: ImageSet;
}

/** Dots drawn for each pixel, so that a page can show the small pictures crisp. */
const SCALE = 4;

/** A function from a user id to that user's best items as pictures, new ones only; ids are compared as text. */
export function recommendedItems({ dataset, model, seen, pictures }: RecommendationSource, count = 5) {
  const ids = new Map(dataset.users.ids.map((id) => [String(id), id]));
  return (user: string): Item[] => {
    const { items, scores } = recommendFor(dataset, model, ids.get(user) ?? user, { count, seen });
    return items.map((item, place) => ({
      title: `Item ${place + 1}`,
      image: toDataURI(encodePNG(pixelsOf(pictures, [item]), pictures.width, { scale: SCALE })),
      score: scores[place],
    }));
  };
}
