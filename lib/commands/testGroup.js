// Runs test files in this process, each as a suite of its own, so that its hooks are for its own tests. The entry of a
// group (runTests.ts) calls it. What hangs is ended with a word: a test that never ends, and a process that something
// holds although its tests have ended.
"use strict";
const { after, before, describe } = require("node:test");
const { setTimeout: later } = require("node:timers"); // as it is before a test puts its own clock in place
const path = require("node:path");

/** Times are in milliseconds: the longest that the group may take, and from the last test to the end of the process. */
module.exports = function runGroup(folder, files, { longest, grace }) {
  const running = new Set();
  let ended = 0;
  for (const file of files)
    describe(file, () => {
      before(() => void running.add(file));
      require(path.join(folder, file));
      after(() => {
        running.delete(file);
        if (++ended === files.length) endAfter(grace, () => "All its tests have ended, but the process goes on");
      });
    });
  endAfter(longest, () => `It takes longer than ${longest / 1000} s, and is at ${[...running].join(" and ")}`);
};

function endAfter(time, reason) {
  later(() => {
    const open = process.getActiveResourcesInfo();
    process.stderr.write(`${reason()}: ended. What was open: ${open.join(", ") || "nothing"}.\n`, () =>
      process.exit(1),
    );
  }, time).unref();
}
