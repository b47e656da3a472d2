/** An extension in the form in which JupyterLab loads it. */
export interface Container {
  /** The name under which JupyterLab knows it. */
  name: string;
  /** What it takes from JupyterLab. */
  shared: string[];
  /** JavaScript: a function that takes `require` for what is shared and the address of this script, and gives the plugin's module. */
  code: string;
}

/** A module container, as webpack's module federation has it: JupyterLab gives it what is shared and asks for the plugin. */
export function moduleContainer({ name, shared, code }: Container): string {
  return `(() => {
const place = globalThis.document?.currentScript?.src;
const known = {};
let scope;
let made;
const take = async (name) => (known[name] = (await Object.values(scope[name])[0].get())());
const get = async () => {
  await Promise.all(${JSON.stringify(shared)}.map(take));
  return () => (made ??= (${code})((name) => known[name], place));
};
window._JUPYTERLAB = window._JUPYTERLAB || {};
window._JUPYTERLAB[${JSON.stringify(name)}] = { init: (given) => void (scope = given), get };
})();
`;
}
