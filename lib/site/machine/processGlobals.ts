import { Buffer } from "node:buffer";
import process from "node:process";

Object.assign(globalThis, { process, Buffer });
