import * as fs from "node:fs";
import * as path from "node:path";
import { kernelInfo } from "../../kernel/io/kernelInfo";
import { formatNotebook } from "../../runner/formatNotebook";
import { KERNELSPEC } from "../../runner/notebook";
import { UsageError } from "../usage";
import { flowers, type SampleFile, shapes } from "./sampleData";
import { cellsOf, templates } from "./templates";

/** The command that runs a notebook of the project, and the package that has it, where it comes out of one. */
export interface ProjectKernel {
  /** As in "npx atelier-kernel run". */
  run: string;
  dependency?: { name: string; version: string };
}

const metadata = () => ({ kernelspec: KERNELSPEC, language_info: kernelInfo().language_info });

/**
 * Lays out a project: a notebook that learns from a table, one that learns from pictures, and small data for both.
 *
 * @param folder - made if it is not there
 * @returns the files, from the folder
 * @throws UsageError when something lies in the folder already
 */
export function layProject(folder: string, { run, dependency }: ProjectKernel): string[] {
  checkNew(folder);
  const files: SampleFile[] = [
    ...templates.map((template) => ({
      name: `${template.name}.ipynb`,
      content: formatNotebook({ cells: cellsOf(template), metadata: metadata(), nbformat: 4, nbformat_minor: 5 }),
    })),
    flowers(),
    ...shapes(),
    { name: "package.json", content: packageJson(folder, dependency) },
    { name: "README.md", content: readme(run) },
    { name: ".gitignore", content: "node_modules/\n*.out.ipynb\n*.out.html\n.ipynb_checkpoints/\n" },
  ];
  for (const { name, content } of files) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return files.map(({ name }) => name);
}

function checkNew(folder: string): void {
  if (!fs.existsSync(folder)) return;
  if (!fs.statSync(folder).isDirectory()) throw new UsageError(`${folder} is a file; give the path of a new folder`);
  if (fs.readdirSync(folder).length > 0)
    throw new UsageError(`${folder} is not empty; give the path of a new folder, so that nothing is lost`);
}

function packageJson(folder: string, dependency: ProjectKernel["dependency"]): string {
  const name = path.basename(path.resolve(folder)).toLowerCase().replace(/[^a-z0-9._-]+/g, "-").replace(/^[._-]+/, ""); // prettier-ignore
  const scripts = dependency ? { start: `${dependency.name} run table.ipynb --html` } : {};
  const dependencies = dependency ? { [dependency.name]: dependency.version } : {};
  const content = { name: name || "notebooks", version: "0.1.0", private: true, scripts, dependencies };
  return JSON.stringify(content, null, 2) + "\n";
}

function readme(run: string): string {
  return `# Notebooks of your own

- \`table.ipynb\` learns from a table, \`data/flowers.csv\`.
- \`pictures.ipynb\` learns from pictures, \`data/shapes\`, with one folder for each class.

Put your own data beside them and change the parameters in the second cell. To run a notebook without a window:

\`\`\`
${run} table.ipynb --html
\`\`\`

It writes \`table.out.ipynb\` and \`table.out.html\`. \`-p epochs=5\` changes a parameter. The cells can import packages
that you install here (\`npm install lodash\`).
`;
}
