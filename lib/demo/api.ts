import type { Reason, SalesOutlook } from "./services";

/*
 * The demo's JSON API. Pictures are PNG files as `data:` addresses, 28 x 28, white on black, unless said otherwise.
 *
 *   POST /api/classify                         a picture file as the body (image/…), as the multipart field `image`, or
 *                                              {"image": "data:image/…"} -> Classification
 *   POST /api/classify?example=ID              a picture of the test set -> Classification
 *   POST /api/classify?steps=true              either -> ExplainedClassification
 *   GET  /api/examples                         -> Example[]
 *   GET  /api/users                            -> string[]
 *   GET  /api/items                            -> Item[]
 *   GET  /api/recommend?user=ID&count=5        -> Recommendations
 *   POST /api/recommend  RecommendationWish    -> Recommendations, without a user
 *   GET  /api/similar?item=ID&count=5          -> SimilarItems
 *   GET  /api/categories                       -> Categories
 *   GET  /api/forecast?category=…&horizon=8    -> SalesOutlook
 *
 * What is refused is answered with a fitting status and a Refusal.
 */

/** What was found on a picture. */
export interface Classification {
  /** The likeliest class. */
  label: string;
  /** All classes, the likeliest first; they add up to 1. */
  confidences: Confidence[];
  /** Of the whole work on the server. */
  milliseconds: number;
}

/** The same with what was done to the picture: to draw that takes longer than to classify. */
export interface ExplainedClassification extends Classification {
  /** What the network has seen. */
  picture: string;
  /** What was done to the picture before, in order; the last one leaves `picture`. Empty for an example. */
  steps: PictureStep[];
}

export interface Confidence {
  label: string;
  /** From 0 to 1. */
  confidence: number;
}

/** A stage between a photo and what the network sees. */
export interface PictureStep {
  /** A word or two for a caption. */
  name: string;
  /** What was found and done, a sentence. */
  note: string;
  /** The picture after it, of any size up to 160 x 160. */
  picture: string;
}

/** A picture of the test set to try. */
export interface Example {
  id: number;
  /** The name of its true class. */
  label: string;
  picture: string;
}

/** Something of the shop. */
export interface Item {
  id: number;
  title: string;
  category: string;
  picture: string;
}

export interface ScoredItem extends Item {
  score: number;
  /** What the score is the sum of, the largest share first; empty for similar items. */
  reasons: Reason[];
}

export interface Recommendations {
  /** Missing for somebody new. */
  user?: string;
  /** What the user bought, latest first; for somebody new what they clicked. */
  history: Item[];
  /** Best first. */
  items: ScoredItem[];
}

/** Items of a recommendation, or of a newcomer's wish, at most. */
export const MOST_ITEMS = 100;

/** What somebody new sends. */
export interface RecommendationWish {
  /** The ids of the items they clicked, one at least. */
  liked: number[];
  /** Default 5. */
  count?: number;
}

export interface SimilarItems {
  item: Item;
  items: ScoredItem[];
}

export interface Categories {
  categories: string[];
  /** The farthest horizon of a forecast, in weeks. */
  longest: number;
}

/** What is sent with a status of 400 or more. */
export interface Refusal {
  error: {
    /** A word for programs, such as "unknown_user". */
    code: string;
    /** A sentence for people: what was wrong, and what is accepted. */
    message: string;
  };
}

export type { Reason, SalesOutlook };

/** The built page, as the server takes it. */
export interface PageFiles {
  /** What `/` answers. */
  html: string;
  /** Everything else of the page by its path, such as "/assets/page.js". No script stands in the HTML itself. */
  files: Map<string, { type: string; body: string | Uint8Array }>;
}
