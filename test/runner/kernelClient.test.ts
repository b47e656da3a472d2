import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { test } from "node:test";
import { Router, XPublisher } from "zeromq";
import { newConnection } from "../../lib/runner/connection";
import { connectKernel } from "../../lib/runner/kernelClient";
import { decodeMessage, encodeMessage, newRequest } from "../../lib/runner/wire";

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

test("connectKernel() listens anew where replies come, but nothing public ever came", async () => {
  const connection = await newConnection();
  const { ip, key, shell_port, iopub_port } = connection;
  const [shell, iopub] = [new Router({ linger: 0 }), new XPublisher({ linger: 0, verbosity: "allSubs" })];
  await Promise.all([shell.bind(`tcp://${ip}:${shell_port}`), iopub.bind(`tcp://${ip}:${iopub_port}`)]);
  const client = connectKernel(connection);
  const answer = async () => {
    const [address, ...frames] = await shell.receive();
    const { header } = decodeMessage(frames, key);
    const [reply, status] = ["kernel_info_reply", "status"].map((type) =>
      encodeMessage({ ...newRequest("kernel", type, { execution_state: "idle" }), parent_header: header }, key),
    );
    await shell.send([address, ...reply]);
    return status;
  };
  try {
    assert.deepEqual((await iopub.receive())[0], Buffer.from([1]), "a subscription, which the kernel then loses");
    const first = client.request("shell", "kernel_info_request", {});
    await answer();
    assert.equal((await first.reply).header.msg_type, "kernel_info_reply");
    for (let [frame] = await iopub.receive(); frame[0] !== 1;) [frame] = await iopub.receive();
    const second = client.request("shell", "kernel_info_request", {});
    await iopub.send(await answer());
    await second.idle;
  } finally {
    client.close();
    shell.close();
    iopub.close();
  }
});
