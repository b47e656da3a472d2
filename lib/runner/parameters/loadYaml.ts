/** The package for YAML, loaded when a file needs it: most commands read none. */
export function loadYaml(): typeof import("yaml") {
  return require("yaml") as typeof import("yaml"); // oxlint-disable-line typescript/no-require-imports
}
