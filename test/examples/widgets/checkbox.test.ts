import { checkbox } from "../../../lib/widgets/checkbox";
import { example } from "../example";

example(checkbox, () => {
  const augment = checkbox({ label: "Augment the pictures", value: true });
  console.log(augment.value); // true
});
