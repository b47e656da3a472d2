import { type Answers, DEFAULT_COUNT } from "./answers";
import { MOST_ITEMS, type ScoredItem } from "./api";
import type { Endpoint } from "./gradio/endpoint";
import { fromDataURI } from "./web/bodies";
import type { Queue } from "./work/queue";

/** Where calls wait their turn. */
export interface DemoQueues {
  /** For pictures, which take the longest. */
  pictures: Queue;
  /** For all else. */
  quick: Queue;
}

/** Calls without a picture at a time. */
export const QUICK_AT_A_TIME = 4;

/** The demo's answers as functions for Gradio's clients. */
export function demoEndpoints(answers: Answers, { pictures, quick }: DemoQueues): Endpoint[] {
  const { categories, longest } = answers.categories();
  const count = { name: "count", type: "number", label: "How many", value: DEFAULT_COUNT, minimum: 1, maximum: MOST_ITEMS, whole: true } as const; // prettier-ignore
  const found = [{ type: "gallery", label: "Items" }, { type: "json", label: "Details" }] as const; // prettier-ignore
  return [
    {
      name: "classify",
      description: "Names the piece of clothing on a picture.",
      inputs: [{ name: "image", type: "image", label: "Picture" }],
      takesFiles: true,
      outputs: [
        { type: "label", label: "Class" },
        { type: "image", label: "What the network sees" },
      ],
      queue: pictures,
      async run([file], { signal, progress }) {
        const onDecoded = () => progress(1, 2, "the picture is decoded");
        const { confidences, pixels } = await answers.judge(file as Uint8Array, { signal, onDecoded });
        const shares = confidences.map(({ label, confidence }) => [label, confidence]);
        return [Object.fromEntries(shares), { width: 28, height: 28, levels: pixels }];
      },
    },
    {
      name: "recommend",
      description: "The best items for a user who is known.",
      inputs: [{ name: "user", type: "text", label: "User id", value: answers.users()[0] }, count],
      outputs: [...found],
      queue: quick,
      run: async ([user, most]) => shown((await answers.recommend(user as string, most as number)).items),
    },
    {
      name: "recommend_to_newcomer",
      description: "The best items for somebody new, by the ids of items that they like.",
      inputs: [{ name: "liked", type: "json", label: "Ids of liked items", value: [0] }, count],
      outputs: [...found],
      queue: quick,
      run: async ([liked, most]) => shown((await answers.recommendTo(liked, most as number)).items),
    },
    {
      name: "similar",
      description: "The items most like one.",
      inputs: [{ name: "item", type: "number", label: "Item id", value: 0, minimum: 0, whole: true }, count],
      outputs: [...found],
      queue: quick,
      run: async ([item, most]) => shown((await answers.similar(item as number, most as number)).items),
    },
    {
      name: "forecast",
      description: "The weekly sales of a category, as they were and as they may go on.",
      inputs: [
        { name: "category", type: "dropdown", label: "Category", choices: categories },
        {
          name: "horizon",
          type: "number",
          label: "Weeks ahead",
          value: 8,
          minimum: 1,
          maximum: longest,
          whole: true,
        },
      ],
      outputs: [
        { type: "json", label: "Outlook" },
        { type: "table", label: "Weeks ahead" },
      ],
      queue: quick,
      run: async ([category, horizon]) => {
        const outlook = await answers.forecast(category as string, horizon as number);
        return [outlook, outlook.forecast.map((week, i) => ({ ...week, baseline: outlook.baseline[i].sales }))];
      },
    },
  ];
}

function shown(items: ScoredItem[]): unknown[] {
  const gallery = items.map(({ title, score, picture }) => ({
    ...{ image: fromDataURI(picture), caption: `${title} (score ${score.toFixed(2)})` },
  }));
  return [gallery, items.map(({ id, title, category, score, reasons }) => ({ id, title, category, score, reasons }))];
}
