import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { buildDataset } from "../../../lib/recommend/dataset";
import { writeInteractionFile } from "../../../lib/recommend/writeInteractionFile";
import { example } from "../example";

example(writeInteractionFile, async () => {
  // In the place of a database: purchases as they come, one by one or many at once.
  async function* purchases() {
    yield ["Ann", "tent"] as const;
    yield { users: ["Bob", "Ann"], items: ["tent", "rope"] };
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "purchases-"));
  const dataset = buildDataset();
  const file = await writeInteractionFile(path.join(folder, "purchases.bin"), purchases(), { dataset });
  console.log(file.rows, file.columns, file.length); // 2 2 3
  console.log(dataset.users.ids, dataset.items.ids); // [ 'Ann', 'Bob' ] [ 'tent', 'rope' ]
  fs.rmSync(folder, { recursive: true });
});
