/// <reference lib="dom" />

const LONGEST = 20_000; // ms for a service worker to take the page over, where the browser lets it

/** Waits until the site's service worker serves this page: what a worker fetches is kept only where it started after that. */
export async function underServiceWorker(): Promise<void> {
  const { serviceWorker } = navigator;
  if (!serviceWorker || serviceWorker.controller) return;
  const taken = new Promise((resolve) => serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  await Promise.race([taken, new Promise((resolve) => setTimeout(resolve, LONGEST))]);
}
