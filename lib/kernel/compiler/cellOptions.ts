import { dirname } from "path";
import type * as TypeScript from "typescript";
import type { FallbackFiles } from "../fallbackFiles";

type Options = TypeScript.CompilerOptions;

/** What a person's tsconfig.json decides for the cells too: how strictly they are checked, and their decorators and JSX. */
const RESPECTED = [
  ...["strict", "noImplicitAny", "strictNullChecks", "strictFunctionTypes", "strictBindCallApply"],
  ...["strictPropertyInitialization", "strictBuiltinIteratorReturn", "noImplicitThis", "useUnknownInCatchVariables"],
  ...["exactOptionalPropertyTypes", "noImplicitOverride", "noImplicitReturns", "noFallthroughCasesInSwitch"],
  ...["noPropertyAccessFromIndexSignature", "noUncheckedIndexedAccess", "checkJs"],
  ...["experimentalDecorators", "emitDecoratorMetadata", "useDefineForClassFields"],
  ...["jsx", "jsxFactory", "jsxFragmentFactory", "jsxImportSource"],
];

/** The options for cells in a folder: tslab's, and what the nearest tsconfig.json says of strictness, decorators and JSX. */
export function cellOptions(ts: typeof TypeScript, folder: string, fallback: FallbackFiles): Options {
  return {
    ...{ module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, esModuleInterop: true },
    ...{ target: ts.ScriptTarget.ES2024, lib: librariesHere() },
    ...{ newLine: ts.NewLineKind.LineFeed, inlineSourceMap: true, preserveConstEnums: true, resolveJsonModule: true },
    ...{ allowJs: true, checkJs: true, skipLibCheck: true, allowUnreachableCode: true, allowUnusedLabels: true },
    ...{
      experimentalDecorators: true,
      moduleDetection: ts.ModuleDetectionKind.Legacy,
      allowImportingTsExtensions: true,
      libReplacement: false, // nobody looks for other declarations of JavaScript's library at each start
    },
    ...{ noEmitOnError: false, noErrorTruncation: false, typeRoots: typeRootsFor(ts, folder, fallback) },
    ...jsxFor(ts, folder),
    ...ownOptions(ts, folder),
    noEmit: false,
  };
}

/** What this Node knows of JavaScript's library. Its syntax is ES2024's from Node 20 on. */
function librariesHere(): string[] {
  const major = Number(process.versions.node.split(".")[0]);
  const newer = ["lib.es2024.d.ts", "lib.esnext.array.d.ts", "lib.esnext.collection.d.ts", "lib.esnext.iterator.d.ts"];
  return [...(major >= 22 ? newer : ["lib.es2023.d.ts"]), "lib.esnext.disposable.d.ts"];
}

/** Types that count without an import: those beside the notebook, with Node's own where it has none. */
function typeRootsFor(ts: typeof TypeScript, folder: string, fallback: FallbackFiles): string[] {
  const own = ts.getEffectiveTypeRoots({}, { getCurrentDirectory: () => folder }) ?? [];
  const hasNode = own.some((root) => ts.sys.fileExists(`${root}/node/package.json`));
  return hasNode ? own : [...own, ...fallback.typeRoots];
}

/** JSX for React, or for Preact where only that is installed. */
function jsxFor(ts: typeof TypeScript, folder: string): Options {
  const has = (name: string) => ts.findConfigFile(folder, ts.sys.fileExists, `node_modules/${name}/package.json`);
  const jsxImportSource = !has("react") && has("preact") ? "preact" : "react";
  return { jsx: ts.JsxEmit.ReactJSX, jsxImportSource };
}

function ownOptions(ts: typeof TypeScript, folder: string): Options {
  const config = ts.findConfigFile(folder, ts.sys.fileExists);
  if (!config) return {};
  const { config: json } = ts.readConfigFile(config, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    { ...json, files: [], include: undefined },
    { ...ts.sys, readDirectory: () => [] },
    dirname(config),
  );
  const asked = Object.entries(options).filter(([name]) => RESPECTED.includes(name));
  return { checkJs: false, ...Object.fromEntries(asked) };
}
