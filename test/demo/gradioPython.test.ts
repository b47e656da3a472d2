import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import sharp from "sharp";
import { buildApp } from "../../lib/demo/app";
import { serve } from "../../lib/demo/serve";
import { pythonEnvironment } from "../../lib/python/pythonEnvironment";
import { PythonError } from "../../lib/python/pythonError";
import { plantedServices } from "./plantedServices";

/** Where pip is there and reaches its index; the environment is made once. */
const PACKAGES = {
  installs: [["--quiet", "--no-compile", "gradio_client==2.7.2", "huggingface_hub==2.4.0", "httpx==0.28.1"]],
  env: { PIP_RETRIES: "1", PIP_TIMEOUT: "10" },
};

test("gradio_client lists, uploads, calls, waits and is refused in words", async (context) => {
  const python = findPython();
  if (python instanceof PythonError) return context.skip(python.message);
  const folder = mkdtempSync(join(tmpdir(), "atelier-gradio-"));
  const server = await serve(buildApp(plantedServices({ delay: 5 }), { page: { html: "", files: new Map() } }));
  try {
    const picture = join(folder, "picture.png");
    await sharp({ create: { width: 40, height: 60, channels: 3, background: "#358" } })
      .png()
      .toFile(picture);
    const said = await run(python, [
      join(__dirname, "gradioClient.py"),
      server.url,
      picture,
      join(folder, "downloads"),
    ]);
    assert.match(said, /all is well\n$/);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
});

/** A Python with Gradio's own client, or why there is none. */
function findPython(): string | PythonError {
  try {
    return pythonEnvironment("gradio-client", PACKAGES);
  } catch (error) {
    if (error instanceof PythonError) return error;
    throw error;
  }
}

/** What a program says, also when it fails: then that is the answer. */
function run(program: string, args: string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
    child.once("close", () => resolve(said));
  });
}
