import type { Item } from "./item";
import { page } from "./page";

/** What the demo asks of the models behind it. */
export interface DemoModels {
  /** The user ids there are, in the order in which to offer them. */
  users: string[];
  /** The best items for one of those users, best first. */
  recommend(user: string): Item[];
}

/** Answers one request; needs no socket, so that tests and other servers can call it. */
export type App = (request: Request) => Response;

/**
 * The web demo: `/` is the page with its form, `/recommend?user=ID` the same answer as JSON.
 * An unknown user is answered with status 404 and a sentence that says which ids there are.
 */
export function buildApp(models: DemoModels): App {
  return (request) => {
    if (request.method !== "GET") return json({ error: `The method is ${request.method}; only GET is answered.` }, 405);
    const { pathname, searchParams } = new URL(request.url);
    const user = searchParams.get("user");
    if (pathname === "/recommend") return recommendation(models, user);
    if (pathname === "/") return formPage(models, user);
    return json({ error: `There is no ${pathname}; try / or /recommend?user=${models.users[0]}.` }, 404);
  };
}

function recommendation(models: DemoModels, user: string | null): Response {
  const refusal = refuse(models, user);
  return refusal ? json({ error: refusal }, user === null ? 400 : 404) : json({ user, items: models.recommend(user!) });
}

function formPage(models: DemoModels, user: string | null): Response {
  const refusal = user === null ? undefined : refuse(models, user);
  const items = user === null || refusal ? [] : models.recommend(user);
  const html = page({ users: models.users, user: user ?? "", items, refusal });
  return new Response(html, { status: refusal ? 404 : 200, headers: headers("text/html; charset=utf-8") });
}

function refuse({ users }: DemoModels, user: string | null): string | undefined {
  if (user === null) return `No user was named; add ?user=${users[0]}.`;
  if (users.includes(user)) return undefined;
  return `There is no user "${user}". The user ids run from ${users[0]} to ${users[users.length - 1]}.`;
}

function json(content: object, status = 200): Response {
  return new Response(JSON.stringify(content), { status, headers: headers("application/json; charset=utf-8") });
}

function headers(type: string): Record<string, string> {
  return {
    "content-type": type,
    "content-security-policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'self'",
    "x-content-type-options": "nosniff",
  };
}
