import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { projectRoot, typeScriptLoader } from "../../../lib/files";
import { readers } from "./readers";
import { skip, softwareGpu } from "./softwareGpu";

const TOLERANCE = 1e-4;

/** What the readers make of their numbers on a backend, in a process of its own. */
async function numbersOn(backend: string): Promise<{ name: string; numbers: number[] }[]> {
  const code = `require("./test/compute/webgpu/readers").printAll()`;
  const env = { ...process.env, ...softwareGpu, ATELIER_BACKEND: backend };
  const options = { cwd: projectRoot, env, timeout: 240_000 };
  const { stdout } = await promisify(execFile)(process.execPath, ["-r", typeScriptLoader, "-e", code], options);
  const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
  return lines.map((line) => JSON.parse(line) as { name: string; numbers: number[] });
}

test("what reads tensors at once gives on WebGPU the numbers that it gives on simd", { skip }, async () => {
  const [found, expected] = await Promise.all(["webgpu", "simd"].map(numbersOn));
  assert.deepEqual(
    found.map(({ name }) => name),
    Object.keys(readers),
  );
  for (const [i, { name, numbers }] of found.entries()) {
    const wanted = expected[i].numbers;
    assert.ok(wanted.length > 0 && numbers.length === wanted.length, `${name}: ${numbers.length}, ${wanted.length}`);
    const apart = numbers.reduce((most, value, at) => Math.max(most, Math.abs(value - wanted[at])), 0);
    assert.ok(apart <= TOLERANCE, `${name}: ${apart} apart`);
  }
});
