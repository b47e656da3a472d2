import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { findLessons } from "../../lib/commands/lessons";
import { valuesFor } from "../../lib/commands/givenParameters";
import { hasTag, isExecuted } from "../../lib/runner/notebook";
import { prepareNotebook } from "../../lib/runner/prepareNotebook";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { median } from "../statistics";
import { hubPrograms, type HubPrograms } from "./hubPrograms";
import { type Hub, startHub } from "./startHub";

/** What is measured. */
export interface HubOptions {
  /** How many people at once, one measurement each. */
  people: number[];
  lesson: string;
  /** What a person's server may use, as JupyterHub writes it. */
  memory: string;
}

/** What came of one person; seconds and bytes. */
interface Person {
  name: string;
  failed: { cell: number; error: string }[];
  spawn?: number;
  first?: number;
  cells?: number;
  memory: number;
  again?: string;
}

interface HubCell {
  code: string;
  /** Whether the lesson means it to fail. */
  mayFail: boolean;
}

interface Outcome {
  people: Person[];
  /** The most memory of all together. */
  memory: number;
}

/** Fills memory until it is ended, after a cell that is well. */
const FILL = "const filled: Float64Array[] = []; while (true) filled.push(new Float64Array(1e6).fill(1));";
const HUNGRY: HubCell[] = ["1 + 1", FILL].map((code) => ({ code, mayFail: false }));

/** Prints a table of people at once; then lets one of them take all memory. Resolves to whether all was as it should be. */
export async function measureHub({ people, lesson, memory }: HubOptions): Promise<boolean> {
  const programs = hubPrograms();
  const cells = quickCells(lesson);
  console.log(
    `Lesson ${lesson}, quick, ${cells.length} cells, each person by their own server through the hub's proxy\n`,
  );
  console.log("people  server s  first cell s  lesson s  memory of a person, MB  of all, MB  failed cells");
  let isFine = true;
  for (const count of people) {
    const outcome = await onHub(programs, memory, (hub) => visit(programs, hub, { count, cells }));
    console.log(rowOf(outcome));
    const failed = outcome.people.flatMap((one) => one.failed.map(({ cell, error }) => `${one.name}, cell ${cell}: ${error}`)); // prettier-ignore
    if (failed.length > 0) console.log(failed.slice(0, 5).join("\n"));
    isFine &&= failed.length === 0;
  }
  const outcome = await onHub(programs, memory, (hub) => visit(programs, hub, { count: 3, cells, isHungry: true }));
  return reportHungry(outcome, memory) && isFine;
}

function quickCells(lesson: string): HubCell[] {
  const [file] = findLessons([lesson]);
  const parameters = valuesFor(loadNotebook(file), { texts: {}, values: {} }, { quick: true });
  const { cells } = prepareNotebook(file, { parameters }).notebook;
  return cells.filter(isExecuted).map((cell) => ({ code: cell.source, mayFail: hasTag(cell, "raises-exception") }));
}

async function onHub<T>(programs: HubPrograms, memory: string, use: (hub: Hub) => Promise<T>): Promise<T> {
  const hub = await startHub(programs, memory);
  try {
    return await use(hub);
  } finally {
    await hub.stop();
  }
}

async function visit(
  { python }: HubPrograms,
  { url, token }: Hub,
  { count, cells, isHungry = false }: { count: number; cells: HubCell[]; isHungry?: boolean },
): Promise<Outcome> {
  const people = Array.from({ length: count }, (_, place) => `person${place + 1}`);
  const hungry = { name: isHungry ? people[0] : "", cells: HUNGRY };
  const child = spawn(python, [join(__dirname, "users.py")], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify({ url, token, people, cells, hungry }));
  const [said] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (child.exitCode !== 0) throw new Error(`users.py ended with ${child.exitCode}`);
  return JSON.parse(said) as Outcome;
}

function rowOf({ people, memory }: Outcome): string {
  const middle = (key: "spawn" | "first" | "cells" | "memory") => median(people.map((one) => one[key] ?? NaN));
  const failed = people.reduce((sum, one) => sum + one.failed.length, 0);
  const columns: [value: string, width: number][] = [
    [String(people.length), 6],
    [middle("spawn").toFixed(1), 8],
    [middle("first").toFixed(1), 12],
    [middle("cells").toFixed(1), 8],
    [megabytes(middle("memory")), 22],
    [megabytes(memory), 10],
    [String(failed), 12],
  ];
  return columns.map(([value, width]) => value.padStart(width)).join("  ");
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function reportHungry({ people: [hungry, ...others] }: Outcome, memory: string): boolean {
  const [failure] = hungry.failed;
  console.log(`\nOne of three takes all memory (${memory} each):\n  ${failure?.error ?? "it was not ended"}`);
  console.log(`  its most: ${megabytes(hungry.memory)} MB; a new cell afterwards: ${hungry.again ?? "not run"}`);
  const failed = others.flatMap((one) => one.failed);
  console.log(`  the others: ${others.length} people, ${failed.length} failed cells`);
  return failure?.error.startsWith("MemoryLimitError") === true && hungry.again === "ok" && failed.length === 0;
}
