/** A piece of TypeScript or of Node, and what comes of it. */
export interface Construct {
  name: string;
  /** Code that declares or does something; it may run twice. */
  first: string;
  /** An expression that speaks of it, in the same cell or in another. */
  then: string;
  /** The expression's value, as JSON. */
  wanted: unknown;
  /** Why it cannot be used in another cell, where that is so by its meaning. */
  alone?: string;
}

const make = (name: string, first: string, then: string, wanted: unknown, alone?: string): Construct => ({
  ...{ name, first, then, wanted },
  ...(alone === undefined ? {} : { alone }),
});

/** TypeScript's and Node's constructs, each as a cell would have it at its top level. */
export const constructs: Construct[] = [
  // variables
  make("const", "const c1 = 1;", "c1", 1),
  make("let, assigned later", "let l1 = 1; l1 += 2;", "++l1", 4),
  make("var", "var v1 = 3;", "v1", 3),
  make("var in a block", "if (true) { var v2 = 4; }", "v2", 4),
  make("var of a loop", "for (var v3 = 0; v3 < 5; v3++) ;", "v3", 5),
  make("var of for … of", "for (var v4 of [1, 2, 6]) ;", "v4!", 6),
  make("var of for … in", "for (var v5 in { a: 1, b: 2 }) ;", "v5!", "b"),
  make("const in a block stays there", "const c2 = 1; { const c2 = 2; c2; }", "c2", 1),
  make("let without a value", "let l2: number | undefined;", "l2 ?? null", null),
  make("definite assignment", "let l3!: number; l3 = 7;", "l3", 7),
  make("several in one statement", "const s1 = 1, s2 = s1 + 1;", "[s1, s2]", [1, 2]),
  make("object pattern", "const { a: d1, ...d2 } = { a: 1, b: 2, c: 3 };", "[d1, d2]", [1, { b: 2, c: 3 }]),
  make("array pattern", "const [e1, , e2 = 5, ...e3] = [1, 2, undefined, 4];", "[e1, e2, e3]", [1, 5, [4]]),
  make("nested pattern", "const { p: [{ q: f1 = 3 }] } = { p: [{}] } as { p: { q?: number }[] };", "f1", 3),
  make("pattern with a computed key", 'const key1 = "k"; const { [key1]: f2 } = { k: 8 };', "f2", 8),
  make("swap", "let w1 = 1, w2 = 2; [w1, w2] = [w2, w1];", "[w1, w2]", [2, 1]),
  make("assignment to a short property", "let h1 = 0; ({ h1 } = { h1: 9 });", "h1", 9),
  make("short properties", "const h2 = 2;", "({ h2 })", { h2: 2 }),
  make("declare const", "declare const process1: unknown;", "typeof globalThis", "object"),
  make("as const", 'const t1 = ["a", "b"] as const;', "t1.length", 2),
  make("satisfies", "const t2 = { a: 1 } satisfies Record<string, number>;", "t2.a", 1),
  make("type assertion <T>", "const t3 = <number>(5 as unknown);", "t3", 5),
  make("non-null", "const t4 = ([1].at(0) as number | undefined)!;", "t4", 1),
  make("unique symbol", "const t5: unique symbol = Symbol('u');", "typeof t5", "symbol"),
  make("bigint and separators", "const t6 = 1_000n;", "String(t6)", "1000"),
  make(
    "typed array with its buffer",
    "const t7: Float32Array<ArrayBuffer> = new Float32Array([1, 2]);",
    "t7.length",
    2,
  ),
  // functions
  make("function", "function fn1(x: number) { return x + 1; }", "fn1(1)", 2),
  make("function before its declaration", "const early = fn2(); function fn2() { return 'up'; }", "early", "up"),
  make(
    "function that changes a variable",
    "let n1 = 0; function fn3() { return ++n1; } n1 = 10;",
    "[fn3(), n1]",
    [11, 11],
  ),
  make("overloads", "function fn4(x: string): string; function fn4(x: number): number; function fn4(x: any) { return x; }", "fn4(4)", 4), // prettier-ignore
  make(
    "generic function",
    "function fn5<T extends { id: number }>(x: T): T['id'] { return x.id; }",
    "fn5({ id: 5 })",
    5,
  ),
  make("const type parameter", "function fn6<const T>(x: T): T { return x; }", "fn6([1, 2])", [1, 2]),
  make("arrow function", "const fn7 = (x = 1, ...more: number[]) => x + more.length;", "[fn7(2, 3), fn7.name]", [
    3,
    "fn7",
  ]),
  make("async function", "async function fn8() { return 8; }", "await fn8()", 8),
  make("generator", "function* fn9() { yield 1; yield* [2, 3]; }", "[...fn9()]", [1, 2, 3]),
  make(
    "async generator",
    "async function* fn10() { yield 1; yield 2; }",
    "await (async () => { const all = []; for await (const v of fn10()) all.push(v); return all; })()",
    [1, 2],
  ),
  make(
    "this of a plain call",
    "function fn11(this: unknown) { return this === undefined; }",
    "fn11.call(undefined)",
    true,
  ),
  make("type guard", "function isText(x: unknown): x is string { return typeof x === 'string'; }", "isText('a')", true),
  make(
    "assertion function",
    "function must(x: unknown): asserts x { if (!x) throw new Error('no'); }",
    "(must(1), 1)",
    1,
  ),
  make("this of a call in brackets", "function fn12(this: any) { return this === undefined; }", "[(fn12 as () => boolean)(), fn12!.call(undefined)]", [true, true]), // prettier-ignore
  make("tagged template", "const tag = (s: TemplateStringsArray, ...v: unknown[]) => s.raw.join('_') + v.join();", "tag`a${1}b`", "a_b1"), // prettier-ignore
  make("recursion", "function fact(n: number): number { return n < 2 ? 1 : n * fact(n - 1); }", "fact(5)", 120),
  // classes
  make("class", "class K1 { x = 1; get double() { return 2 * this.x; } }", "new K1().double", 2),
  make("private fields", "class K2 { #x = 3; has() { return #x in this && this.#x; } }", "new K2().has()", 3),
  make("parameter properties", "class K3 { constructor(readonly x: number) {} }", "new K3(4).x", 4),
  make(
    "static block and itself",
    "class K4 { static made: K4; static { K4.made = new K4(); } y = 5; }",
    "K4.made.y",
    5,
  ),
  make("auto-accessor", "class K5 { accessor x = 6; }", "new K5().x", 6),
  make("abstract and override", "abstract class K6 { abstract f(): number; } class K7 extends K6 { override f() { return 7; } }", "new K7().f()", 7), // prettier-ignore
  make("generic class", "class K8<T> { constructor(private x: T) {} map<U>(f: (x: T) => U) { return new K8(f(this.x)); } get() { return this.x; } }", "new K8(1).map(String).get()", "1"), // prettier-ignore
  make("class expression", "const K9 = class { x = 9; };", "[new K9().x, K9.name]", [9, "K9"]),
  make("mixin", "const K10 = <B extends new (...a: any[]) => object>(Base: B) => class extends Base { m = 1; };", "new (K10(Object))().m", 1), // prettier-ignore
  make(
    "class and namespace in one",
    "class K11 { n = K11.one; } namespace K11 { export const one = 1; }",
    "new K11().n",
    1,
  ),
  make("decorator", "const seen: string[] = []; function note(target: any, context?: any) { seen.push(typeof target); } @note class K12 {}", "[typeof K12, seen.length > 0]", ["function", true]), // prettier-ignore
  // types
  make("interface", "interface I1 { a: number } const i1: I1 = { a: 1 };", "(i1 satisfies I1).a", 1),
  make("interface merged in a cell", "interface I2 { a: number } interface I2 { b: number } const i2: I2 = { a: 1, b: 2 };", "i2.b", 2), // prettier-ignore
  make("type alias, recursive", "type Tree = { v: number; kids: Tree[] }; const tree: Tree = { v: 1, kids: [] };", "(tree as Tree).v", 1), // prettier-ignore
  make("mapped and conditional types", "type M<T> = { [K in keyof T as `get${string & K}`]: T[K] extends number ? 'n' : 's' }; const m1: M<{ a: 1 }> = { geta: 'n' };", "m1.geta", "n"), // prettier-ignore
  make("enum", "enum E1 { A, B = 5, C }", "[E1.C, E1[5]]", [6, "B"]),
  make("enum of texts", "enum E2 { A = 'a' }", "E2.A as string", "a"),
  make("const enum", "const enum E3 { A = 3 }", "E3.A as number", 3),
  make(
    "namespace",
    "namespace N1 { export const a = 1; export namespace In { export const b = a + 1; } }",
    "N1.In.b",
    2,
  ),
  make("namespace alias", "namespace N2 { export const z = 26; } import z2 = N2.z;", "z2", 26),
  make("declare global", "declare global { interface Array<T> { tally1?: number } }", "[1].tally1 ?? null", null),
  make("a type and a value of one name", "type Both = string; const Both = 2;", "Both satisfies number", 2),
  // modules
  make(
    "import of names",
    'import { basename, join as joined } from "node:path";',
    'joined("a", basename("b/c"))',
    "a/c",
  ),
  make("import of a default", 'import path1 from "node:path";', 'path1.basename("a/b")', "b"),
  make("import of a namespace", 'import * as path2 from "node:path";', 'path2.basename("a/b")', "b"),
  make("import of types", 'import type { ParsedPath } from "node:path"; const pp: Partial<ParsedPath> = { root: "/" };', "pp.root", "/"), // prettier-ignore
  make("import type among names", 'import { type ParsedPath as PP, sep } from "node:path"; const pq: Partial<PP> = { ext: sep };', "pq.ext", "/"), // prettier-ignore
  make("import for its effect", 'import "node:path"; const ran = true;', "ran", true),
  make("import = require", 'import path3 = require("node:path");', 'path3.basename("a/b")', "b"),
  make("import()", 'const path4 = await import("node:path");', 'path4.basename("a/b")', "b"),
  make("require", 'const path5 = require("node:path");', 'path5.basename("a/b")', "b"),
  make("import.meta.url", "const url1 = import.meta.url;", 'url1.startsWith("file:")', true),
  make("import.meta.dirname", "const dir1 = import.meta.dirname;", "typeof dir1", "string"),
  make("__dirname and __filename", "const dir2 = __dirname;", "__filename.startsWith(dir2)", true),
  make("export const", "export const x1 = 5;", "x1", 5),
  make("export function", "export function x2() { return 6; }", "x2()", 6),
  make("export class", "export class X3 { y = 7; }", "new X3().y", 7),
  make("export of a list", "const x4 = 8; export { x4, x4 as again };", "x4", 8),
  make("export default of a function", "export default function x5() { return 9; }", "x5()", 9),
  make("export default of a nameless function", "export default function () { return 1; }", "true", true),
  make(
    "export default of a nameless class",
    "const base1 = Object; export default class extends base1 {}",
    "true",
    true,
  ),
  make("export default of a value", "const def1 = 3; export default def1;", "def1", 3),
  make("export type", "export type X6 = number; export interface X7 { a: X6 } const x7: X7 = { a: 1 };", "x7.a", 1),
  // statements
  make("await at the top", "const aw = await Promise.resolve(1);", "aw", 1),
  make("for await", "let sum1 = 0; for await (const v of [Promise.resolve(1), 2]) sum1 += v;", "sum1", 3),
  make("using", "const closed: string[] = []; { using u1 = { [Symbol.dispose]: () => void closed.push('u') }; }", "closed.length > 0", true), // prettier-ignore
  make("using at the top", "let shut = 0; using u2 = { v: 1, [Symbol.dispose]: () => void shut++ };", "u2.v", 1, "what it declares ends with its cell"), // prettier-ignore
  make(
    "await using",
    "let shut2 = 0; { await using u3 = { [Symbol.asyncDispose]: async () => void shut2++ }; }",
    "shut2",
    1,
  ),
  make("labels", "let count1 = 0; outer: for (;;) { for (;;) { if (++count1 > 2) break outer; } }", "count1", 3),
  make("switch", "let sw = ''; switch (2 as number) { case 1: sw = 'a'; break; default: { const sw2 = 'b'; sw = sw2; } }", "sw", "b"), // prettier-ignore
  make("try, catch, finally", "let log1 = ''; try { throw new Error('e', { cause: 1 }); } catch (e) { log1 += (e as Error).message; } finally { log1 += 'f'; }", "log1", "ef"), // prettier-ignore
  make("optional chaining", "const oc: { a?: { b(): number } } = {};", "oc.a?.b() ?? 'none'", "none"),
  make("logical assignment", "let la: number | null = null; la ??= 4; la ||= 5; la &&= 6;", "la", 6),
  make(
    "regular expression, named groups",
    "const re = /(?<y>\\d{4})/v;",
    "re.exec('in 2026')?.groups?.y ?? null",
    "2026",
  ),
  make("strict mode", "const frozen: { a?: number } = Object.freeze({}); let strict1 = false; try { frozen.a = 1; } catch { strict1 = true; }", "strict1", true), // prettier-ignore
  make(
    "timers",
    "let ticked = 0; await new Promise<void>((done) => setTimeout(() => { ticked++; done(); }, 1));",
    "ticked",
    1,
  ),
  make("fetch of data", 'const got = await (await fetch("data:text/plain,hello")).text();', "got", "hello"),
  make("structuredClone", "const sc = structuredClone({ a: new Map([[1, 2]]) });", "sc.a.get(1) ?? null", 2),
  make("Buffer", 'const buf = Buffer.from("ä");', "buf.length", 2),
  make("globalThis", "(globalThis as any).own1 = 3;", "(globalThis as any).own1", 3),
];

/** The cells that try a construct in one way. */
export function cellsFor({ first, then }: Construct, way: Way): string[] {
  const shown = `JSON.stringify(${then})`;
  if (way === "at the top") return [`${first}\n${shown}`];
  return way === "redeclared" ? [first, `${first}\n${shown}`] : [first, shown];
}

/** At the top level of one cell; declared a second time; declared in one cell and used in another. */
export const WAYS = ["at the top", "redeclared", "across cells"] as const;

/** One of these ways. */
export type Way = (typeof WAYS)[number];
