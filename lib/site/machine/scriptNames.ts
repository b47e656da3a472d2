/** A script's own name, and how far its first line is moved, by the name that the browser knows. */
const scripts = new Map<string, { filename: string; columnOffset: number }>();

/** A name for a script, of which a browser's stack can speak: without blanks, and never twice. */
export function nameScript(filename: string, columnOffset: number): string {
  const name = `atelier-${scripts.size + 1}:${encodeURI(filename)}`;
  scripts.set(name, { filename, columnOffset });
  return name;
}

type Prepare = (error: Error, sites: NodeJS.CallSite[]) => unknown;

/** From now on whoever sets `Error.prepareStackTrace` gets the places of scripts as Node would tell them. */
export function tellOwnNames(): void {
  let given: Prepare | undefined;
  let prepare: Prepare | undefined;
  Object.defineProperty(Error, "prepareStackTrace", {
    get: () => prepare,
    set: (wanted?: Prepare) => {
      if (wanted === prepare && wanted !== undefined) return;
      given = wanted;
      prepare = given && ((error, sites) => given!(error, sites.map(renamed)));
    },
    configurable: true,
  });
}

function renamed(site: NodeJS.CallSite): NodeJS.CallSite {
  const name = site.getFileName() ?? site.getScriptNameOrSourceURL?.() ?? "";
  const script = scripts.get(name);
  const { filename, columnOffset } = script ?? { filename: `node:${name}`, columnOffset: 0 }; // the kernel's own, or the browser's
  const line = site.getLineNumber() ?? 0;
  const column = (site.getColumnNumber() ?? 0) + (line === 1 ? columnOffset : 0);
  const place = `${filename}:${line}:${column}`;
  const text = String(site).replace(`${name}:${line}:${site.getColumnNumber()}`, () => place);
  const own: Record<PropertyKey, () => unknown> = {
    getFileName: () => filename,
    getColumnNumber: () => column,
    toString: () => text.replace(/^(async )?eval \((.*)\)$/, "$1$2"), // Node's functions without a name have none
  };
  return new Proxy(site, {
    get: (target, key) => {
      const value = own[key] ?? (target as unknown as Record<PropertyKey, unknown>)[key];
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
