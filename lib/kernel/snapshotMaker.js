// Makes a kernel's snapshot, in a process of its own that may outlive the one that started it.
"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const [, , file, typescript, folder] = process.argv;
const draft = `${file}.part`;
const STALE = 120_000; // ms after which the maker of a draft is taken for dead

try {
  if (fs.existsSync(draft) && Date.now() - fs.statSync(draft).mtimeMs > STALE) fs.rmSync(draft, { recursive: true });
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.mkdirSync(draft); // fails where another process is at it
} catch {
  process.exit(1);
}
try {
  const made = path.join(draft, "blob");
  const entry = path.join(__dirname, "snapshotEntry.js");
  const args = [
    "--no-warnings",
    "--snapshot-blob",
    made,
    "--build-snapshot",
    entry,
    typescript,
    folder,
    path.basename(file),
  ];
  const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
  if (status === 0) {
    fs.renameSync(made, file);
    // start.sh reads what Node it is for, and its name.
    fs.writeFileSync(path.join(path.dirname(file), "snapshot"), `${[process.execPath, process.version, path.basename(file)].join("\n")}\n`); // prettier-ignore
    // What an older state was made of takes forty megabytes.
    for (const name of fs.readdirSync(path.dirname(file)))
      if (/^kernel-.*\.blob$/.test(name) && name !== path.basename(file))
        fs.rmSync(path.join(path.dirname(file), name));
  }
} finally {
  fs.rmSync(draft, { recursive: true, force: true });
}
