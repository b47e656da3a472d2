import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { build } from "esbuild";
import { publint } from "publint";
import * as ts from "typescript";
import { projectRoot } from "../../lib/files";
import { type PackageSource, packages, packPackage, type Tarball } from "../../lib/packages/packPackage";
import { formatNotebook } from "../../lib/runner/formatNotebook";
import { runNotebook } from "../../lib/runner/runNotebook";
import { launchBrowser } from "../browser";
import { code, notebookOf } from "../runner/samples";
import { linkPackages } from "./linkPackages";

/** Somebody who has only the tarball, in an empty folder. */
export interface NewUser {
  folder: string;
  tarball: Tarball;
  /** The first example of the package's README. */
  example: string;
  /** Runs a program of this name and text, and gives what it prints. */
  run(name: string, text: string): string;
  /** Runs a command that the package brings. */
  command(name: string, args: string[]): string;
  /** Checks it by TypeScript, by a way of finding modules. */
  check(text: string, moduleResolution: "node10" | "bundler"): void;
  /** Bundles a module with esbuild, runs it in a page, and gives what it leaves in `globalThis.result`. */
  inBrowser(text: string): Promise<unknown>;
  /** Runs cells in a notebook beside the packages, and gives what they print. */
  inNotebook(...cells: string[]): Promise<string>;
  leave(): void;
}

/** Packs a package and installs it as a new user would, in a folder with a space in its name. */
export async function newUser(folder: PackageSource["folder"]): Promise<NewUser> {
  const home = mkdtempSync(join(tmpdir(), "atelier new user "));
  const source = packages.find((found) => found.folder === folder);
  assert.ok(source);
  const tarball = await packPackage(source, join(home, "tarballs"));
  writeFileSync(join(home, "package.json"), '{ "name": "trial", "version": "1.0.0", "private": true }\n');
  linkPackages(packageIn(join(projectRoot, "lib", "packages", folder)), home);
  execute("npm", ["install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", tarball.file], home);
  const installed = join(home, "node_modules", tarball.name);
  const readme = readFileSync(join(installed, "README.md"), "utf8");
  const example = /```js\n(.*?)```/s.exec(readme)?.[1] ?? "";
  const write = (name: string, text: string) => writeFileSync(join(home, name), text);

  const run = (name: string, text: string) => {
    write(name, text);
    return execute(process.execPath, [name], home);
  };
  const command = (name: string, args: string[]) =>
    execute(process.execPath, [join(installed, packageIn(installed).bin[name]), ...args], home);
  const check = (text: string, moduleResolution: "node10" | "bundler") => {
    write("checked.ts", text);
    assert.deepEqual(mistakesOf(join(home, "checked.ts"), moduleResolution), []);
  };
  const inBrowser = async (text: string) => {
    write("page.mjs", text);
    const entry = { entryPoints: [join(home, "page.mjs")], absWorkingDir: home };
    const { outputFiles } = await build({ ...entry, bundle: true, format: "esm", platform: "browser", target: "es2022", write: false, logLevel: "error" }); // prettier-ignore
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const failures: string[] = [];
      page.on("pageerror", ({ message }) => failures.push(message));
      await page.addScriptTag({ type: "module", content: outputFiles[0].text });
      const result = await page
        .waitForFunction("globalThis.result", undefined, { timeout: 30_000, polling: 50 })
        .catch((error: Error) => assert.fail(`${error.message} ${failures.join("\n")}`));
      assert.deepEqual(failures, []);
      return await result.jsonValue();
    } finally {
      await browser.close();
    }
  };
  const inNotebook = async (...cells: string[]) => {
    write("trial.ipynb", formatNotebook(notebookOf(...cells.map((source) => code(source)))));
    const output = join(home, "trial.out.ipynb");
    const lines: string[] = [];
    const { status } = await runNotebook(join(home, "trial.ipynb"), { output, log: (line) => lines.push(line) });
    assert.equal(status, "ok", lines.join("\n"));
    return readFileSync(output, "utf8");
  };
  const leave = () => rmSync(home, { recursive: true, force: true });
  return { folder: home, tarball, example, run, command, check, inBrowser, inNotebook, leave };
}

function packageIn(folder: string) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** What TypeScript finds in a file by a way of finding modules. */
function mistakesOf(file: string, moduleResolution: "node10" | "bundler"): string[] {
  const { ES2022 } = ts.ModuleKind;
  const way = moduleResolution === "bundler" ? ts.ModuleResolutionKind.Bundler : ts.ModuleResolutionKind.Node10;
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ES2022, moduleResolution: way },
    ...{ types: [], skipLibCheck: true },
  };
  const host = ts.createCompilerHost(options);
  host.jsDocParsingMode = ts.JSDocParsingMode.ParseForTypeErrors;
  const read = host.getSourceFile;
  host.getSourceFile = (name, ...rest) => {
    if (name === file.replace(/\\/g, "/")) return read(name, ...rest);
    const parsed = declarations.get(name) ?? read(name, ...rest);
    declarations.set(name, parsed);
    return parsed;
  };
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file: found, messageText }) => `${found?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`); // prettier-ignore
}

/** Declarations of packages and of TypeScript itself: read once for all checks. */
const declarations = new Map<string, ts.SourceFile | undefined>();

/** What is wrong with a tarball by publint and by are-the-types-wrong, in words. */
export async function faultsOf({ folder, tarball }: NewUser): Promise<string[]> {
  const { messages } = await publint({ pkgDir: join(folder, "node_modules", tarball.name), pack: false });
  const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball.file)));
  const problems = analysis.types ? analysis.problems : ["no types"];
  return [...messages, ...problems].map((problem) => JSON.stringify(problem));
}

function execute(program: string, args: string[], cwd: string): string {
  const env = { ...process.env };
  delete env.NODE_TEST_CONTEXT;
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, env, encoding: "utf8" });
  assert.equal(status, 0, `${program} ${args.join(" ")}: ${stdout}${stderr}${error ?? ""}`);
  return stdout;
}
