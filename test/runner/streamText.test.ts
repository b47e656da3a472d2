import assert from "node:assert/strict";
import { test } from "node:test";
import { lastLine, newStreamText, withoutColours } from "../../lib/runner/streamText";

function printed(...chunks: string[]): string {
  const stream = newStreamText();
  for (const chunk of chunks) stream.append(chunk);
  return stream.text();
}

test("newStreamText() begins a line anew at a carriage return, in one chunk or in many", () => {
  assert.equal(printed("a\nstep 1\rstep 2\rstep 3\nb"), "a\nstep 3\nb");
  assert.equal(printed("a\n", "\rstep 1", "\rstep 2", "\r", "step 3", "\n", "b"), "a\nstep 3\nb");
});

test("newStreamText() keeps a line whose carriage return is the last thing printed", () => {
  assert.equal(printed("done 100 %\r"), "done 100 %\r");
  assert.equal(printed("done 100 %\r", "\n"), "done 100 %\n");
  assert.equal(printed("one\r\ntwo\r\r\n"), "one\ntwo\n");
});

test("newStreamText() takes characters away at backspaces, and none beyond the line's start", () => {
  assert.equal(printed("abc\b\bX"), "aX");
  assert.equal(printed("a\n\b\bb", "\b\bc"), "a\nc");
});

test("newStreamText() goes on after it was read, and tells its end", () => {
  const stream = newStreamText("a\n1");
  assert.equal(stream.text(), "a\n1");
  stream.append("\r2");
  assert.deepEqual([stream.text(), stream.tail()], ["a\n2", "a\n2"]);
  stream.append("\n" + "x".repeat(5000) + "\nlast");
  assert.equal(stream.tail(), "x".repeat(999) + "\nlast");
});

test("newStreamText() takes a hundred thousand lines in no time worth seeing", () => {
  const stream = newStreamText();
  const start = Date.now();
  for (let line = 0; line < 100_000; line++) stream.append(`line ${line}\n`);
  assert.equal(stream.text().length, 1_088_890);
  assert.ok(Date.now() - start < 2000);
});

test("lastLine() is the last line with something on it, without colours", () => {
  assert.equal(lastLine("one\n  \u001b[32mtwo\u001b[39m \n\n"), "two");
  assert.equal(lastLine("10 %\r20 %\r"), "20 %");
  assert.equal(lastLine(" \n"), "");
});

test("withoutColours() removes colours, cursor moves and titles", () => {
  assert.equal(withoutColours("\u001b[1;31mred\u001b[0m\u001b[2K\u001b[1A\u001b]0;title\u0007."), "red.");
});
