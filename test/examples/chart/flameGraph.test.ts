import { flameGraph } from "../../../lib/chart/flameGraph";
import { example } from "../example";

example(flameGraph, () => {
  const step = { name: "step", kind: "file" as const, total: 600, self: 600, children: [] };
  const cell = { name: "cell 1", kind: "cell" as const, total: 800, self: 200, children: [step] };
  const [, files] = flameGraph([cell]).data;
  console.log(files.name); // your files
  console.log(files.hovertext); // [ '<b>step</b><br>600.0 ms (75.0 %), 600.0 ms in itself' ]
});
