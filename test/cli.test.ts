import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { after, mock, test } from "node:test";
import { main } from "../lib/cli";
import { projectRoot } from "../lib/files";
import { newProject } from "./commands/project";

const project = newProject();
after(() => project.remove());

const ok = join(projectRoot, "test", "fixtures", "notebooks", "ok.ipynb");
const there = readdirSync(projectRoot).sort();

/** What a command that refuses its words says on stderr; nothing may go to stdout. */
async function refusal(args: string[], code = 2): Promise<string> {
  const [error, log] = [mock.method(console, "error", () => {}), mock.method(console, "log", () => {})];
  try {
    assert.equal(await main(args), code);
    assert.equal(log.mock.callCount(), 0);
    return error.mock.calls.map(({ arguments: words }) => words.join(" ")).join("\n");
  } finally {
    mock.restoreAll();
  }
}

const START = "Usage: npm start [-- [LESSON …] [--quick] [--fresh] [-p name=value …] [-f FILE]]";
const RUNS = "Usage: npm run runs [-- [RUN RUN …] [--lesson NUMBER] [--html FILE] [--json FILE] | --sweep NAME]";
const LAB =
  "Usage: npm run lab [-- [LESSON] [--port N] [--no-browser] | --kernel-only | --extension-only | --into FOLDER]";
const NOTEBOOK = "Usage: npm run notebook -- FILE [-o OUT] [--html] [--quick] [-p name=value …] [-f FILE] …";
const SWEEP = "Usage: npm run sweep -- FILE.yaml | NOTEBOOK | SCRIPT -p name=VALUES [-p name=VALUES …]";
const BENCH = "Usage: npm run bench -- seeds [--lessons 01,02] [--seeds 42,43,44] [--epochs 10]";
const CNN =
  "Usage: npm run bench -- cnn [--nets A,B] [--threads 2,1] [--rounds 7] [--steps 100] [--slow] [--json FILE]";
const NATIVE = "Usage: npm run native [-- --cuda | --cpu | --download | --remove]";
const SECONDS = "give a number of seconds above 0, at most 2147483";
const FORM = "is not of the form name=value, as in epochs=3";

