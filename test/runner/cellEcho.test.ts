import assert from "node:assert/strict";
import { test } from "node:test";
import { newCellEcho } from "../../lib/runner/cellEcho";
import { type Message, newRequest } from "../../lib/runner/wire";

const message = (type: string, content: Record<string, unknown>) => newRequest("kernel", type, content);
const print = (text: string, name = "stdout") => message("stream", { name, text });
const show = (plain: string, transient = {}) => message("display_data", { data: { "text/plain": plain }, transient });

function echoed(messages: Message[], limits = {}): string[] {
  const lines: string[] = [];
  const echo = newCellEcho((line) => lines.push(line), limits);
  messages.forEach(echo.onMessage);
  echo.end();
  return lines;
}

test("newCellEcho() writes lines as they become complete, each stream by itself, carriage returns applied", () => {
  const lines: string[] = [];
  const echo = newCellEcho((line) => lines.push(line));
  echo.onMessage(print("10 %\r20 %\r"));
  echo.onMessage(print("careful\n", "stderr"));
  assert.deepEqual(lines, ["careful"]);
  echo.onMessage(print("100 %\nab\bc\r\nhalf"));
  assert.deepEqual(lines, ["careful", "100 %", "ac"]);
  echo.end();
  assert.deepEqual(lines, ["careful", "100 %", "ac", "half"]);
});

test("newCellEcho() shows results and displays in their plain form, but none that changes", () => {
  const result = message("execute_result", { data: { "text/plain": "42" } });
  const live = show("epoch 1 of 3", { display_id: "x" });
  assert.deepEqual(echoed([print("open "), show("a\nb\n"), live, result, message("status", {})]), [
    "open ",
    "a",
    "b",
    "42",
  ]);
});

test("newCellEcho() keeps back what is too much, and says how much", () => {
  const many = Array.from({ length: 7 }, (_, line) => `${line}\n`).join("");
  assert.deepEqual(echoed([print(many)], { most: 3 }), ["0", "1", "2", "… 4 more lines, which are in the notebook"]);
  assert.deepEqual(echoed([show(many)], { mostOfDisplay: 2 }), ["0", "1", "… 5 more lines"]);
  assert.deepEqual(echoed([print("abcdef\n")], { longest: 3 }), ["abc …"]);
});
