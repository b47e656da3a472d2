import { PROTOCOL } from "./protocol";

/** What differs from one kernel to another. */
export interface KernelParts {
  /** Versions. */
  tslab: string;
  typescript: string;
  /** What it runs on, in words. */
  platform: string;
  /** The protocol's optional features. */
  features: string[];
}

/** What a kernel says of itself. */
export function describeKernel({ tslab, typescript, platform, features }: KernelParts): Record<string, unknown> {
  return {
    status: "ok",
    protocol_version: PROTOCOL,
    implementation: "tslab",
    implementation_version: tslab,
    language_info: {
      name: "typescript",
      version: typescript,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: "typescript",
      nbconvert_exporter: "script",
    },
    banner: `TypeScript ${typescript} on ${platform} (tslab ${tslab}, hardened)`,
    help_links: [
      { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
      { text: "Node.js", url: "https://nodejs.org/docs/latest/api/" },
      { text: "tslab", url: "https://github.com/yunabe/tslab" },
    ],
    debugger: features.includes("debugger"), // as older clients ask
    supported_features: features,
  };
}
