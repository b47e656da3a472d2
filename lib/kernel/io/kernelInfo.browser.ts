import { version as tslab } from "tslab/package.json";
import { version as typescript } from "typescript/package.json";
import type * as node from "./kernelInfo";
import { describeKernel } from "./describeKernel";

// The browser's side of `kernelInfo.ts`: no debugger, and no Node.

export const kernelInfo: typeof node.kernelInfo = () => describeKernel({ tslab, typescript, platform: "a browser", features: ["kernel subshells"] }); // prettier-ignore
