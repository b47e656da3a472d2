import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { toSVG } from "../../lib/chart/toSVG";
import { elementsOf, figures } from "./samples";

/** Pictures are left out: their bytes depend on the version of zlib (see png.test.ts). */
const withoutPictures = (text: string) => text.replace(/data:image\/png;base64,[\w+/=]+/g, "data:");

/** Compares with the stored copy; UPDATE_FIGURES=1 stores it anew, to be looked at before it is committed. */
function sameAsStored(file: string, text: string): void {
  const path = join(__dirname, "../fixtures/charts", file);
  if (process.env.UPDATE_FIGURES) writeFileSync(path, text);
  assert.equal(text, readFileSync(path, "utf8").replace(/\r\n/g, "\n"));
}

for (const [name, figure] of Object.entries(figures)) {
  test(`${name}() makes the stored figure`, () => {
    sameAsStored(`${name}.json`, withoutPictures(JSON.stringify(figure, null, 1)) + "\n");
  });

  test(`toSVG() draws ${name}() as the stored picture`, () => {
    const svg = toSVG(figure);
    assert.equal(elementsOf(svg)[0], "svg");
    sameAsStored(`${name}.svg`, withoutPictures(svg).replace(/></g, ">\n<") + "\n");
  });

  test(`${name}() is plain data that survives JSON`, () => {
    assert.deepEqual(JSON.parse(JSON.stringify(figure)), figure);
  });
}
