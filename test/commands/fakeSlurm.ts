import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes commands into a folder that do what Slurm's do with arrays, as far as the engine asks for it. Gives the folder. */
export function writeFakeSlurm(folder: string): string {
  const bin = join(folder, "bin");
  mkdirSync(join(bin, "tasks"), { recursive: true });
  for (const name of ["sbatch", "squeue", "scancel", "scontrol"]) {
    writeFileSync(join(bin, name), `#!${process.execPath}\n(${play.toString()})("${name}", process.argv.slice(2));\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}

/** One command. It is written out as text: it uses nothing from outside. */
function play(name: string, words: string[]): void {
  const fs = process.getBuiltinModule("node:fs");
  const { spawn } = process.getBuiltinModule("node:child_process");
  const tasks = `${__dirname}/tasks`;
  const read = (id: string) => JSON.parse(fs.readFileSync(`${tasks}/${id}`, "utf8")) as Record<string, string>;
  const all = () => fs.readdirSync(tasks).filter((file) => !file.endsWith(".part"));
  const write = (id: string, change: Record<string, string>) => {
    const before = fs.existsSync(`${tasks}/${id}`) ? read(id) : {};
    fs.writeFileSync(`${tasks}/${id}.part`, JSON.stringify({ ...before, ...change }));
    fs.renameSync(`${tasks}/${id}.part`, `${tasks}/${id}`);
  };
  /** Runs the tasks of an array one after the other. */
  const work = (array: string, script: string) => {
    const next = all().find((id) => id.startsWith(`${array}_`) && read(id).T === "PENDING");
    if (next === undefined) return;
    const [, pattern] = /--output="(.*)"/.exec(fs.readFileSync(script, "utf8"))!;
    const output = fs.openSync(pattern.replace("%a", next.split("_")[1]).replace("%%", "%"), "a");
    const job = { SLURM_JOB_ID: `9${next.replace("_", "")}`, SLURM_ARRAY_TASK_ID: next.split("_")[1] };
    const env = { ...process.env, ...job, SLURM_CLUSTER_NAME: "fake" };
    const child = spawn("bash", [script], { env, stdio: ["ignore", output, output] });
    write(next, { T: "RUNNING", N: "n1", r: "None", S: new Date().toISOString(), pid: String(child.pid) });
    child.once("exit", (code) => {
      write(next, { T: code === 0 ? "COMPLETED" : "FAILED" });
      work(array, script);
    });
  };
  if (name === "scontrol") console.log("ClusterName = fake\nMaxArraySize = 1001");
  if (name === "sbatch" && words[0] === "--work") work(words[1], words[2]);
  else if (name === "sbatch") {
    const script = words[words.length - 1];
    const [, last] = /--array=0-(\d+)/.exec(fs.readFileSync(script, "utf8"))!;
    const array = String(1 + Math.max(0, ...all().map((id) => Number(id.split("_")[0]))));
    const task = { F: array, T: "PENDING", r: "Resources", N: "", S: "N/A", o: script };
    for (let index = 0; index <= Number(last); index++) write(`${array}_${index}`, { ...task, K: String(index) });
    const runner = spawn(process.execPath, [__filename, "--work", array, script], { detached: true, stdio: "ignore" });
    runner.unref();
    console.log(array);
  }
  if (name === "squeue") {
    const format = words.find((word) => word.startsWith("--format="))!.slice("--format=".length);
    for (const id of all()) console.log(format.replace(/%(\w)/g, (_, letter: string) => read(id)[letter]));
  }
  if (name === "scancel")
    for (const id of words.filter((word) => !word.startsWith("-"))) {
      if (read(id).T === "PENDING") write(id, { T: "CANCELLED" });
      else if (words[0] === "--signal=INT") process.kill(Number(read(id).pid), "SIGINT");
    }
}