const refusals: Record<string, string> = {
  serve:
    'unknown command "serve"; the commands are start, test:kernels, test:clients, test, lab, notebook, sweep, course, new, runs, demo, backends, bench, native, docs, site, pack, language-server, clean',
  constructor:
    'unknown command "constructor"; the commands are start, test:kernels, test:clients, test, lab, notebook, sweep, course, new, runs, demo, backends, bench, native, docs, site, pack, language-server, clean',
  "start --bogus": `Unknown option '--bogus'. ${START}`,
  "start --quick=3": `Option '--quick' does not take an argument. ${START}`,
  "start -p": `Option '-p, --p <value>' argument missing. ${START}`,
  "start -p --quick": `Option '-p' argument is ambiguous: a value that begins with a dash is written as --p=-XYZ. ${START}`,
  "start -p epochs": `The parameter "epochs" ${FORM}`,
  "start -p 3=4": `The parameter "3=4" ${FORM}`,
  "start 1 -p epochs=many": 'The parameter epochs is "many"; a whole number from 1 to 1000 is wanted',
  "start -p fresh=perhaps": 'The parameter fresh is "perhaps"; true or false is wanted',
  "lab 1 2": `One lesson is opened, 2 were named. ${LAB}`,
  "lab --browser": `Unknown option '--browser'. ${LAB}`,
  "lab --port": `Option '--port <value>' argument missing. ${LAB}`,
  "lab --port 0": '--port is "0"; give a whole number from 1 to 65535',
  "lab --port 65536": '--port is "65536"; give a whole number from 1 to 65535',
  "lab --port 8e3": '--port is "8e3"; give a whole number from 1 to 65535',
  notebook: `One notebook is wanted, 0 were given. ${NOTEBOOK}`,
  "notebook a b": `One notebook is wanted, 2 were given. ${NOTEBOOK}`,
  "notebook a --out b": `Unknown option '--out'. ${NOTEBOOK}`,
  "notebook none.ipynb": "There is no file none.ipynb; give the path of a notebook",
  "notebook notebooks": "notebooks is a folder; give the path of a notebook",
  [`notebook ${ok} -o notebooks`]: "notebooks is a folder; give the path of a notebook",
  "notebook package.json":
    "package.json is not a notebook: nbformat is undefined, 4 is wanted; open it in JupyterLab and save it again",
  [`notebook ${ok} --timeout soon`]: `--timeout is "soon"; ${SECONDS}`,
  [`notebook ${ok} --timeout 0`]: `--timeout is "0"; ${SECONDS}`,
  [`notebook ${ok} --timeout Infinity`]: `--timeout is "Infinity"; ${SECONDS}`,
  [`notebook ${ok} --timeout 2147484`]: `--timeout is "2147484"; ${SECONDS}`,
  [`notebook ${ok} -p epochs`]: `The parameter "epochs" ${FORM}`,
  [`notebook ${ok} -p epochs=many`]: 'The parameter epochs is "many"; a number is wanted',
  [`notebook ${ok} -p backend=abacus`]:
    'The parameter backend is "abacus"; a value of the type "wasm" | "cpu" is wanted',
  sweep: `One sweep file, notebook or script is wanted, 0 were given. ${SWEEP}`,
  "sweep none.yaml": "There is no file none.yaml; give the path of a sweep file or a notebook",
  [`sweep ${ok} -p epochs=1..2 --sample sobol`]: "A sobol sample needs its size; give --rows, as in --rows 20",
  [`sweep ${ok}`]: `A sweep of ${ok} has no values; give some, as in -p epochs=10,…`,
  [`sweep ${ok} -p epochs`]: `The parameter "epochs" ${FORM}`,
  [`sweep ${ok} -p epochs=1,many`]: 'The parameter epochs is "many"; a number is wanted',
  [`sweep ${ok} -p epochs=1 --sample latin`]: '--sample is "latin"; give random or sobol',
  [`sweep ${ok} -p epochs=1 --rows 3`]: "--rows is the size of a sample; give --sample random or --sample sobol too",
  [`sweep ${ok} -p epochs=1 --at-once 0`]: '--at-once is "0"; give a whole number from 1',
  [`sweep ${ok} -p epochs=1 --name ../x`]: '--name is "../x"; give letters, digits, dots, dashes and underscores',
  [`sweep ${ok} -p epochs=1 --keep 2`]: "--keep says how many rows a halving keeps; give --halve too",
  [`sweep ${ok} -p backend=cpu --halve epochs=1..9`]:
    "A halving drops the rows with the worst score; give --metric NAME too",
  [`sweep ${ok} -p epochs=1 --halve epochs=1..9 --metric x`]:
    "The parameter epochs is the budget of the halving; leave its other values out",
  "test --watch": "Unknown option '--watch'. Usage: npm test [-- WORD …] [--changed] [--failed]",
  "test nosuchfile": "No test file's path holds nosuchfile; see the folder test",
  "runs --all": `Unknown option '--all'. ${RUNS}`,
  "runs --html": `Option '--html <value>' argument missing. ${RUNS}`,
  "runs --least": "--least is for the rows of a sweep; give --sweep NAME too",
  "runs last --sweep a": "--sweep shows the rows of a sweep and no other runs; leave RUN, --lesson and --json out",
  bench: `There is no measurement ""; there are seeds, recipe, forecast, transfer, warp, warp-stream, limits, demo, demo-workers, cnn, gpu, zoo, profile, kernel, constructs, language, workers, site, tab-lesson, reloads, kills, hub, sweep-slurm. ${BENCH}`,
  "bench race": `There is no measurement "race"; there are seeds, recipe, forecast, transfer, warp, warp-stream, limits, demo, demo-workers, cnn, gpu, zoo, profile, kernel, constructs, language, workers, site, tab-lesson, reloads, kills, hub, sweep-slurm. ${BENCH}`,
  "bench warp --threads 2,0": '--threads is "0"; give a whole number from 1 to 64',
  "bench warp --json none/rows.json": '--json is "none/rows.json"; there is no such folder',
  "bench warp-stream --interactions 100,many": '--interactions is "many"; give a whole number from 1 to 999999999',
  "bench warp-stream --epochs 1": "--epochs is 1; give 2 at least: the first is not measured",
  "bench limits --images 1000,0": '--images is "0"; give a whole number from 1 to 999999999',
  "bench cnn --fast": `Unknown option '--fast'. ${CNN}`,
  "bench cnn A": `Unexpected argument 'A'. This command does not take positional arguments. ${CNN}`,
  "bench cnn --nets C": '--nets is "C"; give A, B or A,B',
  "bench cnn --nets A,A": '--nets is "A,A"; give A, B or A,B',
  "bench cnn --threads 2,0": '--threads is "0"; give a whole number from 1 to 64',
  "bench cnn --threads 65": '--threads is "65"; give a whole number from 1 to 64',
  "bench cnn --rounds 0": '--rounds is "0"; give a whole number from 1 to 999',
  "bench cnn --steps many": '--steps is "many"; give a whole number from 1 to 1875',
  "bench cnn --steps 1876": '--steps is "1876"; give a whole number from 1 to 1875',
  "bench cnn --json test": '--json is "test", a folder; give a file',
  "bench cnn --json setup.js/rows.json": '--json is "setup.js/rows.json", but setup.js is no folder',
  "bench gpu --backends simd,abacus": '--backends is "simd,abacus"; give some of node-gpu, simd, tensorflow, webgpu',
  "bench gpu --rounds 0": '--rounds is "0"; give a whole number from 1 to 999',
  "bench seeds --lessons 03": '--lessons is "03"; give 01, 02 or 01,02',
  "bench seeds --seeds 42,x": '--seeds is "42,x"; give whole numbers, as in 42,43',
  "bench seeds --epochs 0": '--epochs is "0"; give a whole number from 1',
  "demo --port high": '--port is "high"; give a whole number from 1 to 65535, or 0 for any free port',
  "bench demo-workers --disturb": "--disturb is for a soak; give --soak too",
  "bench demo-workers --soak --workers 1,2": '--workers is "1,2"; a soak has one number',
  "demo --workers 0": '--workers is "0"; give a whole number from 1 to 64',
  "demo --rate fast": '--rate is "fast"; give a number of requests a second above 0, as in 5 or 0.5',
  "backends --fast": "Unknown option '--fast'. Usage: npm run backends [-- NAME …]",
  "backends abacus": 'There is no backend "abacus"; the backends are node-gpu, simd, tensorflow, webgpu, cpu',
  "native now": `Unexpected argument 'now'. This command does not take positional arguments. ${NATIVE}`,
  "native --cpu --cuda": `--cpu and --cuda exclude each other. ${NATIVE}`,
  "site --port 8000": "--port needs --serve. Usage: npm run site [-- [--out FOLDER] [--serve [--port N]]]",
  "site --serve --port 0": '--port is "0"; give a whole number from 1 to 65535',
  "clean runs": "Unexpected argument 'runs'. This command does not take positional arguments. Usage: npm run clean",
};

