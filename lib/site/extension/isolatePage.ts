/// <reference lib="dom" />

const TRIED = "atelier.isolated";

/**
 * Loads the page once more where its host sets no headers for threads, but the site's service worker has come to set them.
 * Where that does not help, training runs on one thread.
 */
export async function isolatePage(): Promise<void> {
  if (globalThis.crossOriginIsolated || !navigator.serviceWorker || sessionStorage.getItem(TRIED)) return;
  await navigator.serviceWorker.ready;
  sessionStorage.setItem(TRIED, "yes");
  location.reload();
}
