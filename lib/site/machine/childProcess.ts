import { EventEmitter } from "node:events";

function refuse(name: string): never {
  throw new Error(`child_process: a browser tab cannot start ${name}; run this cell on your own machine, with Node`);
}

class ChildProcess extends EventEmitter {
  spawn({ file }: { file?: string } = {}): number {
    return refuse(file ?? "programs");
  }
}

const start = (file: string) => refuse(file);

/** Node's `child_process`: every call says that it cannot be done here. */
export = {
  ...{ ChildProcess, spawn: start, spawnSync: start, exec: start, execSync: start },
  ...{ execFile: start, execFileSync: start, fork: start },
};
