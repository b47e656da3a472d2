import { existsSync } from "node:fs";
import { type Browser, chromium, firefox } from "playwright-core";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const firefoxPath = ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find(existsSync);

/** Why browser tests are left out, or false: where ATELIER_NEED_BROWSER is set they fail instead. */
export const skip = executablePath || process.env.ATELIER_NEED_BROWSER ? false : "no Chromium here";

/** Why tests in Firefox are left out, or false. */
export const skipFirefox = firefoxPath ? false : "no Firefox here";

const SWITCHES = ["--no-sandbox", "--disable-quic", "--disable-background-networking"];

/** Starts this machine's Chromium without a window, with switches of its own. */
export function launchBrowser(switches: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...switches, "--disable-gpu", ...SWITCHES] });
}

/** Switches for WebGPU on SwiftShader, with which a canvas can be read, too. */
const SOFTWARE_GPU = [
  ...[
    "--enable-unsafe-webgpu",
    "--use-webgpu-adapter=swiftshader",
    "--use-angle=swiftshader",
    "--ignore-gpu-blocklist",
  ],
  ...["--enable-features=Vulkan", "--use-vulkan=swiftshader"],
];

/** Starts it with a GPU in software. */
export function launchWithGpu(): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...SOFTWARE_GPU, ...SWITCHES] });
}

/** Starts this machine's Firefox without a window, which Playwright drives by WebDriver BiDi. */
export async function launchFirefox(): Promise<Browser> {
  const browser = await firefox.launch({ executablePath: firefoxPath, channel: "moz-firefox" });
  leaveMediaAlone(browser);
  return browser;
}

/** What is used here of a browser inside Playwright. */
interface Inside {
  _connection: { toImpl(browser: Browser): { _browserSession: Session } };
}

interface Session {
  send(method: string, parameters: object): Promise<unknown>;
}

/** Playwright 1.65 sets a page's media features at once, by a command that Firefox 153 does not know. */
function leaveMediaAlone(browser: Browser): void {
  const session = (browser as unknown as Inside)._connection.toImpl(browser)._browserSession;
  const kind = Object.getPrototypeOf(session) as Session;
  const { send } = kind;
  kind.send = function (method, parameters) {
    return method === "emulation.setMediaFeaturesOverride" ? Promise.resolve({}) : send.call(this, method, parameters);
  };
}
