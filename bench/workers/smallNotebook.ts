import { join } from "node:path";
import type { Project } from "../../test/commands/project";
import { code } from "../../test/runner/samples";

const WORK = `import { record } from "./lib/notebook/record";
import { seededRandom } from "./lib/random";
await new Promise((resolve) => setTimeout(resolve, 2000));
const random = seededRandom(seed);
record("mean", Array.from({ length: 1000 }, () => random.uniform()).reduce((sum, value) => sum + value) / 1000);`;

/** Writes a notebook that takes two seconds, most of them without work; gives its path from the project's folder. */
export function writeSmallNotebook(project: Project): string {
  const name = join("notebooks", "small.ipynb");
  project.writeNotebook(name, [code("const seed: number = 1; // 1 to 1000", "parameters"), code(WORK)]);
  return name;
}
