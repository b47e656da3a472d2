import assert from "node:assert/strict";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { newDataProject, type Project } from "./project";

let project: Project;
before(() => void (project = newDataProject()));
after(() => project.remove());

test("npm run demo trains what is missing, serves its page, ends with Ctrl-C, and finds its models the next time", async () => {
  const visits: Promise<string>[] = [];
  const visit = (stdout: string, kill: (signal: NodeJS.Signals) => void) => {
    const [, url] = /^open (\S+)\n/m.exec(stdout) ?? [];
    if (!url || visits.length > 1) return;
    const page = fetch(url).then((response) => response.text());
    visits.push(page);
    void page.finally(() => kill("SIGINT"));
  };
  const first = await project.run(["demo", "--quick", "--port", "0"], visit);
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stderr, /Training the classifier, as there is none/);
  assert.match(await visits[0], /<title>/);
  const second = await project.run(["demo", "--quick", "--port", "0"], visit);
  assert.equal(second.code, 0, second.stderr);
  assert.doesNotMatch(second.stderr, /Training/);
  assert.match(await visits[1], /<title>/);
});

test("npm run demo says so where the port that was asked for is taken", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => holder.once("listening", resolve));
  const { port } = holder.address() as AddressInfo;
  const { code, stdout, stderr } = await project.run(["demo", "--quick", "--port", String(port)]);
  holder.close();
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(
    stderr,
    new RegExp(`serve\\(\\): port ${port} of 127.0.0.1 cannot be used, another program holds it; try port 0`),
  );
});
