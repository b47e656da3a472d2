import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { draftOf, dropBinding, keepBinding } from "../../compute/tensorflow/binding";
import { projectRoot, shownPath } from "../../files";
import { pythonEnvironment } from "../../python/pythonEnvironment";
import { type BuildTools, NEWEST_PYTHON } from "./buildTools";
import { NativeError } from "./nativeError";

/** What is built. */
export interface BuildOptions extends BuildTools {
  folder: string;
  /** Whether the library for NVIDIA's GPUs is wanted, and with it CUDA 12. */
  cuda: boolean;
  log?: (line: string) => void;
}

const VERSION = "2.21.0";

/** The version of Node-API that @tensorflow/tfjs-node 4.22.0 is written for. */
const NODE_API = 8;

/**
 * Installs TensorFlow's library from the Python Package Index into a folder and compiles the addon that binds it to Node.
 * Only the library and its headers are used: no Python runs afterwards.
 *
 * @throws PythonError when the package does not install; NativeError when the addon does not compile
 */
export function buildBinding({ folder, cuda, compiler, source, log = console.log }: BuildOptions): void {
  dropBinding(folder);
  const installs = [cuda ? [`tensorflow[and-cuda]==${VERSION}`] : ["--no-deps", `tensorflow-cpu==${VERSION}`]];
  pythonEnvironment("python", { installs, newest: NEWEST_PYTHON }, { root: folder, log });
  log(`Compiling the addon with ${compiler} …`);
  const args = compilerArguments({ source, folder });
  const { status, stderr, error } = spawnSync(compiler, args, { encoding: "utf8" });
  if (status !== 0) throw new NativeError(refusal([compiler, ...args].join(" "), stderr || String(error), folder));
  keepBinding(folder, { tensorflow: VERSION, cuda });
}

/** Where the environment of a folder keeps TensorFlow. */
function tensorflowIn(folder: string): string {
  const library = path.join(folder, "python", "lib");
  const version = fs.readdirSync(library).find((name) => name.startsWith("python3"));
  return path.join(library, String(version), "site-packages", "tensorflow");
}

/**
 * Both libraries are linked by their file names, since the package has them under no other. The addon finds them by their
 * place beside it, so that the project may be moved.
 */
function compilerArguments({ source, folder }: { source: string; folder: string }): string[] {
  const tensorflow = tensorflowIn(folder);
  const nodeApi = path.join(projectRoot, "node_modules", "node-api-headers", "include");
  return [
    ...["-std=c++17", "-O2", "-fPIC", "-shared", "-w", `-DNAPI_VERSION=${NODE_API}`],
    ...[nodeApi, path.join(tensorflow, "include"), source].flatMap((headers) => ["-I", headers]),
    ...["tfjs_backend.cc", "tfjs_binding.cc"].map((name) => path.join(source, "binding", name)),
    ...["-L", tensorflow, "-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2"],
    ...[`-Wl,-rpath,$ORIGIN/${path.relative(folder, tensorflow)}`, "-o", draftOf(folder)],
  ];
}

function refusal(command: string, said: string, folder: string): string {
  const file = path.join(folder, "compiler.txt");
  fs.writeFileSync(file, `${command}\n${said}`);
  const first = said.split("\n").find((line) => /error/i.test(line)) ?? said.split("\n")[0];
  return `The addon could not be compiled (${first.trim()}); see ${shownPath(file)}, then run the same command again`;
}
