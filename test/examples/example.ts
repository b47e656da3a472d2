import assert from "node:assert/strict";
import { test } from "node:test";
import { format } from "node:util";
import ts from "typescript";
import { readExamples } from "../../lib/kernel/readExamples";

/** The examples of a test file, and the next of each function in it. */
const known = new Map<string, ReturnType<typeof readExamples>>();

/**
 * An example of a function, which stands on its page of the reference too (lib/kernel/readExamples.ts). It must print
 * what the comments behind its calls of `console.log`, `record`, `table`, `interact` and the checks say, apart from spaces and line ends, and at least one
 * line.
 */
export function example(of: (...all: never[]) => unknown, run: () => void | Promise<void>): void {
  const { name } = of;
  const file = callerFile();
  const examples = known.get(file) ?? readExamples(ts, file);
  known.set(file, examples);
  const place = examples.findIndex((found) => found.name === name);
  assert.ok(place >= 0, `${file} has no example of ${name}() at its top, under its own name`);
  const [{ printed }] = examples.splice(place, 1);
  test(`example: ${name}()`, async (context) => {
    const lines: string[] = [];
    context.mock.method(console, "log", (...values: unknown[]) => void lines.push(oneLine(format(...values))));
    await run();
    assert.deepEqual(lines, printed.map(oneLine));
    assert.ok(lines.length > 0, "an example shows what comes out");
  });
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

function callerFile(): string {
  const line = new Error().stack!.split("\n")[3];
  return /\(?(?:file:\/\/)?([^()]+?):\d+:\d+\)?$/.exec(line.replace(/^\s*at (?:.* \()?/, ""))![1];
}
