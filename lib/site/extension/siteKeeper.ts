/// <reference lib="dom" />

/**
 * Gives a function that has the service worker keep the whole site, the first time it is called: with the first answer of a
 * kernel, so that the kernel's own start comes first.
 */
export function newSiteKeeper(): () => void {
  let isAsked = false;
  return () => {
    if (!isAsked) void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage("keep all"));
    isAsked = true;
  };
}
