import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder with stand-ins for programs and packages, beside the folder of a build. */
export interface FakeMachine {
  /** Holds the programs. */
  bin: string;
  modules: string;
  /** Where the build is to lie; not there at first. */
  build: string;
  /** Writes a program of Node's, its text without the first line. */
  program(name: string, text: string): void;
  /** Writes a file below `modules`. */
  module(name: string): void;
  remove(): void;
}

export function newFakeMachine(): FakeMachine {
  const folder = mkdtempSync(join(tmpdir(), "atelier-native-"));
  const [bin, modules, build] = ["bin", "modules", "build"].map((name) => join(folder, name));
  mkdirSync(bin);
  return {
    bin,
    modules,
    build,
    program(name, text) {
      writeFileSync(join(bin, name), `#!${process.execPath}\n${text}`);
      chmodSync(join(bin, name), 0o755);
    },
    module(name) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      writeFileSync(join(modules, name), "");
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
