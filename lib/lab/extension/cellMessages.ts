import { type Extension, type Range, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, type Panel, showPanel } from "@codemirror/view";
import type { CellMessage } from "../../kernel/language/cellMessages";
import { offsetOf } from "./textPlaces";

/** Gives the editor of a cell the messages about it. */
export const setMessages = StateEffect.define<CellMessage[]>();

const SHOWN = 4; // messages below a cell; the rest is counted

interface Shown {
  messages: CellMessage[];
  marks: DecorationSet;
}

const field = StateField.define<Shown>({
  create: () => ({ messages: [], marks: Decoration.none }),
  update: (shown, transaction) => {
    const given = transaction.effects.find((effect) => effect.is(setMessages));
    if (given) return { messages: given.value, marks: marksOf(given.value, transaction.state.doc) };
    return transaction.docChanged ? { ...shown, marks: shown.marks.map(transaction.changes) } : shown;
  },
  provide: (own) => [
    EditorView.decorations.from(own, ({ marks }) => marks),
    showPanel.from(own, ({ messages }) => (messages.some(isSerious) ? (view) => panelOf(view, messages) : null)),
  ],
});

/** Underlines what messages are about, and tells errors and warnings below the cell's text. */
export const messageExtension: Extension = field;

/** The messages at an offset of an editor. */
export function messagesAt({ state }: EditorView, offset: number): CellMessage[] {
  const { messages } = state.field(field);
  return messages.filter(
    ({ start, end }) => offsetOf(state.doc, start) <= offset && offset <= offsetOf(state.doc, end),
  );
}

function isSerious({ severity }: CellMessage): boolean {
  return severity !== "hint";
}

function marksOf(messages: CellMessage[], doc: EditorView["state"]["doc"]): DecorationSet {
  const marks = messages.flatMap((message): Range<Decoration>[] => {
    const [start, end] = [offsetOf(doc, message.start), offsetOf(doc, message.end)];
    const from = start === end ? Math.max(0, start - 1) : start;
    const { severity, isDeprecated } = message;
    const name = isDeprecated ? "deprecated" : severity;
    return from < end ? [Decoration.mark({ class: `atelier-${name}` }).range(from, end)] : [];
  });
  return Decoration.set(marks, true);
}

function panelOf(view: EditorView, messages: CellMessage[]): Panel {
  const dom = document.createElement("div");
  dom.className = "atelier-messages";
  const serious = messages.filter(isSerious);
  for (const message of serious.slice(0, SHOWN)) dom.append(lineOf(view, message));
  if (serious.length > SHOWN) dom.append(`and ${serious.length - SHOWN} more`);
  return { dom };
}

/** A message, which a click or the Enter key leads to. */
function lineOf(view: EditorView, { start, text, severity }: CellMessage): HTMLElement {
  const line = document.createElement("button");
  line.type = "button";
  line.className = `atelier-message atelier-message-${severity}`;
  line.textContent = `${start.line + 1}:${start.character + 1} ${text}`;
  line.onclick = () => {
    view.dispatch({ selection: { anchor: offsetOf(view.state.doc, start) }, scrollIntoView: true });
    view.focus();
  };
  return line;
}
