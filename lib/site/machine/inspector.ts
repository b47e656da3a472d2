/** Node's `inspector`: a page has no profiler and no debugger of its own, and gives no result. */
class Session {
  connect = () => {};
  disconnect = () => {};
  post = (_method: string, ...more: unknown[]) => {
    const done = more[more.length - 1];
    if (typeof done === "function") done(new Error("a browser tab cannot be profiled from within"));
  };
}

export = { Session, url: () => undefined };
