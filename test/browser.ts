import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

/** Why browser tests are left out, or false: where ATELIER_NEED_BROWSER is set they fail instead. */
export const skip = executablePath || process.env.ATELIER_NEED_BROWSER ? false : "no Chromium here";

/** Starts this machine's Chromium without a window, with switches of its own. */
export function launchBrowser(switches: string[] = []): Promise<Browser> {
  const args = [...switches, "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];
  return chromium.launch({ executablePath, args });
}
