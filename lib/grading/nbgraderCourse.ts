import { join } from "path";
import { replaceFile } from "../files";
import { saveNotebook } from "../runner/formatNotebook";
import type { Assignment } from "./assignment";
import { STUB } from "./regions";

/** nbgrader's settings for TypeScript: it has none of its own for this language. */
const CONFIG = `# For nbgrader 0.9.6, written by npm run course -- nbgrader. Change what you like.
c = get_config()
c.CourseDirectory.course_id = "course"
c.ClearSolutions.code_stub = {"typescript": "${STUB}"}
c.ClearSolutions.begin_solution_delimeter = "### BEGIN SOLUTION"
c.ClearSolutions.end_solution_delimeter = "### END SOLUTION"
c.ClearHiddenTests.begin_test_delimeter = "### BEGIN HIDDEN TESTS"
c.ClearHiddenTests.end_test_delimeter = "### END HIDDEN TESTS"
c.Execute.timeout = 60
`;

/**
 * Writes a course folder of nbgrader: nbgrader_config.py, where there is none, and source/NAME/NAME.ipynb for each
 * assignment, with solutions and hidden tests.
 *
 * @param keepsConfig - whether a configuration is there already, which stays
 * @returns the files written
 */
export function writeNbgraderCourse(folder: string, assignments: Assignment[], keepsConfig = false): string[] {
  const config = join(folder, "nbgrader_config.py");
  if (!keepsConfig) replaceFile(config, CONFIG);
  const sources = assignments.map(({ name, notebook }) => {
    const file = join(folder, "source", name, `${name}.ipynb`);
    saveNotebook(file, notebook);
    return file;
  });
  return keepsConfig ? sources : [config, ...sources];
}
