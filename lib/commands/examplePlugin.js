// TypeDoc's plugin that puts the examples of test/examples on the functions' pages, and warns where one has none. Options
// that a function takes apart in its head have no name of their own: they are called options.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const ts = require("typescript");
const { readExamples } = require("../kernel/readExamples");

const root = path.join(__dirname, "..", "..", "test", "examples");

exports.load = async function load(app) {
  const { CommentTag } = await import("typedoc");
  app.converter.on("resolveBegin", ({ project }) => {
    for (const { name, children = [] } of project.children) {
      const file = path.join(root, name + ".test.ts");
      const examples = fs.existsSync(file) ? readExamples(ts, file) : [];
      for (const { name: called, signatures } of children) {
        const comment = signatures?.[0].comment;
        if (!comment) continue;
        const own = examples.filter((example) => example.name === called);
        if (own.length === 0) app.logger.warn(`${name}: ${called}() has no example in test/examples`);
        for (const { code } of own) {
          const text = "```ts\n" + code + "\n```";
          comment.blockTags.push(new CommentTag("@example", [{ kind: "code", text }]));
        }
      }
    }
  });
  app.converter.on("resolveEnd", ({ project }) => {
    for (const { children = [] } of project.children)
      for (const parameter of children.flatMap(({ signatures }) => signatures?.[0].parameters ?? []))
        if (parameter.name.startsWith("__namedParameters")) parameter.name = "options";
  });
};
