import { UsageError } from "./usage";

const HELP = `Usage: npm run course -- release | grade | report | nbgrader …

Hands out the exercises of a lesson and grades what comes back, without Python. docs/course.md has the form of an exercise.

  release LESSON     writes the students' version: without solutions and hidden tests
  grade FOLDER       runs and grades a folder of submissions: points, a page of feedback for each, a summary
  report FOLDER      shows the points of a folder that was graded
  nbgrader LESSON    makes a course folder for teachers who use nbgrader

npm run course -- grade --help, and so on, tells more.`;

/** `npm run course`: exercises for a class. */
export async function course(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === "release") return (await import("./courseRelease")).courseRelease(rest);
  if (name === "grade") return (await import("./courseGrade")).courseGrade(rest);
  if (name === "report") return (await import("./courseReport")).courseReport(rest);
  if (name === "nbgrader") return (await import("./courseNbgrader")).courseNbgrader(rest);
  if (name === "--help" || name === "-h") {
    console.log(HELP);
    return 0;
  }
  const asked = name === undefined ? "No step was named" : `There is no step "${name}"`;
  throw new UsageError(`${asked}; there are release, grade, report and nbgrader. ${HELP.split("\n")[0]}`);
}
