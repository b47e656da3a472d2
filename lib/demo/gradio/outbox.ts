/** Messages for one reader, who may come later. */
export interface Outbox<Message> {
  push(message: Message): void;
  /** Puts a message in the place of the unread one that `outdated` says yes to, or at the end where there is none. */
  replace(outdated: (unread: Message) => boolean, make: (unread?: Message) => Message): void;
  /** The next message; undefined when none came in time, with no time at once, or the signal was aborted. */
  next(signal: AbortSignal, milliseconds: number): Promise<Message | undefined>;
}

/** Nothing in it. */
export function newOutbox<Message>(): Outbox<Message> {
  const unread: Message[] = [];
  let wake = () => {};

  const push = (message: Message) => {
    unread.push(message);
    wake();
  };

  return {
    push,
    replace(outdated, make) {
      const place = unread.findIndex(outdated);
      if (place >= 0) unread[place] = make(unread[place]);
      else push(make());
    },
    async next(signal, milliseconds) {
      if (unread.length === 0 && !signal.aborted && milliseconds > 0)
        await new Promise<void>((resolve) => {
          const finish = () => {
            clearTimeout(timer);
            signal.removeEventListener("abort", finish);
            resolve();
          };
          const timer = setTimeout(finish, milliseconds);
          signal.addEventListener("abort", finish);
          wake = finish;
        });
      return signal.aborted ? undefined : unread.shift();
    },
  };
}
