import { findAdapter } from "./findAdapter";
import type { GpuAdapter } from "./webGpuParts";

/** A GPU, or what stands in for one, as WebGPU sees it. */
export interface Gpu {
  adapter: GpuAdapter;
  /** Its name, as its driver tells it. */
  name: string;
}

/**
 * The fastest GPU that WebGPU finds.
 *
 * @param env - read for `ATELIER_WEBGPU`; "software" takes an adapter that computes on the CPU, too
 * @throws Error that says why there is none
 */
export async function requestGpu(env: NodeJS.ProcessEnv = process.env): Promise<Gpu> {
  const adapter = await findAdapter();
  const name = nameOf(adapter);
  if (!(adapter.info.isFallbackAdapter ?? adapter.isFallbackAdapter)) return { adapter, name };
  if (env.ATELIER_WEBGPU === "software") return { adapter, name: `${name}, in software` };
  throw new Error(`WebGPU finds only ${name}, which computes on the CPU; ATELIER_WEBGPU=software takes it`);
}

/** A browser tells a page less than Node: often no more than the maker and the kind. */
function nameOf({ info: { vendor, architecture, device, description } }: GpuAdapter): string {
  const [told, kind] = [[device, description].filter(Boolean), [vendor, architecture].filter(Boolean)];
  return told.join(", ") || kind.join(" ") || "a GPU without a name";
}
