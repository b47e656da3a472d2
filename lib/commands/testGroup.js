// Runs test files in this process, each as a suite of its own, so that its hooks are for its own tests. The entry of a
// group (runTests.ts) calls it. What hangs is ended with a word: a test that never ends, and a process that something
// holds although its tests have ended.
"use strict";
const { after, before, describe } = require("node:test");
const { clearTimeout: cancel, setTimeout: later } = require("node:timers"); // before a test puts its own clock in place
const path = require("node:path");

/**
 * Times are in milliseconds: the longest that a file may take, and from the last test to the end of the process. The backend
 * computes on so many `threads` where ATELIER_THREADS says nothing; default one for each core.
 */
module.exports = function runGroup(folder, files, { longest, grace, threads }) {
  if (threads !== undefined) process.env.ATELIER_THREADS ??= threads;
  let left = files.length;
  for (const file of files)
    describe(file, () => {
      let limit;
      before(() => (limit = endAfter(longest, `${file} takes longer than ${longest / 1000} s`)));
      require(path.join(folder, file));
      after(() => {
        cancel(limit);
        if (--left === 0) endAfter(grace, "All its tests have ended, but the process goes on");
      });
    });
};

function endAfter(time, reason) {
  return later(() => {
    const open = process.getActiveResourcesInfo().join(", ") || "nothing";
    process.stderr.write(`${reason}: ended. What was open: ${open}.\n`, () => process.exit(1));
  }, time).unref();
}
