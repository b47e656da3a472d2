/// <reference lib="dom" />
import type { KernelOptions } from "@jupyterlite/services";
import { Signal } from "@lumino/signaling";
import { type PageKernel, startPageKernel } from "../page/pageKernel";
import type { JupyterMessage } from "../page/pageWire";

/** The kernel as JupyterLite holds it. */
export class LiteKernel {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly ready = Promise.resolve();
  readonly isReady = true;
  readonly disposed = new Signal(this);
  isDisposed = false;
  private readonly kernel: PageKernel;

  /** @param ready - what the kernel waits for before it starts */
  constructor({ id, name, location, sendMessage }: KernelOptions, assets: string, ready: Promise<void>) {
    [this.id, this.name, this.location] = [id, name, location];
    this.kernel = startPageKernel({ assets, send: sendMessage, ready });
  }

  async handleMessage(message: JupyterMessage): Promise<void> {
    this.kernel.onMessage(message);
  }

  interrupt(): void {
    this.kernel.interrupt();
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.kernel.close();
    this.disposed.emit(undefined);
  }
}
