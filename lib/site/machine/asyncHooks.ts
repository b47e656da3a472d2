/** Follows calls as far as they go at once: no browser tells what follows an await. */
class AsyncLocalStorage<Store> {
  private store: Store | undefined;
  getStore = () => this.store;
  enterWith = (store: Store) => void (this.store = store);
  disable = () => void (this.store = undefined);
  exit = <T>(work: () => T) => this.within(undefined, work);
  run = <T>(store: Store, work: (...given: unknown[]) => T, ...given: unknown[]) =>
    this.within(store, () => work(...given));
  private within<T>(store: Store | undefined, work: () => T): T {
    const before = this.store;
    this.store = store;
    try {
      return work();
    } finally {
      this.store = before;
    }
  }
}

class AsyncResource {
  constructor(readonly type: string) {}
  runInAsyncScope = <T>(work: (...given: unknown[]) => T, self?: unknown, ...given: unknown[]) => work.apply(self, given); // prettier-ignore
  emitDestroy = () => this;
}

/** Node's `async_hooks`. */
export = { AsyncLocalStorage, AsyncResource, executionAsyncId: () => 0, triggerAsyncId: () => 0, createHook: () => ({ enable() {}, disable() {} }) }; // prettier-ignore
