import * as api from "./api";
import type { FormStep } from "./photo/fashionForm";
import type { JudgeOptions, PictureClassifier, Verdict } from "./photo/pictureClassifier";
import { pictureURI, squareURI } from "./photo/pictureURI";
import type { DemoServices, ScoredItem, ShopItem } from "./services";
import { Refused } from "./web/refused";
import type { Turn } from "./work/queue";

/** What the demo answers, whoever asks in whichever form; each throws a Refused for what there is not. */
export interface Answers {
  classify(file: Uint8Array, options?: ClassifyOptions): Promise<api.Classification>;
  classifyExample(id: number, options?: ClassifyOptions): Promise<api.Classification>;
  /** What the network says of a picture file, and what it saw, at once: for those who wait in the queue themselves. */
  judge(file: Uint8Array, options?: JudgeOptions): Promise<Judgement>;
  examples(): api.Example[];
  users(): string[];
  items(): api.Item[];
  recommend(user: string, count: number): Soon<api.Recommendations>;
  /** For somebody new, by the ids of the items that they like. */
  recommendTo(liked: unknown, count: number): Soon<api.Recommendations>;
  similar(item: number, count: number): Soon<api.SimilarItems>;
  categories(): api.Categories;
  forecast(category: string, horizon: number): Soon<api.SalesOutlook>;
}

/** At once where the models are in this process, later where they are in another. */
export type Soon<T> = T | Promise<T>;

/** A picture's classes, the likeliest first, and the 28 x 28 bytes that the network saw. */
export interface Judgement {
  confidences: api.Confidence[];
  pixels: Uint8Array;
}

/** How a picture is classified. */
export interface ClassifyOptions extends Turn {
  /** Whether to show what was done to the picture before. Default false. */
  steps?: boolean;
}

/** The answers of some models. */
export function newAnswers({ classifier, shop, forecaster }: DemoServices, pictures: PictureClassifier): Answers {
  const items = shop.items.map(toItem);
  return {
    classify: (file, { steps, ...turn } = {}) => timed(() => pictures.classifyFile(file, turn), steps),
    classifyExample: (id, { steps, ...turn } = {}) => timed(() => pictures.classifyExample(id, turn), steps),
    async judge(file, options) {
      const { confidences, form } = await pictures.judgeFile(file, options);
      return { confidences, pixels: form.pixels };
    },
    examples: () =>
      classifier.examples.map(({ pixels, label }, id) => ({
        ...{ id, label: classifier.names[label], picture: squareURI(pixels) },
      })),
    users: () => shop.users,
    items: () => items,
    recommend: (user, count) =>
      orRefused(404, "unknown_user", () => ({
        user,
        history: shop.history(user).map(toItem),
        items: shop.recommend(user, count).map(toScored),
      })),
    recommendTo(liked, count) {
      if (!isListOfIds(liked))
        throw new Refused(400, "wrong_value", `"liked" must be a list of item ids, ${api.MOST_ITEMS} at most.`);
      return orRefused(liked.length === 0 ? 400 : 404, "unknown_item", () => ({
        items: shop.recommendByItems(liked, count).map(toScored), // first, as it refuses unknown ones
        history: liked.map((id) => items[id]),
      }));
    },
    similar: (item, count) =>
      orRefused(404, "unknown_item", () => ({
        items: shop.similar(item, count).map(toScored),
        item: items[item],
      })),
    categories: () => ({ categories: forecaster.categories, longest: forecaster.longest }),
    forecast: (category, horizon) =>
      orRefused(forecaster.categories.includes(category) ? 400 : 404, "no_forecast", () =>
        forecaster.forecast(category, horizon),
      ),
  };
}

/** Items of a recommendation where nothing is said. */
export const DEFAULT_COUNT = 5;

function isListOfIds(liked: unknown): liked is number[] {
  return Array.isArray(liked) && liked.length <= api.MOST_ITEMS && liked.every(Number.isSafeInteger);
}

async function timed(
  judge: () => Promise<Verdict>,
  withSteps = false,
): Promise<api.Classification | api.ExplainedClassification> {
  const started = performance.now();
  const { confidences, form } = await judge();
  const drawn = withSteps && { picture: squareURI(form.pixels), steps: form.steps.map(drawnStep) };
  return { label: confidences[0].label, confidences, ...drawn, milliseconds: performance.now() - started };
}

function drawnStep({ name, note, picture }: FormStep): api.PictureStep {
  return { name, note, picture: pictureURI(picture) };
}

function toItem({ id, title, category, pixels }: ShopItem): api.Item {
  return { id, title, category, picture: squareURI(pixels) };
}

function toScored({ item, score, reasons }: ScoredItem): api.ScoredItem {
  return { ...toItem(item), score, reasons };
}

/** The models refuse by a RangeError what they do not know, or what is out of bounds. */
function orRefused<T>(status: 400 | 404, code: string, answer: () => T): T {
  try {
    return answer();
  } catch (error) {
    if (error instanceof RangeError) throw new Refused(status, code, error.message);
    throw error;
  }
}
