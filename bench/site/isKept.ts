import type { BrowserContext } from "playwright-core";

/** Waits until the service worker has kept the site: the number of its files stays the same. Closes the first page. */
export async function isKept(context: BrowserContext): Promise<void> {
  const [page] = context.pages();
  const count = () => page.evaluate(async () => (await (await caches.open((await caches.keys())[0])).keys()).length);
  for (let before = -1, now = await count(); now !== before || now < 50;) {
    await page.waitForTimeout(2000);
    [before, now] = [now, await count()];
  }
  await page.close();
}
