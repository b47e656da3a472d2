import assert from "node:assert/strict";
import { test } from "node:test";
import { foreignName, withCellAdvice } from "../../lib/kernel/foreignCommand";

test("advice of the compiler to change an option that cells do not take gives way to what holds for cells", () => {
  const property = "Property 'groupBy' does not exist on type 'ObjectConstructor'.";
  const library =
    "Do you need to change your target library? Try changing the 'lib' compiler option to 'es2024' or later.";
  const known = `Cells know JavaScript's library as Node ${process.versions.node} has it.`;
  assert.equal(withCellAdvice(`${property} ${library}`), `${property} ${known}`);
  const page =
    "Property 'x' does not exist on type 'EventTarget'. Try changing the 'lib' compiler option to include 'dom'.";
  assert.match(
    withCellAdvice(page),
    /^Property 'x' does not exist on type 'EventTarget'\. Cells run in Node, where there/,
  );
  const plain = "Type 'string' is not assignable to type 'number'.";
  assert.equal(withCellAdvice(plain), plain);
});

test("a decorator of ECMAScript's kind is told how cells take it", () => {
  const head = (kind: string) => `Unable to resolve signature of ${kind} decorator when called as an expression.\n  `;
  const older = [
    `${head("method")}Argument of type 'string' is not assignable to parameter of type 'ClassMethodDecoratorContext<unknown>'.`,
    `${head("class")}The runtime will invoke the decorator with 1 arguments, but the decorator expects 2.`,
    `${head("property")}Argument of type 'F' is not assignable to parameter of type 'undefined'.`,
  ];
  for (const message of older)
    assert.match(
      withCellAdvice(message),
      /\nCells have decorators of the older kind\. .*"experimentalDecorators": false/,
    );
  const other = `${head("method")}Argument of type 'D' is not assignable to parameter of type 'number'.`;
  assert.equal(withCellAdvice(other), other);
});

test("names of pages and of other languages are told what stands here for them", () => {
  assert.match(foreignName("Cannot find name 'navigator'.")!, /no page/);
  assert.match(foreignName("Cannot find name 'XMLHttpRequest'.")!, /fetch/);
  assert.match(foreignName("print is not defined")!, /console\.log/);
  assert.equal(foreignName("Cannot find name 'constructor'."), undefined);
});
