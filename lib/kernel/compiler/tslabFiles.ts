/** Whether this is the name under which tslab compiles a cell. */
export function isCellFile(name: string): boolean {
  return /(^|[\\/])__tslab__\.[jt]s$/.test(name);
}

/** Whether this is the name of the file in which tslab declares what earlier cells have made. */
export function isEarlierFile(name: string): boolean {
  return /(^|[\\/])__prev__\.d\.ts$/.test(name);
}
