import type { ImageSet } from "../data/imageSet";
import { pixelsOf } from "../data/pixelsOf";
import type { Coo } from "../recommend/coo";
import type { Dataset } from "../recommend/dataset";
import type { Recommender } from "../recommend/model";
import { recommendFor } from "../recommend/recommend";
import type { Grey } from "./photo/areaAverage";

/** What recommendations are made of. */
export interface RecommendationSource {
  dataset: Dataset;
  model: Recommender;
  /** What each user has already, [users, items]; default what the model was trained on. */
  seen?: Coo;
  /** The picture of each item, by item id. */
  pictures: ImageSet;
}

/** A function from a user id to that user's best items as pictures, new ones only; ids are compared as text. */
export function recommendedItems({ dataset, model, seen, pictures }: RecommendationSource, count = 5) {
  const ids = new Map(dataset.users.ids.map((id) => [String(id), id]));
  return (user: string): { image: Grey; caption: string }[] => {
    const { items, scores } = recommendFor(dataset, model, known(ids, user), { count, seen });
    return items.map((item, place) => ({
      image: { width: pictures.width, height: pictures.height, levels: pixelsOf(pictures, [item]) },
      caption: `Place ${place + 1}, score ${scores[place].toFixed(2)}`,
    }));
  };
}

/** Throws a RangeError with a sentence for people. */
function known<Id>(ids: Map<string, Id>, user: string): Id {
  const id = ids.get(user);
  if (id !== undefined) return id;
  const all = [...ids.keys()];
  throw new RangeError(`There is no user "${user}". The user ids run from ${all[0]} to ${all[all.length - 1]}.`);
}
