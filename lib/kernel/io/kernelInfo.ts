import { createRequire } from "module";
import { PROTOCOL } from "./wireMessage";

/** What the kernel says of itself. Versions are read, nothing is loaded: a client hears this first. */
export function kernelInfo(): Record<string, unknown> {
  const fromTslab = createRequire(require.resolve("tslab/package.json"));
  const tslab: string = fromTslab("./package.json").version;
  const typescript: string = createRequire(__filename)("typescript/package.json").version;
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
    banner: `TypeScript ${typescript} on Node ${process.versions.node} (tslab ${tslab}, hardened)`,
    help_links: [
      { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
      { text: "Node.js", url: "https://nodejs.org/docs/latest/api/" },
      { text: "tslab", url: "https://github.com/yunabe/tslab" },
    ],
    debugger: true, // as older clients ask
    supported_features: ["debugger", "kernel subshells"],
  };
}
