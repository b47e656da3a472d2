import type { App, ServeOptions, Server } from "./server";
import { withHeaders } from "./withHeaders";

// In place of `serve.ts` in a browser tab, where no port can be opened: cells of the same notebook reach the app by `fetch`.

const running = new Map<string, Server>();
const apps = new Map<string, App>();
const network = globalThis.fetch;

/** Lets cells call an app. Asked again for the same name, the earlier one gives way. */
export async function serve(app: App, { name = "", onClose = () => {} }: ServeOptions = {}) {
  await running.get(name)?.close();
  const host = `demo-${apps.size + 1}.localhost`;
  let end = () => {};
  const closed = new Promise<void>((resolve) => (end = resolve));
  const server: Server = {
    url: `http://${host}/`,
    closed: () => closed,
    close: async () => {
      if (apps.delete(host)) onClose();
      running.delete(name);
      end();
    },
  };
  apps.set(host, app);
  running.set(name, server);
  globalThis.fetch = (input, init) => answer(new Request(input, init));
  return server;
}

/** The app hears how long a body is, as a server does, and so takes it whole: Firefox has no `request.body` to read it from. */
async function answer(request: Request): Promise<Response> {
  const { host } = new URL(request.url);
  const app = apps.get(host);
  if (!app) return network(request);
  const { byteLength } = await request.clone().arrayBuffer();
  return app.fetch(withHeaders(request, { host, "content-length": String(byteLength) }));
}
