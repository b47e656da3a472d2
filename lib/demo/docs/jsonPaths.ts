import { MOST_ITEMS } from "../api";
import { answers, REFUSED } from "./openapi";

/** The JSON API of `api.ts` as paths of OpenAPI. */
export function jsonPaths(): Record<string, object> {
  return {
    "/api/classify": {
      post: operation("classifyPicture", "Names the piece of clothing on a picture.", CLASSIFICATION, {
        parameters: [
          query("example", WHOLE, "A picture of the test set instead of one in the body"),
          query("steps", { type: "boolean" }, "Whether to show what was done to the picture before; default false"),
        ],
        requestBody: {
          content: {
            ...PICTURE_FILES,
            "multipart/form-data": { schema: FORM },
            "application/json": { schema: INLINE },
          },
        },
      }),
    },
    "/api/examples": { get: operation("listExamples", "Pictures of the test set.", listOf(EXAMPLE)) },
    "/api/users": { get: operation("listUsers", "The user ids there are.", listOf(TEXT)) },
    "/api/items": { get: operation("listItems", "All items of the shop.", listOf(ITEM)) },
    "/api/recommend": {
      get: operation("recommendToUser", "The best items for a user.", RECOMMENDATIONS, {
        parameters: [query("user", TEXT, "A user id", true), COUNT],
      }),
      post: operation("recommendToNewcomer", "The best items for somebody new.", RECOMMENDATIONS, {
        requestBody: { required: true, content: { "application/json": { schema: WISH } } },
      }),
    },
    "/api/similar": {
      get: operation("findSimilar", "The items most like one.", object({ item: ITEM, items: listOf(SCORED) }), {
        parameters: [query("item", WHOLE, "An item id", true), COUNT],
      }),
    },
    "/api/categories": {
      get: operation("listCategories", "What can be forecast.", object({ categories: listOf(TEXT), longest: WHOLE })),
    },
    "/api/forecast": {
      get: operation("forecastSales", "Weekly sales as they were and as they may go on.", OUTLOOK, {
        parameters: [
          query("category", TEXT, "Default the first one"),
          query("horizon", WHOLE, "Weeks ahead, default 8"),
        ],
      }),
    },
  };
}

function operation(operationId: string, summary: string, schema: object, more: object = {}) {
  return {
    operationId,
    summary,
    tags: ["JSON"],
    ...more,
    responses: { 200: answers(summary, schema), default: REFUSED },
  };
}

function query(name: string, schema: object, description: string, required = false) {
  return { name, in: "query", required, description, schema };
}

function object(properties: Record<string, object>) {
  return { type: "object", properties, required: Object.keys(properties) };
}

function listOf(items: object) {
  return { type: "array", items };
}

const TEXT = { type: "string" };
const NUMBER = { type: "number" };
const WHOLE = { type: "integer" };
const PICTURE = { type: "string", description: "A PNG file as a data: address" };
const BINARY = { schema: { type: "string", format: "binary" } };
const PICTURE_FILES = Object.fromEntries(["png", "jpeg", "webp", "gif"].map((type) => [`image/${type}`, BINARY]));
const FORM = object({ image: BINARY.schema });
const INLINE = object({ image: PICTURE });
const COUNT = query("count", { type: "integer", minimum: 1, maximum: MOST_ITEMS }, "Default 5");
const ITEM_PARTS = { id: WHOLE, title: TEXT, category: TEXT, picture: PICTURE };
const ITEM = object(ITEM_PARTS);
const SCORED = object({ ...ITEM_PARTS, score: NUMBER, reasons: listOf(object({ name: TEXT, value: NUMBER })) });
const EXAMPLE = object({ id: WHOLE, label: TEXT, picture: PICTURE });
const WISH = { ...object({ liked: listOf(WHOLE) }), properties: { liked: listOf(WHOLE), count: WHOLE } };
const RECOMMENDATIONS = {
  ...object({ history: listOf(ITEM), items: listOf(SCORED) }),
  properties: { user: TEXT, history: listOf(ITEM), items: listOf(SCORED) },
};
const NAMED = { label: TEXT, confidences: listOf(object({ label: TEXT, confidence: NUMBER })), milliseconds: NUMBER };
const STEPS = { picture: PICTURE, steps: listOf(object({ name: TEXT, note: TEXT, picture: PICTURE })) };
const CLASSIFICATION = { ...object(NAMED), properties: { ...NAMED, ...STEPS } };
const WEEK = { week: TEXT, sales: NUMBER };
const OUTLOOK = object({
  category: TEXT,
  history: listOf(object(WEEK)),
  forecast: listOf(object({ ...WEEK, low: NUMBER, high: NUMBER })),
  baseline: listOf(object(WEEK)),
  baselineName: TEXT,
  coverage: NUMBER,
});
