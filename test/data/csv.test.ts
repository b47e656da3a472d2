import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCsv } from "../../lib/data/csv";
import { csvColumns, csvOf, randomBytes } from "./samples";

const images = randomBytes(3 * 784);
const labels = Uint8Array.of(9, 0, 3);
const text = csvOf(images, labels);
const expected = { images, labels, count: 3 };

/** The text with the field of a line (the header is line 1) and column (0 is the label) replaced. */
function withField(line: number, column: number, field: string): string {
  const lines = text.split("\n").map((row) => row.split(","));
  lines[line - 1][column] = field;
  return lines.map((row) => row.join(",")).join("\n");
}

test("parseCsv() reads Kaggle's form as text or bytes", () => {
  assert.deepEqual(parseCsv(text), expected);
  assert.deepEqual(parseCsv(Buffer.from(text)), expected);
});

test("parseCsv() takes CRLF, a byte order mark, quotes, and any or no line ends after the last row", () => {
  const quoted = text.replace(/[^,\n]+/g, '"$&"');
  const variants = [text.replace(/\n/g, "\r\n"), `\ufeff${text}`, quoted, quoted.replace(/\n/g, "\r\n")];
  for (const variant of [...variants, text.trimEnd(), `${text}\r\n\n`]) assert.deepEqual(parseCsv(variant), expected);
});

test("parseCsv() takes columns in any order", () => {
  const reversed = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(",").reverse().join(","))
    .join("\n");
  assert.deepEqual(parseCsv(reversed), expected);
});

test("parseCsv() of a header alone gives no images", () => {
  for (const header of [csvColumns.join(","), `${csvColumns.join(",")}\n`])
    assert.deepEqual(parseCsv(header), { images: new Uint8Array(0), labels: new Uint8Array(0), count: 0 });
});

test("parseCsv() names line and column of a field that is no integer", () => {
  for (const field of ["", "12a", "-1", "1.5", " 7", "'7'", '"7', '7"', '"7"8', "NaN"])
    assert.throws(() => parseCsv(withField(3, 12, field)), {
      name: "SyntaxError",
      message: `parseCsv(): line 3, column pixel12: got ${JSON.stringify(field)}, wanted an integer from 0 to 255`,
    });
  assert.throws(() => parseCsv(withField(4, 784, "x")), {
    message: 'parseCsv(): line 4, column pixel784: got "x", wanted an integer from 0 to 255',
  });
  assert.throws(() => parseCsv(text.replace("\n9,", "\n\n9,")), {
    name: "SyntaxError",
    message: 'parseCsv(): line 2, column label: got "", wanted an integer from 0 to 9',
  });
});

test("parseCsv() names line and column of a value out of range", () => {
  const refuse = (column: number, field: string, message: string) =>
    assert.throws(() => parseCsv(withField(2, column, field)), {
      name: "RangeError",
      message: `parseCsv(): ${message}`,
    });
  refuse(0, "10", "line 2, column label: got 10, wanted an integer from 0 to 9");
  refuse(1, "256", "line 2, column pixel1: got 256, wanted an integer from 0 to 255");
  refuse(784, '"999"', 'line 2, column pixel784: got "999", wanted an integer from 0 to 255');
  assert.throws(() => parseCsv(withField(2, 5, "9".repeat(500))), { name: "RangeError" });
  assert.equal(parseCsv(withField(2, 784, "255")).images[783], 255);
});

test("parseCsv() names the line that has too few or too many columns", () => {
  const lines = text.split("\n");
  const replaced = (line: string) => [lines[0], lines[1], line, lines[3]].join("\n");
  assert.throws(() => parseCsv(replaced(lines[2].split(",").slice(0, 300).join(","))), {
    name: "SyntaxError",
    message: "parseCsv(): line 3: got 300 columns, wanted 785 as in the header",
  });
  assert.throws(() => parseCsv(replaced(`${lines[2]},1`)), {
    name: "SyntaxError",
    message: "parseCsv(): line 3: got more than 785 columns, wanted 785 as in the header",
  });
  assert.throws(() => parseCsv(lines.slice(0, 3).join("\n").slice(0, -500)), {
    message: /^parseCsv\(\): line 3: got /,
  });
});

test("parseCsv() refuses a header that does not name every column once", () => {
  const refuse = (columns: string[], message: string) =>
    assert.throws(() => parseCsv([columns.join(","), ...text.split("\n").slice(1)].join("\n")), {
      name: "SyntaxError",
      message: `parseCsv(): line 1: got ${message}; the first line has to name the columns`,
    });
  const wanted = "wanted label and pixel1 to pixel784";
  refuse(["class", ...csvColumns.slice(1)], `a column "class", ${wanted}`);
  refuse([...csvColumns, "pixel785"], `a column "pixel785", ${wanted}`);
  refuse(["pixel0", ...csvColumns.slice(1)], `a column "pixel0", ${wanted}`);
  refuse(["x".repeat(99), ...csvColumns], `a column "${"x".repeat(40)}…", ${wanted}`);
  refuse(["pixel1", ...csvColumns.slice(1)], "the column pixel1 twice, wanted it once");
  refuse(csvColumns.slice(1), "784 columns, wanted 785; label is missing");
  refuse(csvColumns.slice(0, -1), "784 columns, wanted 785; pixel784 is missing");
  refuse(["x".repeat(70_000)], "a first line of 70000 characters, wanted a header of at most 65536");
  assert.throws(() => parseCsv(""), { name: "SyntaxError", message: /line 1: got a column ""/ });
});
