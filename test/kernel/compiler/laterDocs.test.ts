import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutDocs } from "../../../lib/kernel/compiler/laterDocs";

test("withoutDocs() makes ordinary comments of documentation, but not of what is deprecated or in quotes", () => {
  const plain = 'export type Path = "/**/";\n/* no documentation */\n/**/\nexport const glob: "a/**";';
  assert.equal(withoutDocs(plain), plain);
  assert.equal(withoutDocs("  /** One. */\n  a(): void;"), "  /*  One. */\n  a(): void;");
  assert.equal(withoutDocs("/**\n * Two\n */\nconst b;"), "/* \n * Two\n */\nconst b;");
  assert.equal(withoutDocs("/** @deprecated */\n/** c */"), "/** @deprecated */\n/*  c */");
});
