import { upload } from "../../../lib/widgets/upload";
import { example } from "../example";

example(upload, () => {
  const photo = upload({ label: "Your photo", accept: "image/*" });
  // In a cell, `const [file] = await photo.next()` waits for one; its content is `file.bytes`.
  console.log(photo.value); // []
});
