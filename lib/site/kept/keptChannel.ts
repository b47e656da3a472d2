/// <reference lib="dom" />

/** Tells that a kept file is another one now, or gone. */
export interface KeptChange {
  path: string;
}

/** On which the kernels and pages of a site tell one another what has changed among its kept files. */
export function keptChannel(site: string): BroadcastChannel {
  return new BroadcastChannel(`atelier kept ${site}`);
}
