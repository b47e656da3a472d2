import { PACKED_FILES } from "../../demo/models/packedModels";
import { KERNELS } from "../kernels";

/** The folder of the demo's models. */
export const MODELS = "models/demo";

/** The demo's style of its documentation, which it reads as it starts. */
export const DOCS_STYLE = "lib/demo/docs/docs.css";

/** What the demo reads: paths in the virtual file system, and addresses within the assets. */
export const DEMO_FILES = [...KERNELS, DOCS_STYLE, ...PACKED_FILES.map((file) => `${MODELS}/${file}`)];
