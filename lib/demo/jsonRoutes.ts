import { Hono } from "hono";
import { type Answers, DEFAULT_COUNT } from "./answers";
import { MOST_ITEMS, type RecommendationWish } from "./api";
import { parseJSON, pictureOf } from "./web/bodies";
import type { BodyReader } from "./web/readBody";
import { Refused } from "./web/refused";

/** The JSON API, as `api.ts` describes it, without its prefix. */
export function jsonRoutes(answers: Answers, readBody: BodyReader): Hono {
  const routes = new Hono();

  routes.post("/classify", async (context) => {
    const { signal } = context.req.raw;
    const example = context.req.query("example");
    if (example !== undefined)
      return context.json(await answers.classifyExample(wholeNumber("example", example), { signal }));
    const picture = await pictureOf(await readBody(context.req.raw), context.req.header("content-type"));
    return context.json(await answers.classify(picture, { signal }));
  });
  routes.get("/examples", (context) => context.json(answers.examples()));
  routes.get("/users", (context) => context.json(answers.users()));
  routes.get("/items", (context) => context.json(answers.items()));
  routes.get("/recommend", (context) => {
    const { user, count } = context.req.query();
    if (user === undefined) throw new Refused(400, "no_user", `No user was named; add ?user=${answers.users()[0]}.`);
    return context.json(answers.recommend(user, readCount(count)));
  });
  routes.post("/recommend", async (context) => {
    const { liked, count } = (parseJSON(await readBody(context.req.raw)) ?? {}) as Partial<RecommendationWish>;
    return context.json(answers.recommendTo(liked, readCount(count === undefined ? undefined : String(count))));
  });
  routes.get("/similar", (context) => {
    const { item, count } = context.req.query();
    return context.json(answers.similar(wholeNumber("item", item), readCount(count)));
  });
  routes.get("/categories", (context) => context.json(answers.categories()));
  routes.get("/forecast", (context) => {
    const { category = answers.categories().categories[0], horizon = "8" } = context.req.query();
    return context.json(answers.forecast(category, wholeNumber("horizon", horizon)));
  });
  return routes;
}

function readCount(text = String(DEFAULT_COUNT)): number {
  const count = wholeNumber("count", text);
  if (count >= 1 && count <= MOST_ITEMS) return count;
  throw new Refused(400, "wrong_value", `"count" is ${count}; it must be a whole number from 1 to ${MOST_ITEMS}.`);
}

function wholeNumber(name: string, text: string | undefined): number {
  if (text !== undefined && /^\d{1,9}$/.test(text)) return Number(text);
  const found = text === undefined ? "is missing" : `is "${text}"`;
  throw new Refused(400, "wrong_value", `"${name}" ${found}; it must be a whole number.`);
}
