import { existsSync } from "node:fs";
import { dirname } from "node:path";

/** SwiftShader, a GPU in software, as Debian's and Ubuntu's packages of Chromium bring it. */
const DRIVERS = ["/usr/lib/chromium/vk_swiftshader_icd.json", "/usr/lib/chromium-browser/vk_swiftshader_icd.json"];

const driver = DRIVERS.find(existsSync);

/** Why tests of slow backends are left out, or false: plain JavaScript and a GPU in software take minutes. */
export const skipSlow = !process.env.ATELIER_NEED_BACKENDS && "ATELIER_NEED_BACKENDS=1 runs it";

/** Why tests on WebGPU are left out, or false. */
export const skip = skipSlow || (!driver && "no SwiftShader here, which comes with Chromium");

/** The variables with which a process finds no GPU but SwiftShader; it is refused without `ATELIER_WEBGPU`. */
export const swiftShader: Record<string, string> = driver
  ? { VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: dirname(driver) }
  : {};

/** The same, and it is taken. */
export const softwareGpu = { ...swiftShader, ATELIER_WEBGPU: "software" };
