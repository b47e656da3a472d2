import { Reply, Router, XPublisher } from "zeromq";
import type { ConnectionInfo } from "./wireMessage";

/** The five sockets of a kernel. */
export interface Sockets {
  shell: Router;
  control: Router;
  stdin: Router;
  iopub: XPublisher;
  hb: Reply;
}

const LINGER = 500; // ms for the last messages to leave a closed socket

/** Opens the sockets where the connection wants them. A reader that is behind holds `iopub` up and loses nothing. */
export async function bindSockets(connection: ConnectionInfo): Promise<Sockets> {
  const options = { linger: LINGER, sendHighWaterMark: 0, receiveHighWaterMark: 0 };
  const sockets = {
    shell: new Router(options),
    control: new Router(options),
    stdin: new Router(options),
    iopub: new XPublisher({ linger: LINGER, noDrop: true, verbosity: "allSubs" }),
    hb: new Reply({ linger: 0 }),
  };
  const { transport, ip, shell_port, control_port, stdin_port, iopub_port, hb_port } = connection;
  const address = (port: number) => `${transport}://${ip}${transport === "ipc" ? "-" : ":"}${port}`;
  await Promise.all([
    sockets.shell.bind(address(shell_port)),
    sockets.control.bind(address(control_port)),
    sockets.stdin.bind(address(stdin_port)),
    sockets.iopub.bind(address(iopub_port)),
    sockets.hb.bind(address(hb_port)),
  ]);
  return sockets;
}
