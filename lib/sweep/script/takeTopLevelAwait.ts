import { realpathSync } from "node:fs";
import { wrap } from "node:module";
import { Script } from "node:vm";

/** A module as Node's own loaders know it. */
type Loadable = NodeJS.Module & { _compile(code: string, file: string): unknown };

/**
 * Lets one TypeScript file have `await` outside of functions, as ES modules do, though it is loaded as CommonJS. It ends
 * with Node's exit code 13 where such an `await` never ends.
 */
export function takeTopLevelAwait(script: string): void {
  const { extensions } = require;
  const { ".ts": load } = extensions;
  extensions[".ts"] = (module, file) => {
    const own = module as Loadable;
    const { _compile: compile } = own;
    if (realpathSync(file) === realpathSync(script))
      own._compile = (code, name) => compile.call(own, isWhole(code) ? code : inAsync(code), name);
    load!(module, file);
  };
}

const UNSETTLED = 13;

/** Whether a file's text is a module without an `await` at its top, or one that cannot be helped. */
function isWhole(code: string): boolean {
  return compiles(code) || !compiles(inAsync(code));
}

function compiles(code: string): boolean {
  try {
    return Boolean(new Script(wrap(code)));
  } catch {
    return false;
  }
}

/** On the same lines, so that errors are where they were. */
function inAsync(code: string): string {
  const [before, after] = [
    `process.exitCode = ${UNSETTLED};`,
    `if (process.exitCode === ${UNSETTLED}) process.exitCode = 0;`,
  ];
  return `${before} (async () => {${code}\n})().then(() => { ${after} });`;
}
