const TSLAB = 'import { display } from "tslab"';

/** What stands here for IPython's commands, by their names. */
const CURES: [names: RegExp, cure: string][] = [
  [/^(matplotlib|pylab)$/, 'Figures need no command: import { show } from "./lib/notebook/show", then show(figure).'],
  [/^(time|timeit|prun)$/, 'Measure with console.time("name") and console.timeEnd("name").'],
  [/^(pip|conda|mamba|npm)$/, "Install packages in a terminal: npm install NAME in the notebook's folder."],
  [
    /^(run|load|load_ext|autoreload|import)$/,
    'Import files by their paths: import { name } from "./file". A changed file is read anew.',
  ],
  [/^(cd|pwd)$/, "Use process.chdir(folder) and process.cwd()."],
  [/^(env|set_env)$/, 'Use process.env.NAME and process.env.NAME = "value".'],
  [
    /^(html|HTML|svg|SVG|markdown|latex|javascript|js)$/,
    `Use ${TSLAB}, then display.html("…"), display.svg("…") or display.markdown("…").`,
  ],
  [/^(who|whos|reset|reset_selective|restart)$/, "Restart the kernel to drop all variables."],
  [/^writefile$/, 'Use import { writeFileSync } from "node:fs".'],
];
const SHELL =
  'Run programs with import { execSync } from "node:child_process"; console.log(execSync("COMMAND").toString()).';

/** For a cell that begins with a command of IPython or of a shell: what stands here for it. Undefined for other cells. */
export function foreignCommand(source: string): string | undefined {
  const [, mark, name] = /^\s*(%%?|!)\s*([\w-]+)/.exec(source) ?? [];
  if (name === undefined) return undefined;
  const isShell = mark === "!" || /^(bash|sh|script|cmd|ls|sx|system|sc)$/.test(name);
  const cure = CURES.find(([names]) => names.test(name))?.[1] ?? (isShell ? SHELL : "Cells are TypeScript here.");
  return `${mark}${name} is a command of ${mark === "!" ? "a shell" : "IPython"}, not TypeScript. ${cure}`;
}

const PAGE =
  'Cells run in Node, where there is no page. Show HTML with import { display } from "tslab"; display.html("…").';
const NAMES: Record<string, string> = {
  ...Object.fromEntries(
    [
      ...["document", "window", "alert", "confirm", "navigator", "localStorage", "sessionStorage", "location"],
      ...["HTMLElement", "HTMLCanvasElement", "Image", "Audio", "DOMParser", "requestAnimationFrame"],
    ].map((name) => [name, PAGE]),
  ),
  Deno: "Cells run in Node. Its modules are imported by names like node:fs.",
  Bun: "Cells run in Node. Its modules are imported by names like node:fs.",
  XMLHttpRequest: "Node has fetch(url) in its place.",
  print: "TypeScript prints with console.log(…).",
  True: "TypeScript writes true.",
  False: "TypeScript writes false.",
  None: "TypeScript writes null or undefined.",
};

/** What helps where a name of another world is not known here, from the compiler's message or from Node's. */
export function foreignName(message: string): string | undefined {
  const name = /^Cannot find name '(\w+)'/.exec(message)?.[1] ?? /^(\w+) is not defined$/.exec(message)?.[1];
  return name !== undefined && Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
}

const LIBRARY_ADVICE =
  /\.? (?:Do you need to change your target library\? )?Try changing the 'lib' compiler option (.*)\.$/;
const OLDER_DECORATORS =
  /^Unable to resolve signature of \w+ decorator[^]*(?:parameter of type '(?:Class\w*DecoratorContext|undefined)|invoke the decorator with 1 arguments)/;
const DECORATORS =
  'Cells have decorators of the older kind. For those of ECMAScript, write { "compilerOptions": { "experimentalDecorators": false } } into a tsconfig.json beside the notebook, and restart the kernel.';

/** A message of the compiler with advice that holds for cells, where it advises options that cells do not take. */
export function withCellAdvice(message: string): string {
  const library = (option: string) =>
    option.includes("'dom'") ? PAGE : `Cells know JavaScript's library as Node ${process.versions.node} has it.`;
  const advised = message.replace(LIBRARY_ADVICE, (_advice, option: string) => `. ${library(option)}`);
  return OLDER_DECORATORS.test(advised) ? `${advised}\n${DECORATORS}` : advised;
}
