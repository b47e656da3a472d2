import { Hono } from "hono";
import { type Answers, DEFAULT_COUNT } from "./answers";
import { MOST_ITEMS, type RecommendationWish } from "./api";
import { parseJSON, pictureOf, toBody } from "./web/bodies";
import type { BodyReader } from "./web/readBody";
import { Refused } from "./web/refused";

/** The JSON API, as `api.ts` describes it, without its prefix. */
export function jsonRoutes(answers: Answers, bodies: BodyReader): Hono {
  const routes = new Hono();
  const items = Buffer.from(JSON.stringify(answers.items())); // made once, as it is large

  routes.post("/classify", async (context) => {
    const { example, steps } = context.req.query();
    const options = { signal: context.req.raw.signal, steps: trueOrFalse("steps", steps) };
    if (example !== undefined)
      return context.json(await answers.classifyExample(wholeNumber("example", example), options));
    return bodies.use(context.req.raw, async (body) => {
      const picture = await pictureOf(body, context.req.header("content-type"));
      return context.json(await answers.classify(picture, options));
    });
  });
  routes.get("/examples", (context) => context.json(answers.examples()));
  routes.get("/users", (context) => context.json(answers.users()));
  routes.get("/items", (context) => context.body(toBody(items), 200, { "content-type": "application/json" }));
  routes.get("/recommend", async (context) => {
    const { user, count } = context.req.query();
    if (user === undefined) throw new Refused(400, "no_user", `No user was named; add ?user=${answers.users()[0]}.`);
    return context.json(await answers.recommend(user, countIn(count)));
  });
  routes.post("/recommend", async (context) => {
    const wish = await bodies.use(context.req.raw, parseJSON);
    const { liked, count } = (wish ?? {}) as Partial<RecommendationWish>;
    return context.json(await answers.recommendTo(liked, checkedCount(count)));
  });
  routes.get("/similar", async (context) => {
    const { item, count } = context.req.query();
    return context.json(await answers.similar(wholeNumber("item", item), countIn(count)));
  });
  routes.get("/categories", (context) => context.json(answers.categories()));
  routes.get("/forecast", async (context) => {
    const { category = answers.categories().categories[0], horizon = "8" } = context.req.query();
    return context.json(await answers.forecast(category, wholeNumber("horizon", horizon)));
  });
  return routes;
}

function countIn(text: string | undefined): number {
  return checkedCount(text === undefined ? undefined : wholeNumber("count", text));
}

function checkedCount(count: unknown = DEFAULT_COUNT): number {
  if (Number.isInteger(count) && (count as number) >= 1 && (count as number) <= MOST_ITEMS) return count as number;
  const found = typeof count === "number" ? `is ${count}; it ` : "";
  throw new Refused(400, "wrong_value", `"count" ${found}must be a whole number from 1 to ${MOST_ITEMS}.`);
}

function trueOrFalse(name: string, text = "false"): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw new Refused(400, "wrong_value", `"${name}" is "${text}"; it must be true or false.`);
}

function wholeNumber(name: string, text: string | undefined): number {
  if (text !== undefined && /^\d{1,9}$/.test(text)) return Number(text);
  const found = text === undefined ? "is missing" : `is "${text}"`;
  throw new Refused(400, "wrong_value", `"${name}" ${found}; it must be a whole number.`);
}
