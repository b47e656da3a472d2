/// <reference lib="dom" />

/**
 * Fetches bytes of the site while the worker waits: code of cells reads files at once, as in Node.
 *
 * @throws Error that says what could not be fetched, and the cure
 */
export function fetchNow(address: string): Uint8Array {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  request.responseType = "arraybuffer";
  const status = statusOf(request);
  if (status === 0 || status === AWAY)
    throw new Error(`${address} could not be fetched: the network is away and this file was not kept; do this once with the network`); // prettier-ignore
  if (status !== 200) throw new Error(`${address} could not be fetched: status ${status}; is the site's folder whole?`);
  return new Uint8Array(request.response);
}

/** What the site's service worker answers without a network. */
const AWAY = 504;

/** Sends a request and waits for its status; 0 where there is no answer. */
function statusOf(request: XMLHttpRequest): number {
  try {
    request.send();
  } catch {
    return 0;
  }
  return request.status;
}
