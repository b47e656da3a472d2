import * as fs from "fs";
import * as path from "path";
import type * as TypeScript from "typescript";

/** How a public function is used, as its test runs it and its page of the reference shows it. */
export interface Example {
  /** The function. */
  name: string;
  /** Code for a notebook: imports, then what the test runs. */
  code: string;
  /** What the code prints, by the comments behind its calls of `console.log`, `record`, `table`, `interact` and the checks. */
  printed: string[];
}

/** The examples of a test file, calls of `example(function, async () => { … })` at its top. */
export function readExamples(ts: typeof TypeScript, file: string): Example[] {
  const text = fs.readFileSync(file, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const imports = source.statements.filter(ts.isImportDeclaration);
  return source.statements.flatMap((statement) => {
    const call = exampleCall(ts, statement);
    if (!call) return [];
    const body = dedent(text.slice(call.body.getStart() + 1, call.body.end - 1));
    return [{ name: call.name, code: `${importsOf(ts, body, { imports, file })}\n${body}`, printed: printedBy(body) }];
  });
}

function exampleCall(
  ts: typeof TypeScript,
  statement: TypeScript.Statement,
): { name: string; body: TypeScript.Block } | undefined {
  if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return undefined;
  const { expression, arguments: given } = statement.expression;
  if (expression.getText() !== "example" || given.length !== 2) return undefined;
  const [name, run] = given;
  if (!ts.isArrowFunction(run) || !ts.isBlock(run.body)) return undefined;
  return { name: name.getText(), body: run.body };
}

function dedent(body: string): string {
  const lines = body.replace(/^\s*\n|\s+$/g, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => /^ */.exec(line)![0].length);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join("\n");
}

/** The imports that code needs, from where a notebook finds them. */
function importsOf(
  ts: typeof TypeScript,
  body: string,
  { imports, file }: { imports: TypeScript.ImportDeclaration[]; file: string },
): string {
  const code = body.replace(/\/\/.*$/gm, "");
  const isUsed = (name: string) => new RegExp(`(?<![\\w.])${name}\\b(?!:)`).test(code);
  return imports
    .flatMap(({ importClause, moduleSpecifier }) => {
      const from = placeOf((moduleSpecifier as TypeScript.StringLiteral).text, file);
      const [whole, bindings] = [importClause?.name?.text, importClause?.namedBindings];
      if (whole && isUsed(whole)) return [`import ${whole} from "${from}";`];
      if (!bindings) return [];
      if (ts.isNamespaceImport(bindings))
        return isUsed(bindings.name.text) ? [`import * as ${bindings.name.text} from "${from}";`] : [];
      const names = bindings.elements
        .filter((element) => isUsed(element.name.text))
        .map((element) => element.getText());
      return names.length > 0 ? [`import { ${names.join(", ")} } from "${from}";`] : [];
    })
    .join("\n");
}

function placeOf(specifier: string, file: string): string {
  if (!specifier.startsWith(".")) return specifier;
  const whole = path.resolve(path.dirname(file), specifier);
  const own = path.join(path.dirname(whole), "package.json"); // of the parts that npm can install
  if (fs.existsSync(own)) return JSON.parse(fs.readFileSync(own, "utf8")).name;
  return whole.replace(/\\/g, "/").replace(/^.*\/lib\//, "./lib/");
}

function printedBy(body: string): string[] {
  return Array.from(
    body.matchAll(/^\s*(?:console\.log|record|table|interact|(?:await )?check\w+)\(.*\); \/\/ (.*)$/gm),
    ([, comment]) => comment.trim(),
  );
}
