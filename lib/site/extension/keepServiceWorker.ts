/// <reference lib="dom" />

/**
 * Has JupyterLite leave the site's service worker as it is. On the second visit JupyterLite takes it for an old one, removes it and
 * registers it anew; without a network Firefox cannot do that, and no kernel starts. A new build's one replaces it by itself.
 */
export function keepServiceWorker(): void {
  if (navigator.serviceWorker) navigator.serviceWorker.getRegistrations = async () => [];
}
