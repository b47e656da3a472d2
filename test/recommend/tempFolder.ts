import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { TestContext } from "node:test";

/** A new folder, which is removed when the test is over. */
export function tempFolder(context: TestContext): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "recommender-"));
  context.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}
