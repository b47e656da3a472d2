import type { DemoServices, ScoredItem, ShopItem } from "../../lib/demo/services";

/** What the planted services were asked. */
export interface Heard {
  /** Pictures of each call of the classifier. */
  batches: number[];
}

interface Planting {
  /** Milliseconds a call of the classifier takes, default 0. */
  delay?: number;
  /** The classifier answers when this is fulfilled, default at once. */
  gate?: Promise<void>;
  heard?: Heard;
}

const square = (level: number) => new Uint8Array(784).fill(level);

const items: ShopItem[] = ["Coat 1", "Bag 1", "Bag 2"].map((title, id) => ({
  ...{ id, title, category: title.split(" ")[0], pixels: square(50 * id + 50) },
}));

const scored = (ids: number[]): ScoredItem[] =>
  ids.map((id, place) => ({ item: items[id], score: 3 - place, reasons: [{ name: "liked by everybody", value: 1 }] }));

function known<T>(found: T | undefined, message: string): T {
  if (found === undefined) throw new RangeError(message);
  return found;
}

const itemOf = (id: number) => known(items[id], `There is no item ${id}. The items run from 0 to 2.`);
const userOf = (user: string) =>
  known(
    ["0", "1"].find((id) => id === user),
    `There is no user "${user}". The user ids run from 0 to 1.`,
  );

/** Services with answers that are known: the classifier says "full" by how bright a picture is, else "empty". */
export function plantedServices({ delay = 0, gate, heard = { batches: [] } }: Planting = {}): DemoServices {
  return {
    classifier: {
      names: ["empty", "full"],
      examples: [
        { pixels: square(0), label: 0 },
        { pixels: square(204), label: 1 },
      ],
      async classify(images) {
        heard.batches.push(images.length / 784);
        await new Promise((resolve) => setTimeout(resolve, delay));
        await gate;
        return Float32Array.from({ length: images.length / 392 }, (_, i) => {
          const picture = images.subarray((i >> 1) * 784, ((i >> 1) + 1) * 784);
          const bright = picture.reduce((sum, level) => sum + level, 0) / 784;
          return i % 2 === 1 ? bright : 1 - bright;
        });
      },
    },
    shop: {
      users: ["0", "1"],
      items,
      history: (user) => [items[Number(userOf(user))]],
      recommend: (user, count) => scored([2, 1, 0].filter((id) => id !== Number(userOf(user))).slice(0, count)),
      recommendByItems: (liked, count) => scored([0, 1, 2].filter((id) => !liked.map((like) => itemOf(like).id).includes(id)).slice(0, count)), // prettier-ignore
      similar: (item, count) => scored([0, 1, 2].filter((id) => id !== itemOf(item).id).slice(0, count)),
    },
    forecaster: {
      categories: ["Coat", "Bag"],
      longest: 52,
      forecast(category, horizon) {
        known(["Coat", "Bag"].find((name) => name === category), `There is no category "${category}"; there are Coat and Bag.`); // prettier-ignore
        if (horizon < 1 || horizon > 52)
          throw new RangeError(`The horizon is ${horizon}; it must be from 1 to 52 weeks.`);
        const weeks = Array.from({ length: horizon }, (_, week) => ({
          week: `2026-01-${week + 10}`,
          sales: 10 + week,
        }));
        return {
          category,
          history: [{ week: "2026-01-03", sales: 9 }],
          forecast: weeks.map((week) => ({ ...week, low: week.sales - 1, high: week.sales + 1 })),
          baseline: weeks,
          baselineName: "as last week",
          coverage: 0.8,
          typicalError: { forecast: 0.1, baseline: 0.2 },
        };
      },
    },
  };
}
