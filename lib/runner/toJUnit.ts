import { withoutColours } from "./streamText";
import type { Report } from "./toReport";

type NotebookReport = Report["notebooks"][number];
type CellReport = NotebookReport["cells"][number];

/**
 * A report as JUnit's XML, which build servers read: a test suite for each notebook, a test case for each cell, where an
 * error of a cell is a failure and what stopped before any cell is an error.
 */
export function toJUnit({ notebooks }: Report): string {
  const suites = notebooks.map(toSuite);
  const sum = (name: "tests" | "failures" | "errors" | "skipped" | "time") =>
    suites.reduce((total, { counts }) => total + counts[name], 0);
  const counts = { tests: sum("tests"), failures: sum("failures"), errors: sum("errors"), skipped: sum("skipped") };
  const root = attributes({ name: "atelier", ...counts, time: sum("time").toFixed(3) });
  const body = suites.map(({ xml }) => xml).join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${root}>\n${body}\n</testsuites>\n`;
}

function toSuite(notebook: NotebookReport) {
  const { file, started, seconds, cells, error } = notebook;
  const name = file.replace(/\.ipynb$/, "");
  const cases = cells.map((cell) => toCase(cell, name));
  const isBefore = error !== null && error.cell === 0;
  if (isBefore)
    cases.unshift(element("testcase", { classname: name, name: "start of the kernel" }, failure("error", error)));
  const counts = {
    tests: cases.length,
    failures: cells.filter(({ status }) => status === "failed").length,
    errors: cells.filter(({ status }) => status === "interrupted").length + Number(isBefore),
    skipped: cells.filter(({ status }) => status === "skipped").length,
    time: seconds,
  };
  const { time, ...numbers } = counts;
  const facts = { name, timestamp: started.slice(0, 19), ...numbers, time: time.toFixed(3) };
  return { counts, xml: element("testsuite", facts, [properties(notebook), ...cases].join("\n")) };
}

function toCase({ cell, title, status, seconds, why = "", error }: CellReport, classname: string): string {
  const name = cell === null ? title : `[${cell}] ${title}`;
  const body = status === "skipped" ? element("skipped", { message: why }) : error ? failure(tagOf(status), error) : "";
  return element("testcase", { classname, name, time: seconds.toFixed(3) }, body);
}

function tagOf(status: CellReport["status"]): string {
  return status === "interrupted" ? "error" : "failure";
}

function failure(tag: string, { ename, evalue, traceback }: NonNullable<CellReport["error"]>): string {
  return element(tag, { type: ename, message: evalue }, escapeXML(traceback.join("\n")));
}

function properties({ parameters, metrics, backend }: NotebookReport): string {
  const named = (kind: string, values: object) =>
    Object.entries(values).map(([name, value]) => ({ name: `${kind}.${name}`, value: asText(value) }));
  const list = [
    ...named("parameter", parameters),
    ...named("metric", metrics),
    ...named("run", backend ? { backend } : {}),
  ];
  return element("properties", {}, list.map((property) => element("property", property)).join("\n"));
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}

function element(tag: string, values: Record<string, string | number>, body = ""): string {
  const start = [tag, attributes(values)].filter(Boolean).join(" ");
  return body === "" ? `<${start}/>` : `<${start}>${body}</${tag}>`;
}

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXML(String(value)).replace(/\n/g, "&#10;")}"`)
    .join(" ");
}

/** Text without colours and without what XML 1.0 cannot hold, half of a surrogate pair among it. */
function escapeXML(text: string): string {
  return withoutColours(text)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
