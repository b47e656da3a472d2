import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { test } from "node:test";
import { Router } from "zeromq";
import { newConnection } from "../../lib/runner/connection";
import { connectKernel } from "../../lib/runner/kernelClient";
import { decodeMessage } from "../../lib/runner/wire";

test("connectKernel() reaches a kernel whose port another program had meanwhile and kept silent", async () => {
  const connection = await newConnection();
  const { ip, key, shell_port: port } = connection;
  const silent = createServer().listen(port, ip);
  await once(silent, "listening");
  const client = connectKernel(connection);
  const [socket] = (await once(silent, "connection")) as [Socket];
  silent.close();
  const shell = new Router({ linger: 0 });
  await shell.bind(`tcp://${ip}:${port}`);
  try {
    client.request("shell", "kernel_info_request", {});
    const [, ...frames] = await shell.receive();
    assert.equal(decodeMessage(frames, key).header.msg_type, "kernel_info_request");
  } finally {
    client.close();
    shell.close();
    socket.destroy();
  }
});
