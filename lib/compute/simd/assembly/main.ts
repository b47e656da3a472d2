// Everything the backend calls. A task takes the address of its parameters and the number of a chunk.
export { launch, takeChunks, settle, work, failChunk } from "../../../threads/assembly/pool";
export { fill } from "./fill";