for (const [words, message] of Object.entries(refusals))
  test(`main() refuses "${words.replace(projectRoot, ".")}" in one line`, async () => {
    assert.equal(await refusal(words.split(" ").filter(Boolean)), message);
  });

test("main() refuses a lesson there is not, with the list of those there are", async () => {
  assert.match(await refusal(["start", "1", "77"]), /^There is no lesson "77"; the lessons are 00, 01, 02(, \d\d)*$/);
});

test("main() tells what is no JSON in one line, whatever lines the file has", async () => {
  project.write("broken.ipynb", "first\nsecond\n");
  const message = await refusal(["notebook", join(project.folder, "broken.ipynb")]);
  assert.match(message, /broken\.ipynb is not a notebook: not JSON \([^\n]+\)$/);
});

test("main() has left nothing behind where it refused", () => {
  assert.deepEqual(readdirSync(projectRoot).sort(), there);
});

for (const name of [
  "start",
  "test",
  "lab",
  "notebook",
  "sweep",
  "runs",
  "demo",
  "backends",
  "bench",
  "native",
  "clean",
])
  test(`main() prints the usage of ${name} for --help and ends with exit code 0`, async () => {
    class Exit extends Error {}
    const log = mock.method(console, "log", () => {});
    const exit = mock.method(process, "exit", () => {
      throw new Exit();
    });
    await assert.rejects(main([name, "--help", "--bogus"]), Exit);
    const [[code], [help]] = [exit.mock.calls[0].arguments, log.mock.calls[0].arguments];
    mock.restoreAll();
    assert.equal(code, 0);
    assert.match(String(help), new RegExp(`^Usage: npm (run )?${name}\\b[^\\n]*\\n( +npm run [^\\n]*\\n)*\\n *\\S`));
  });

for (const words of ["backends", "bench seeds --lessons 01 --seeds 1 --epochs 1"])
  test(`main() refuses "${words}" in one line where ATELIER_BACKEND names no backend`, async () => {
    const before = process.env.ATELIER_BACKEND;
    const write = mock.method(process.stderr, "write", () => true);
    process.env.ATELIER_BACKEND = "abacus";
    try {
      assert.equal(
        await refusal(words.split(" ")),
        'ATELIER_BACKEND is "abacus"; the backends are node-gpu, simd, tensorflow, webgpu, cpu',
      );
      assert.equal(write.mock.callCount(), 0);
    } finally {
      if (before === undefined) delete process.env.ATELIER_BACKEND;
      else process.env.ATELIER_BACKEND = before;
    }
  });

test("main() tells in one line where a file cannot be written, and ends with exit code 1", async () => {
  const words = ["notebook", ok, "-o", join(projectRoot, "package.json", "below", "x.ipynb")];
  assert.match(await refusal(words, 1), /^ENOTDIR: [^\n]+package\.json[^\n]+$/);
  const beside = ["notebook", ok, "-o", join(projectRoot, "package.json", "x.ipynb")];
  assert.match(await refusal(beside, 1), /^E(EXIST|NOTDIR): [^\n]+package\.json[^\n]+$/);
});

test("the command line passes exit codes and streams on", async () => {
  const [refused, helped] = await Promise.all([project.run(["runs", "--all"]), project.run(["runs", "--help"])]);
  assert.deepEqual(refused, { code: 2, stdout: "", stderr: `${refusals["runs --all"]}\n` });
  assert.deepEqual([helped.code, helped.stderr], [0, ""]);
  assert.match(helped.stdout, /^Usage: npm run runs .*\n\nLists the runs under runs\/: [^]+\n$/);
});
