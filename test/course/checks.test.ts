import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { answerDigest } from "../../lib/course/answerDigest";
import { checkChoice } from "../../lib/course/checkChoice";
import { checkNumber, type NumberCheck } from "../../lib/course/checkNumber";
import { checkParts } from "../../lib/course/checkParts";
import { checkThat } from "../../lib/course/checkThat";

/** What a check returns, with what it prints after it. */
async function told(context: TestContext, check: () => number | Promise<number>): Promise<[number, string]> {
  const { mock } = context.mock.method(console, "log", () => {});
  const points = await check();
  const lines = mock.calls.map(({ arguments: [line] }) => String(line));
  mock.restore();
  return [points, lines.join("\n")];
}

test("checkNumber() says how far off an answer is, and never which number is right", async (context) => {
  const cases: [unknown, number, NumberCheck, [number, string]][] = [
    [100, 100, {}, [1, "1 of 1 point: right"]],
    [99, 100, {}, [1, "1 of 1 point: right"]],
    [98.9, 100, { points: 2 }, [0, "0 of 2 points: your answer is 1 % too low"]],
    [88, 100, {}, [0, "0 of 1 point: your answer is 12 % too low"]],
    [112, 100, {}, [0, "0 of 1 point: your answer is 12 % too high"]],
    [500, 100, {}, [0, "0 of 1 point: your answer is 5 times the right number"]],
    [0, 100, {}, [0, "0 of 1 point: your answer is 100 % too low"]],
    [-3, 100, {}, [0, "0 of 1 point: your answer is too low"]],
    [-88, -100, {}, [0, "0 of 1 point: your answer is 12 % too high"]],
    [100.2, 100, { tolerance: 0 }, [0, "0 of 1 point: your answer is less than 1 % too high"]],
    [0.2, 0, {}, [0, "0 of 1 point: your answer is too high"]],
    [0.2, 0, { within: 0.5 }, [1, "1 of 1 point: right"]],
    [undefined, 100, {}, [0, "0 of 1 point: there is no answer yet"]],
    [NaN, 100, {}, [0, "0 of 1 point: there is no answer yet"]],
    [Infinity, 100, {}, [0, "0 of 1 point: the answer is infinite; a finite number is wanted"]],
    ["100", 100, {}, [0, "0 of 1 point: the answer is a text; a number is wanted"]],
    [[100], 100, {}, [0, "0 of 1 point: the answer is a list; a number is wanted"]],
    [{ valueOf: () => 100 }, 100, {}, [0, "0 of 1 point: the answer is an object; a number is wanted"]],
  ];
  for (const [answer, wanted, options, expected] of cases)
    assert.deepEqual(await told(context, () => checkNumber(answer, wanted, options)), expected);
});

test("checkNumber() measures what a student made, which may fail", async (context) => {
  const check = (measure: () => number | Promise<number>) => told(context, () => checkNumber(7, measure));
  assert.deepEqual(await check(() => 7), [1, "1 of 1 point: right"]);
  assert.deepEqual(await check(async () => 7), [1, "1 of 1 point: right"]);
  assert.deepEqual(await check(() => NaN), [0, "0 of 1 point: what you made gives no finite number to compare with"]);
  const broken = () => {
    throw new TypeError("no model\nat all");
  };
  const [points, words] = await check(broken);
  assert.deepEqual([points, words], [0, "0 of 1 point: what you made cannot be measured (TypeError: no model)"]);
});

test("checkChoice() knows the right answer by its digest alone, whatever its case and outer spaces", async (context) => {
  const digest = answerDigest("Pooling", "ex");
  assert.match(digest, /^ex:[0-9a-f]{16}$/);
  assert.notEqual(digest.slice(3), answerDigest("Pooling", "other").slice(6));
  const check = (answer: unknown) => told(context, () => checkChoice(answer, digest, { choices: ["pooling", "b"] }));
  for (const right of ["pooling", " POOLING\n"]) assert.deepEqual(await check(right), [1, "1 of 1 point: right"]);
  assert.deepEqual(await check("b"), [0, "0 of 1 point: this is not the right answer"]);
  assert.deepEqual(await check("c"), [0, "0 of 1 point: the answer is not one of the choices pooling, b"]);
  assert.deepEqual(await check(""), [0, "0 of 1 point: there is no answer yet"]);
  assert.deepEqual(await check(undefined), [0, "0 of 1 point: there is no answer yet"]);
  assert.deepEqual(await check(["b"]), [0, "0 of 1 point: the answer is neither a text nor a number"]);
  const number = answerDigest(3, "ex");
  assert.deepEqual(await told(context, () => checkChoice(3, number, { points: 2 })), [2, "2 of 2 points: right"]);
});

test("checkParts() looks at every part, and keeps what fails or prints from costing another", async (context) => {
  const printed: string[] = [];
  context.mock.method(process.stdout, "write", (text: string) => printed.push(text) > 0);
  const earned = await told(context, () =>
    checkParts(
      [
        { is: "one", when: () => true },
        { is: "two", when: () => Promise.reject(new TypeError("no list\nat all")) },
        { is: "three", when: () => process.stderr.write("careful") },
      ],
      { points: 2 },
    ),
  );
  context.mock.restoreAll();
  assert.deepEqual(earned, [
    1.33,
    "  yes: one\n  no:  two (TypeError: no list)\n  yes: three\n1.33 of 2 points: 2 of 3 parts are right",
  ]);
  assert.deepEqual(printed, ["careful"]);
});

test("checkThat() gives all points or none", async (context) => {
  const check = (when: () => boolean) => told(context, () => checkThat("it holds", when, { points: 2 }));
  assert.deepEqual(await check(() => true), [2, "2 of 2 points: it holds"]);
  assert.deepEqual(await check(() => false), [0, "0 of 2 points: not yet so: it holds"]);
  const thrown = () => {
    throw "a text";
  };
  assert.deepEqual(await check(thrown), [0, "0 of 2 points: not yet so: it holds (it threw 'a text')"]);
});

test("the checks refuse what an author has got wrong", async () => {
  const refused = (check: () => unknown, message: string) =>
    assert.rejects(async () => check(), { name: "RangeError", message });
  await refused(() => checkNumber(1, NaN), "checkNumber(): wanted is NaN; give a finite number");
  await refused(() => checkNumber(1, 1, { tolerance: -1 }), "checkNumber(): tolerance is -1; give a number from 0");
  await refused(() => checkNumber(1, 1, { points: 0 }), "checkNumber(): points is 0; give a positive number");
  await refused(
    () => checkChoice("a", "a"),
    'checkChoice(): the digest is "a"; give what answerDigest(rightAnswer, salt) returns',
  );
  await refused(() => checkParts([]), "checkParts(): there are no parts; give at least one");
  await refused(
    () => answerDigest("a", "a:b"),
    'answerDigest(): the salt is "a:b"; give a text without a colon, such as the exercise\'s name',
  );
});
