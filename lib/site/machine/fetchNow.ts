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
  try {
    request.send();
  } catch {
    throw new Error(`${address} could not be fetched: the network is away and this file was not kept; do this once with the network`); // prettier-ignore
  }
  if (request.status !== 200)
    throw new Error(`${address} could not be fetched: status ${request.status}; is the site's folder whole?`);
  return new Uint8Array(request.response);
}
