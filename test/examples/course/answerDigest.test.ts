import { answerDigest } from "../../../lib/course/answerDigest";
import { example } from "../example";

example(answerDigest, () => {
  console.log(answerDigest("Pooling", "layer-05")); // layer-05:6f112c346d923943
});
