/** The models behind the demo, as the server asks them and as the page reads their answers (JSON of the same names). */
export interface DemoServices {
  classifier: Classifier;
  shop: Shop;
  forecaster: Forecaster;
}

/** Names what is on a picture of 28 x 28. */
export interface Classifier {
  /** The names of the classes, by label. */
  names: string[];
  /** Pictures of the test set to try, with their true label; bytes, 784 a picture, white on black. */
  examples: { pixels: Uint8Array; label: number }[];
  /**
   * @param images - [n, 28, 28, 1] from 0 to 1, white on black
   * @returns [n, classes] probabilities
   */
  classify(images: Float32Array): Promise<Float32Array>;
}

/** Recommends items to known users, and to new ones by what they click. */
export interface Shop {
  /** The user ids there are, in the order in which to offer them. */
  users: string[];
  items: ShopItem[];
  /** What a user bought, latest first. Throws a RangeError for an unknown user: the sentence says which ids there are. */
  history(user: string): ShopItem[];
  /** The best `count` items that a user does not have yet, best first. Throws a RangeError for an unknown user. */
  recommend(user: string, count: number): ScoredItem[];
  /** The same for somebody new, by the items (ids) that they clicked. Throws a RangeError for an unknown item. */
  recommendByItems(liked: number[], count: number): ScoredItem[];
  /** The items most like one, best first, by the cosine of their vectors. Throws a RangeError for an unknown item. */
  similar(item: number, count: number): ScoredItem[];
}

export interface ShopItem {
  /** Its number, which is its place in `items`. */
  id: number;
  title: string;
  category: string;
  /** Bytes, 784, white on black. */
  pixels: Uint8Array;
}

export interface ScoredItem {
  item: ShopItem;
  score: number;
  /** What the score is the sum of, the largest share first; empty where there is no such account (similar items). */
  reasons: Reason[];
}

/** A share of a score. */
export interface Reason {
  /** In words for the page, such as "looks like what you bought" or "liked by everybody". */
  name: string;
  value: number;
}

/** Forecasts weekly sales of a category. */
export interface Forecaster {
  categories: string[];
  /** The farthest horizon, in weeks. */
  longest: number;
  /** Throws a RangeError for an unknown category or a horizon that is no whole number from 1 to `longest`. */
  forecast(category: string, horizon: number): SalesOutlook;
}

export interface SalesOutlook {
  category: string;
  /** The known weeks, oldest first. */
  history: { week: string; sales: number }[];
  /** The weeks ahead, with the bounds between which `coverage` of the truth should lie. */
  forecast: { week: string; sales: number; low: number; high: number }[];
  /** What a forecast must beat, for the same weeks. */
  baseline: { week: string; sales: number }[];
  /** What the baseline is, in words. */
  baselineName: string;
  /** The share of the truth that the interval is made for, from 0 to 1. */
  coverage: number;
  /** By what share of the sales either was wrong in the mean, over weeks that neither knew: 0.1 is a tenth. */
  typicalError?: { forecast: number; baseline: number };
}
