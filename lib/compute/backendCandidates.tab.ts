import { type BackendCandidate, cpu, simd, webgpu } from "./backendCandidate";
import { whyNotGpu } from "./whyNotGpu";

/** The backends of a browser's tab, from the best to the last resort: the GPU where it trains faster than the CPU. */
export const backendCandidates: BackendCandidate[] = [{ ...webgpu, refusal: whyNotGpu }, simd, cpu];
