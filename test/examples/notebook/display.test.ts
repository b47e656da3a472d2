import { clearOutput, display } from "../../../lib/notebook/display";
import { example } from "../example";

example(display, () => {
  const forms = { "text/html": "<b>3</b> coats", "text/plain": "3 coats" };

  // A notebook shows the HTML; elsewhere the plain text goes to `log`.
  const lines: string[] = [];
  display(forms, { log: (text) => lines.push(text) });
  console.log(lines); // [ '3 coats' ]
});

example(clearOutput, () => {
  // Newton's way to the square root of 2.
  let root = 1;
  root = (root + 2 / root) / 2;
  console.log("step 1:", root.toFixed(4)); // step 1: 1.5000
  clearOutput({ wait: true }); // in a notebook the next line takes the place of the first
  root = (root + 2 / root) / 2;
  console.log("step 2:", root.toFixed(4)); // step 2: 1.4167
});
