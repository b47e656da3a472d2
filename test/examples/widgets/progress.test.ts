import { progress } from "../../../lib/widgets/progress";
import { example } from "../example";

example(progress, () => {
  const bar = progress({ label: "Pictures", max: 3 });
  ["shirt", "coat"].forEach(() => (bar.value += 1));
  console.log(bar.value); // 2
});
