import { readFileSync } from "fs";

/** The packages of a requirements file, each with its version and the platforms it is for, as pip's arguments. */
export function readRequirements(file: string): string[] {
  const lines = readFileSync(file, "utf8").split(/\r?\n/);
  return lines.map((line) => line.replace(/#.*/, "").trim()).filter((line) => line !== "");
}
