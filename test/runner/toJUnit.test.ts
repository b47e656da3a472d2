import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunResult } from "../../lib/runner/runNotebook";
import type { CellResult } from "../../lib/runner/runState";
import { toJUnit } from "../../lib/runner/toJUnit";
import { toReport } from "../../lib/runner/toReport";

const error = {
  ename: "RangeError",
  evalue: 'no "<1>" & \u001b[31mred\u001b[0m\u0000\ud800\nmore',
  traceback: ["at <f>", "\u0007 at g"],
};
const cell = (number: number | null, rest: Partial<CellResult>): CellResult => {
  return { cell: number, id: `c${number}`, title: "A & B", status: "ok", seconds: 1.5, ...rest };
};
const result: RunResult = {
  ...{ status: "failed", file: "notebooks/01-a.ipynb", output: "out.ipynb", date: new Date(0), seconds: 3, cells: 2 },
  ...{ parameters: { epochs: 3, net: { deep: true } }, metrics: { winner: "relu" }, backend: "simd", reusedEpochs: 0 },
  error: { cell: 2, title: "A & B", ...error },
  results: [
    cell(1, {}),
    cell(2, { status: "failed", error }),
    cell(null, { status: "skipped", why: "tagged skip-execution", seconds: 0 }),
    cell(3, { status: "interrupted", error: { ename: "Interrupted", evalue: "stop", traceback: [] } }),
  ],
};

test("toReport() holds status, cells, parameters, metrics, versions and backend, and is JSON", () => {
  const report = toReport([result, { ...result, status: "ok", error: undefined, backend: undefined }], {
    node: "20.0.0",
  });
  assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  const [failed, fine] = report.notebooks;
  assert.deepEqual([report.version, report.status, report.versions.node], [1, "failed", "20.0.0"]);
  assert.deepEqual([failed.started, failed.backend, failed.error?.cell], ["1970-01-01T00:00:00.000Z", "simd", 2]);
  assert.deepEqual([fine.error, fine.backend, fine.html, fine.cells.length], [null, null, null, 4]);
  assert.equal(toReport([{ ...result, status: "ok" }]).status, "ok");
});

test("toJUnit() writes a suite a notebook and a case a cell, with failures, and only what XML can hold", () => {
  const xml = toJUnit(toReport([result]));
  assert.match(
    xml,
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="atelier" tests="4" failures="1" errors="1" skipped="1" time="3.000">/,
  );
  assert.match(xml, /<testsuite name="notebooks\/01-a" timestamp="1970-01-01T00:00:00" tests="4" /);
  assert.match(xml, /<property name="parameter.net" value="{&#34;deep&#34;:true}"\/>/);
  assert.match(xml, /<testcase classname="notebooks\/01-a" name="\[1\] A &#38; B" time="1.500"\/>/);
  const message = "no &#34;&#60;1&#62;&#34; &#38; red\ufffd\ufffd&#10;more";
  assert.ok(xml.includes(`<failure type="RangeError" message="${message}">at &#60;f&#62;\n\ufffd at g</failure>`), xml);
  assert.match(xml, /name="A &#38; B" time="0.000"><skipped message="tagged skip-execution"\/>/);
  assert.match(xml, /<error type="Interrupted" message="stop"\/>/);
});

test("toJUnit() tells of a kernel that never started", () => {
  const start = { cell: 0, title: "", ename: "KernelDeathError", evalue: "gone", traceback: ["gone"] };
  const xml = toJUnit(toReport([{ ...result, results: [], error: start }]));
  assert.match(xml, /tests="1" failures="0" errors="1"/);
  assert.match(xml, /name="start of the kernel"><error type="KernelDeathError" message="gone">gone<\/error>/);
});
