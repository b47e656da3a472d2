import * as path from "node:path";
import { projectRoot } from "../files";

/** Where runs and sweeps are kept. */
export const RUNS = path.join(projectRoot, "runs");
