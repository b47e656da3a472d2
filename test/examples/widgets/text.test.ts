import { text } from "../../../lib/widgets/text";
import { example } from "../example";

example(text, () => {
  const name = text({ label: "Name", placeholder: "who are you?" });
  name.value = "Ada";
  console.log(name.value); // Ada
});
