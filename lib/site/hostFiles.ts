import { readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../files";
import { SITE_HEADERS } from "./siteHeaders";

const POLICY = "Content-Security-Policy";

/** What counts only in a header. */
const HEADER_ONLY = /; frame-ancestors [^;]*/;

/**
 * Has hosts send the site's headers: those that read a file `_headers`, as Netlify and Cloudflare Pages, send all of them. For others
 * each page names its content security policy itself.
 *
 * @param files - all files of the site
 */
export function writeHostFiles(site: string, files: string[]): void {
  const lines = Object.entries(SITE_HEADERS).map(([name, value]) => `  ${name}: ${value}`);
  replaceFile(join(site, "_headers"), `/*\n${lines.join("\n")}\n`);
  const policy = SITE_HEADERS[POLICY].replace(HEADER_ONLY, "");
  for (const name of files.filter((file) => file.endsWith(".html")))
    replaceFile(join(site, name), withPolicy(readFileSync(join(site, name), "utf8"), policy));
}

/** A page with the policy before all that it could load. */
function withPolicy(page: string, policy: string): string {
  return page.replace(/<head[^>]*>/i, (head) => `${head}<meta http-equiv="${POLICY}" content="${policy}">`);
}
