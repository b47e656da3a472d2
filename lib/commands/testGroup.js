// Runs test files in this process, each as a suite of its own, so that its hooks are for its own tests. The entry of a
// group (runTests.ts) calls it.
"use strict";
const { describe } = require("node:test");
const path = require("node:path");

module.exports = function runGroup(folder, files) {
  for (const file of files) describe(file, () => require(path.join(folder, file)));
};
