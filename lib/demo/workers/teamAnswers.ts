import type { Answers, ClassifyOptions, Judgement } from "../answers";
import type * as api from "../api";
import type { Queue } from "../work/queue";
import type { CallName } from "./messages";
import type { Team } from "./team";

/**
 * The answers of a team of workers.
 *
 * @param pictures - where pictures wait for their turn
 */
export function teamAnswers({ description, call }: Team, pictures: Queue): Answers {
  const { examples, users, items, categories } = description;
  const ask = <T>(name: CallName, ...args: unknown[]) => call(name, args) as Promise<T>;
  const queued = async (name: CallName, subject: unknown, { steps, ...turn }: ClassifyOptions = {}) => {
    const started = performance.now();
    const found = await pictures.run(() => ask<api.Classification>(name, subject, { steps }), turn);
    return { ...found, milliseconds: performance.now() - started };
  };
  return {
    classify: (file, options) => queued("classify", file, options),
    classifyExample: (id, options) => queued("classifyExample", id, options),
    async judge(file, { onDecoded } = {}) {
      const judgement = await ask<Judgement>("judge", file);
      onDecoded?.();
      return judgement;
    },
    examples: () => examples,
    users: () => users,
    items: () => items,
    categories: () => categories,
    recommend: (user, count) => ask("recommend", user, count),
    recommendTo: (liked, count) => ask("recommendTo", liked, count),
    similar: (item, count) => ask("similar", item, count),
    forecast: (category, horizon) => ask("forecast", category, horizon),
  };
}
