/// <reference lib="dom" />

/**
 * Gives a function that has the service worker keep a part of the site, the first time it is called: with the first answer of a
 * kernel, or of the demo, so that their own start comes first.
 */
export function newSiteKeeper(part: "lessons" | "demo"): () => void {
  let isAsked = false;
  return () => {
    if (!isAsked) void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage(`keep ${part}`));
    isAsked = true;
  };
}
