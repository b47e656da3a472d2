import assert from "node:assert/strict";
import { test } from "node:test";
import { appendStreamText, lastLine, withoutColours } from "../../lib/runner/streamText";

const printed = (...chunks: string[]) => chunks.reduce(appendStreamText, "");

test("appendStreamText() begins a line anew at a carriage return, in one chunk or in many", () => {
  assert.equal(printed("a\nstep 1\rstep 2\rstep 3\nb"), "a\nstep 3\nb");
  assert.equal(printed("a\n", "\rstep 1", "\rstep 2", "\r", "step 3", "\n", "b"), "a\nstep 3\nb");
});

test("appendStreamText() keeps a line whose carriage return is the last thing printed", () => {
  assert.equal(printed("done 100 %\r"), "done 100 %\r");
  assert.equal(printed("done 100 %\r", "\n"), "done 100 %\n");
  assert.equal(printed("one\r\ntwo\r\r\n"), "one\ntwo\n");
});

test("appendStreamText() takes characters away at backspaces, and none beyond the line's start", () => {
  assert.equal(printed("abc\b\bX"), "aX");
  assert.equal(printed("a\n\b\bb", "\b\bc"), "a\nc");
});

test("lastLine() is the last line with something on it, without colours", () => {
  assert.equal(lastLine("one\n  \u001b[32mtwo\u001b[39m \n\n"), "two");
  assert.equal(lastLine("10 %\r20 %\r"), "20 %");
  assert.equal(lastLine(" \n"), "");
});

test("withoutColours() removes colours, cursor moves and titles", () => {
  assert.equal(withoutColours("\u001b[1;31mred\u001b[0m\u001b[2K\u001b[1A\u001b]0;title\u0007."), "red.");
});
