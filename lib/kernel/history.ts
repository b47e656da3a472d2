/** What has been executed since the kernel started. */
export interface History {
  add(count: number, input: string): void;
  /** Keeps the plain form of a result. */
  setOutput(count: number, output: string): void;
  /** Answers a `history_request`. */
  answer(content: Record<string, unknown>): { status: "ok"; history: unknown[] };
}

interface Entry {
  count: number;
  input: string;
  output: string | null;
}

/** The history of one session; older ones are not kept. */
export function newHistory(): History {
  const entries: Entry[] = [];
  return {
    add: (count, input) => void entries.push({ count, input, output: null }),
    setOutput: (count, output) => {
      const entry = entries.find((one) => one.count === count);
      if (entry) entry.output = output;
    },
    answer: (content) => {
      const withOutput = content.output === true;
      const toRow = ({ count, input, output }: Entry) => [0, count, withOutput ? [input, output] : input];
      return { status: "ok", history: chosen(entries, content).map(toRow) };
    },
  };
}

function chosen(entries: Entry[], { hist_access_type, n, start, stop, pattern, unique }: Record<string, unknown>) {
  const last = (list: Entry[]) => (typeof n === "number" ? list.slice(-n) : list);
  if (hist_access_type === "range") {
    const [from, to] = [Number(start ?? 1), typeof stop === "number" ? stop : Infinity];
    return entries.filter(({ count }) => count >= from && count < to);
  }
  if (hist_access_type !== "search") return last(entries);
  const wanted = globPattern(String(pattern ?? "*"));
  const found = entries.filter(({ input }) => wanted.test(input));
  const isLast = ({ input }: Entry, at: number) => !found.slice(at + 1).some((later) => later.input === input);
  return last(unique ? found.filter(isLast) : found);
}

/** `*` stands for any text, `?` for one character. */
function globPattern(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", "[^]*").replaceAll("?", "[^]")}$`);
}
