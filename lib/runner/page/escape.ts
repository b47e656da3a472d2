/** JSON as it can stand in a script element. */
export function scriptJSON(value: unknown): string {
  return JSON.stringify(value).replace(/</g, "\\u003c");
}

/** JavaScript as it can stand in a script element: nothing in it ends the element, or opens a comment. */
export function scriptSource(code: string): string {
  return code.replace(/<\/(script)/gi, "<\\/$1").replace(/<!--/g, "<\\!--");
}
