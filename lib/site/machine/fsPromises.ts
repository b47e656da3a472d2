import { fs } from "./fs";

export = fs.promises;
