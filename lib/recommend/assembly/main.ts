// Everything the fast form calls. A task takes the address of its parameters and the number of a chunk.
export { launch, takeChunks, settle, work, failChunk, useScratch } from "../../threads/assembly/pool";
export { bpr, logistic, warp, warpKos } from "./losses";
export { scores } from "./scores";
