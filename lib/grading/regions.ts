/** What may be cut out of a cell: the lines between `// ### BEGIN …` and `// ### END …`. */
export type Region = "SOLUTION" | "HIDDEN TESTS";

/** Both kinds. */
export const REGIONS: Region[] = ["SOLUTION", "HIDDEN TESTS"];

/** What stands in place of a solution. */
export const STUB = "// Your code here";

/** The source without its regions of this kind; the stub, if one is given, stands in place of each, as far indented. */
export function cutRegions(source: string, region: Region, stub?: string): string {
  const kept: string[] = [];
  let inside = false;
  for (const line of source.split("\n")) {
    if (isMark(line, "BEGIN", region)) {
      inside = true;
      if (stub !== undefined) kept.push(/^\s*/.exec(line)![0] + stub);
    } else if (isMark(line, "END", region)) inside = false;
    else if (!inside) kept.push(line);
  }
  return kept.join("\n");
}

/** How often the regions of this kind begin. */
export function countRegions(source: string, region: Region): number {
  return source.split("\n").filter((line) => isMark(line, "BEGIN", region)).length;
}

/** What is wrong with the marks in a source, in words with the line; nothing where they are in order. */
export function regionFaults(source: string): string[] {
  const faults: string[] = [];
  let open: { region: Region; line: number } | undefined;
  source.split("\n").forEach((text, index) => {
    const line = index + 1;
    for (const region of REGIONS) {
      if (isMark(text, "BEGIN", region)) {
        if (open) faults.push(`line ${line} begins ${region} within ${open.region}, which began in line ${open.line}`);
        open = { region, line };
      } else if (isMark(text, "END", region)) {
        if (open?.region !== region) faults.push(`line ${line} ends ${region}, which has not begun`);
        open = undefined;
      }
    }
  });
  if (open) faults.push(`${open.region} begins in line ${open.line} and does not end`);
  return faults;
}

/** As nbgrader finds them: anywhere in a line, with or without the number signs. */
function isMark(line: string, edge: "BEGIN" | "END", region: Region): boolean {
  return line.includes(`${edge} ${region}`);
}
