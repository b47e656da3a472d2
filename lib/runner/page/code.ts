import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import bash from "highlight.js/lib/languages/bash";
import json from "highlight.js/lib/languages/json";
import { escapeHTML } from "../../text";

/** Code as HTML with a span around each token, by highlight.js; plain where the language is not one of ours. */
export function highlight(code: string, language = "typescript"): string {
  if (!hljs.getLanguage("typescript")) {
    hljs.registerLanguage("typescript", typescript);
    hljs.registerLanguage("bash", bash);
    hljs.registerLanguage("json", json);
  }
  if (!hljs.getLanguage(language)) return escapeHTML(code);
  return hljs.highlight(code, { language, ignoreIllegals: true }).value;
}
