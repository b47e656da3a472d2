import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { openInteractionFile } from "../../../lib/recommend/interactionFile";
import { writeInteractionFile } from "../../../lib/recommend/writeInteractionFile";
import { example } from "../example";

example(openInteractionFile, async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "purchases-"));
  const purchases = { users: [0, 0, 1], items: [2, 4, 2] };
  await writeInteractionFile(path.join(folder, "purchases.bin"), [purchases]);
  const { rows, columns, length, negatives } = openInteractionFile(path.join(folder, "purchases.bin"));
  console.log(rows, columns, length, negatives); // 2 5 3 0
  fs.rmSync(folder, { recursive: true });
});
