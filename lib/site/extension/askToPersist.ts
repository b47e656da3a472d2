/// <reference lib="dom" />
import { keptChannel } from "../kept/keptChannel";

/**
 * Asks the browser, once a kernel has kept a first file, not to clear the site's storage where the disk gets full
 * (https://storage.spec.whatwg.org). Some browsers ask the person.
 */
export function askToPersist(site: string): void {
  const channel = keptChannel(site);
  channel.onmessage = () => {
    channel.close();
    void navigator.storage.persist?.();
  };
}
