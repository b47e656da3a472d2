import type { Answers } from "./mutations";

/** Answers to the exercises of lesson 02. */
export const LESSON_02_ANSWERS: Answers = {
  ids: ["recall-02", "change-02", "build-02"],
  wrong: 'sameSize = "c";',
  half: "widerAccuracy *= 0.88;",
  oneThird: `function topTwo(probabilities: Float32Array, labels: Uint8Array): number {
  let right = 0;
  labels.forEach((label, row) => {
    const ten = probabilities.subarray(row * 10, row * 10 + 10);
    if (ten[label] === Math.max(...ten)) right++;
  });
  return right / labels.length;
}`,
  visible: `function topTwo(probabilities: Float32Array, labels: Uint8Array): number {
  const ten = probabilities.subarray(0, 10);
  return ten.filter((value) => value > ten[labels[0]]).length < 2 ? 1 : 0;
}`,
  head: "function topTwo(probabilities: Float32Array, labels: Uint8Array): number {",
};
