import { classNames } from "../../data/classNames";
import type { ImageSet } from "../../data/imageSet";
import type { PlantedShop } from "../../data/plantedShop";
import { foldInUser } from "../../recommend/foldInUser";
import { learnedBy, type Recommender } from "../../recommend/model";
import { recommend } from "../../recommend/recommend";
import { similarItems } from "../../recommend/similar";
import type { UserVector } from "../../recommend/userVector";
import type { ScoredItem, Shop, ShopItem } from "../services";
import { reasonsFor } from "./reasons";

/** What a shop is made of. */
export interface ShopSource {
  /** A picture of each item. */
  catalogue: ImageSet;
  /** Who bought what, and when. */
  log: Pick<PlantedShop, "users" | "items" | "times">;
  /** Fitted to the log; an item's features are its id and its picture, the ids first. */
  model: Recommender;
}

/** The shop as the server asks it; users go by their number, items by that of their picture. */
export function buildShop({ catalogue, log, model }: ShopSource): Shop {
  const items = describeItems(catalogue);
  const count = learnedBy(model).userFeatures.rows;
  const users = Array.from({ length: count }, (_, user) => String(user));
  const rowOf = (user: string) => {
    if (users.includes(user)) return Number(user);
    throw new RangeError(`There is no user "${user}". The user ids run from 0 to ${count - 1}.`);
  };
  const checkItem = (item: number) => {
    if (!items[item]) throw new RangeError(`There is no item ${item}. The items run from 0 to ${items.length - 1}.`);
  };
  const best = (user: number | UserVector, wanted: number): ScoredItem[] => {
    const ranking = recommend(model, user, { count: wanted });
    return Array.from(ranking.items, (item, place) => ({
      ...{ item: items[item], score: ranking.scores[place], reasons: reasonsFor(model, user, item) },
    }));
  };
  return {
    users,
    items,
    history: (user) => bought(log, rowOf(user)).map((item) => items[item]),
    recommend: (user, wanted) => best(rowOf(user), wanted),
    recommendByItems(liked, wanted) {
      if (liked.length === 0) throw new RangeError("No item was chosen; choose one or more.");
      liked.forEach(checkItem);
      return best(foldInUser(model, liked), wanted);
    },
    similar(item, wanted) {
      checkItem(item);
      const { rows, scores } = similarItems(model, item, { count: wanted });
      return Array.from(rows, (row, place) => ({ item: items[row], score: scores[place], reasons: [] }));
    },
  };
}

/** Each with its class and its number within it: "Coat 7". */
function describeItems({ images, labels, width, height }: ImageSet): ShopItem[] {
  const met = new Array<number>(classNames.length).fill(0);
  return Array.from(labels, (label, id) => ({
    ...{ id, title: `${classNames[label]} ${++met[label]}`, category: classNames[label] },
    pixels: images.subarray(id * width * height, (id + 1) * width * height),
  }));
}

/** What a user bought, latest first. */
function bought({ users, items, times }: ShopSource["log"], user: number): number[] {
  const own = [...users.keys()].filter((purchase) => users[purchase] === user);
  return own.sort((a, b) => times[b] - times[a]).map((purchase) => items[purchase]);
}
