import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "fs";
import { basename, dirname, join } from "path";
import { readZip } from "./readZip";

/** What a student has handed in. */
export interface Submission {
  /** Names the student in tables and files; no two submissions of one assignment have the same. */
  student: string;
  /** The notebook's file, or the archive it lies in; undefined where the student has a folder without a notebook. */
  file?: string;
  /** The notebook's text. */
  text?: string;
  /** When it was handed in, where a file says so. */
  date?: Date;
  /** Whether the learning platform has marked it as late. */
  isLate: boolean;
  /** What is odd about it. */
  notes: string[];
}

/**
 * The submissions in a folder. Known are nbgrader's layout (`submitted/STUDENT/ASSIGNMENT/x.ipynb`, with `timestamp.txt`),
 * Moodle's folders (`Name_123456_assignsubmission_file_/x.ipynb`), Canvas' flat files (`lastfirst_LATE_123_456_x.ipynb`), a
 * folder for each student, and files named after students. A notebook may lie in a .zip.
 *
 * @param assignment - the name of the assignment's notebook, to choose among several of a student
 * @throws Node's error where the folder cannot be read
 */
export function findSubmissions(folder: string, assignment: string): Submission[] {
  const submitted = join(folder, "submitted");
  const root = existsSync(submitted) ? submitted : folder;
  const entries = readdirSync(root, { withFileTypes: true }).filter(({ name }) => !/^[._]|-graded$/.test(name));
  const found = entries.flatMap((entry) =>
    entry.isDirectory() ? ofFolder(root, entry, assignment) : ofFile(root, entry),
  );
  return withOwnNames(found).sort((a, b) => a.student.localeCompare(b.student));
}

type Found = Submission & { number?: string };

const MOODLE = /^(.+?)_(\d+)_assignsubmission_\w+$/;
const CANVAS = /^([^_]+)_(LATE_)?(\d+)_(\d+)_(.+)$/;

function ofFolder(root: string, { name }: Dirent, assignment: string): Found[] {
  const [, student = name, number] = MOODLE.exec(name) ?? [];
  const own = join(root, name, assignment);
  const isOwn = assignment !== "" && existsSync(own) && statSync(own).isDirectory();
  const place = isOwn ? own : join(root, name);
  const stamp = join(place, "timestamp.txt");
  const date = existsSync(stamp) ? readDate(readFileSync(stamp, "utf8")) : undefined;
  const common = { student, number, isLate: false, ...(date && { date }) };
  // Where each assignment has its folder, those of others are no answer to this one.
  const isElsewhere = !isOwn && assignment !== "" && basename(root) === "submitted";
  const files = notebooksIn(place).filter((file) => !isElsewhere || dirname(file) === place);
  if (files.length === 0) return [{ ...common, notes: [] }];
  const chosen = choose(files, assignment);
  const more = files.length > 1 ? [`${files.length} notebooks were handed in; graded is ${basename(chosen)}`] : [];
  const { notes, ...content } = contentOf(chosen);
  return [{ ...common, ...content, notes: [...more, ...notes] }];
}

function ofFile(root: string, { name }: Dirent): Found[] {
  if (!isNotebook(name)) return [];
  const [, student, late, number] = CANVAS.exec(name) ?? [];
  const content = contentOf(join(root, name));
  if (student) return [{ student, number, isLate: late !== undefined, ...content }];
  return [{ student: name.replace(/\.(ipynb|zip)$/i, ""), isLate: false, ...content }];
}

function isNotebook(name: string): boolean {
  return /\.(ipynb|zip)$/i.test(name) && !name.startsWith(".");
}

function notebooksIn(place: string): string[] {
  const names = readdirSync(place, { recursive: true }) as string[];
  const own = names.filter((name) => !/(^|[\\/])(\.|__MACOSX)/.test(name) && isNotebook(basename(name)));
  return own.sort().map((name) => join(place, name));
}

/** The one named after the assignment, as a platform or a browser may have changed the name; else the newest. */
function choose(files: string[], assignment: string): string {
  const named = files.filter((file) => basename(file).startsWith(assignment));
  const candidates = named.length > 0 ? named : files;
  return candidates.reduce((best, file) => (statSync(file).mtimeMs > statSync(best).mtimeMs ? file : best));
}

/** A file that cannot be read is an empty one, with a note. */
function contentOf(file: string): Pick<Submission, "file" | "text" | "notes"> {
  try {
    return { file, text: textOf(file), notes: [] };
  } catch (error) {
    return { file, text: "", notes: [`${basename(file)} could not be read: ${(error as Error).message}`] };
  }
}

function textOf(file: string): string {
  const bytes = readFileSync(file);
  if (!/\.zip$/i.test(file)) return bytes.toString("utf8");
  const inside = readZip(bytes).find(({ name }) => /\.ipynb$/i.test(name) && !/(^|\/)(\.|__MACOSX)/.test(name));
  if (!inside) throw new RangeError("there is no notebook in the archive");
  return inside.read().toString("utf8");
}

/** nbgrader's "2015-02-02 15:58:23.948203 UTC", or any date that JavaScript reads. */
function readDate(text: string): Date | undefined {
  const iso = text.trim().replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d* ?(?:UTC)?$/, "$1T$2Z");
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Students of the same name get the platform's number behind it. */
function withOwnNames(found: Found[]): Submission[] {
  const counts = new Map<string, number>();
  for (const { student } of found) counts.set(student, (counts.get(student) ?? 0) + 1);
  return found.map(({ number, ...submission }) => {
    const isShared = counts.get(submission.student)! > 1;
    return isShared && number ? { ...submission, student: `${submission.student} ${number}` } : submission;
  });
}
