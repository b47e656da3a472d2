import * as path from "node:path";
import { projectRoot } from "../files";
import { newPath } from "./givenPath";
import { layProject } from "./project/layProject";
import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run new -- FOLDER

Lays out a small project of your own in a new folder, anywhere: a notebook that learns from a table, one that learns from
pictures, and data for both. This project's kernel runs them where they are.`;

/** `npm run new`: a project of one's own. */
export async function newProject(args: string[]): Promise<number> {
  const { positionals } = readArguments(args, { options: {}, allowPositionals: true }, HELP);
  const [given] = positionals;
  if (positionals.length !== 1)
    throw new UsageError(`One folder is wanted, ${positionals.length} were given. ${HELP.split("\n")[0]}`);
  const folder = newPath(given);
  const run = `npm --prefix "${projectRoot}" run notebook --`;
  const files = layProject(folder, { run });
  console.log(
    `${folder}: ${files.length} files. To run the first notebook:\n\n  npm run notebook -- "${path.join(folder, files[0])}" --html`,
  );
  return 0;
}
