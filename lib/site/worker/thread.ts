/// <reference lib="dom" />
import threads from "../machine/threadData";

// A thread of the library's kernels: the first message is its `workerData`.

self.onmessage = ({ data }) => {
  threads.workerData = data;
  require("../../threads/worker.js"); // oxlint-disable-line typescript/no-require-imports
};
