import type { QuickInfo, SymbolDisplayPart } from "typescript";

/** A type with its documentation, as text and as Markdown. */
export interface Description {
  plain: string;
  markdown: string;
}

/** What a language service knows of a name, for a person. An `@example` is shown as code. */
export function describeInfo({ displayParts, documentation, tags = [] }: QuickInfo): Description {
  const [type, about] = [plainText(displayParts), plainText(documentation)];
  const lines = tags.map(({ name, text }) => ({ name, text: plainText(text).trim() }));
  const examples = lines.filter(({ name }) => name === "example");
  const others = lines.filter(({ name }) => name !== "example");
  return {
    plain: joined([type, about, joined(others.map(plainTag), "\n"), ...examples.map(plainExample)]),
    markdown: joined([code(type), about, joined(others.map(tag), "\\\n"), ...examples.map(example)]),
  };
}

/** The text of TypeScript's parts. */
export function plainText(parts: SymbolDisplayPart[] = []): string {
  return parts.map(({ text }) => text).join("");
}

interface Tag {
  name: string;
  text: string;
}

const plainTag = ({ name, text }: Tag) => `@${name} ${text}`.trim();
const tag = ({ name, text }: Tag) => `*@${name}* ${text}`.trim();
const plainExample = ({ text }: Tag) => `@example\n${text}`;

/** The text of an example is Markdown where it fences its code; otherwise it is code. */
function example({ text }: Tag): string {
  return `*@example*\n\n${text.includes("```") ? text : code(text)}`;
}

function code(text: string): string {
  return `\`\`\`typescript\n${text}\n\`\`\``;
}

function joined(parts: string[], between = "\n\n"): string {
  return parts.filter((part) => part !== "").join(between);
}
