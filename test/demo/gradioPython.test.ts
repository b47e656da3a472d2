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
import { plantedServices } from "./plantedServices";

/** Gradio's own client for Python needs an environment, which is made on request only. */
const skip = process.env.ATELIER_CLIENTS ? false : "only with ATELIER_CLIENTS=1, as it installs gradio_client with pip";

test("gradio_client lists, uploads, calls, waits and is refused in words", { skip }, async () => {
  const python = pythonEnvironment("gradio-client", {
    installs: [["gradio_client==2.7.2", "huggingface_hub==2.4.0", "httpx==0.28.1"]],
  });
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

/** What a program says, also when it fails: then that is the answer. */
function run(program: string, args: string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
    child.once("close", () => resolve(said));
  });
}
