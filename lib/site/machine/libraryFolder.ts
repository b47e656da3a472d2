import { VIRTUAL_ROOT } from "../virtualRoot";
import { fs } from "./fs";

// The folder that the library looks for as it loads. In a bundle with code of the library this file comes before that.
fs.mkdirSync(`${VIRTUAL_ROOT}/lib`, { recursive: true });
