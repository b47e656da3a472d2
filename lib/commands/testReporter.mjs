// What Node's test runner prints, with the slowest files before its summary. A module of JavaScript: the runner loads it
// without the TypeScript loader.
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { spec } from "node:test/reporters";

const SHOWN = 10;

export default async function* report(events) {
  const printer = new spec();
  const files = [];
  let hasSummary = false;
  for await (const event of events) {
    const { type, data } = event;
    const isResult = type === "test:pass" || type === "test:fail";
    if (isResult && data.nesting === 0 && data.name.endsWith(".test.ts"))
      files.push({ name: data.name, seconds: data.details.duration_ms / 1000, passed: type === "test:pass" });
    if (type === "test:diagnostic" && data.nesting === 0 && /^tests \d/.test(data.message) && !hasSummary) {
      hasSummary = true;
      yield slowest(files);
      keepRecord(files);
    }
    printer.write(event);
    yield* printed(printer);
  }
  printer.end();
  for await (const text of printer) yield text;
}

function* printed(printer) {
  for (let text = printer.read(); text !== null; text = printer.read()) yield text;
}

function slowest(files) {
  if (files.length <= SHOWN) return "";
  const shown = files.sort((a, b) => b.seconds - a.seconds).slice(0, SHOWN);
  const lines = shown.map(({ name, seconds }) => `  ${seconds.toFixed(1).padStart(5)} s  ${name}\n`);
  return `\nThe slowest of ${files.length} files:\n${lines.join("")}\n`;
}

// For `npm test -- --changed`, which looks for tests that take less than a minute, and `npm test -- --failed`.
function keepRecord(files) {
  const folder = process.env.ATELIER_TEST_RECORD;
  if (!folder) return;
  const seconds = read(path.join(folder, "seconds.json"));
  for (const file of files) seconds[slashed(file)] = file.seconds;
  fs.mkdirSync(folder, { recursive: true });
  write(path.join(folder, "seconds.json"), seconds);
  write(path.join(folder, "passed.json"), files.filter(({ passed }) => passed).map(slashed)); // prettier-ignore
}

function slashed({ name }) {
  return name.replace(/\\/g, "/");
}

function write(file, content) {
  const draft = `${file}.${process.pid}.part`;
  fs.writeFileSync(draft, JSON.stringify(content));
  fs.renameSync(draft, file);
}

function read(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}
