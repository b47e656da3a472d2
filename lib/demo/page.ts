import { escapeHTML } from "../text";
import type { Item } from "./item";

/** What the page shows: a form, and under it either items or a refusal. */
interface PageContent {
  users: string[];
  user: string;
  items: Item[];
  refusal?: string;
}

/** The demo's one page as HTML, with its style inside and no script. */
export function page({ users, user, items, refusal }: PageContent): string {
  const options = users.map((id) => `<option value="${escapeHTML(id)}">`).join("");
  const figures = items.map(
    ({ title, image, score }) =>
      `<figure><img src="${image}" alt="${escapeHTML(title)}"><figcaption>${escapeHTML(title)}<small>score ${score.toFixed(2)}</small></figcaption></figure>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fashion recommendations</title>
<style>${STYLE}</style>
<main>
<h1>Fashion recommendations</h1>
<p>Give a user id and see the items the model puts first.</p>
<form><label>User id <input name="user" list="users" value="${escapeHTML(user)}" autocomplete="off" required autofocus></label>
<datalist id="users">${options}</datalist> <button>Recommend</button></form>
${refusal ? `<p class="refusal" role="alert">${escapeHTML(refusal)}</p>` : `<div class="items">${figures.join("")}</div>`}
</main>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#c9d1da, #444c56); --accent: light-dark(#17699f, #1f80c0) }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
input, button { font: inherit; padding: .35rem .7rem; border: 1px solid var(--line); border-radius: .4rem }
input { width: 8rem; background: transparent; color: inherit }
button { background: var(--accent); border-color: transparent; color: #fff; cursor: pointer }
.items { display: flex; flex-wrap: wrap; gap: 1rem; margin-top: 1.5rem }
figure { margin: 0; text-align: center }
img { width: 7rem; height: 7rem; image-rendering: pixelated; border: 1px solid var(--line); border-radius: .4rem }
small { display: block; opacity: .7 }
.refusal { margin-top: 1.5rem; padding: .6rem 1rem; border-left: 4px solid #d6492a }
`;
