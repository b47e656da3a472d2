import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip, type ViewUpdate } from "@codemirror/view";
import type { Signatures } from "../../kernel/language/signatures";
import { messagesAt } from "./cellMessages";
import type { LanguageSession } from "./languageSession";
import { offsetOf, positionOf } from "./textPlaces";

/** Whose questions the editor of a cell asks. */
export interface EditedCell {
  session: LanguageSession;
  id: string;
}

/** Shows Markdown, as the documentation of a name. */
export type ShowMarkdown = (markdown: string, node: HTMLElement) => void;

const setTip = StateEffect.define<Tooltip | null>();

const tipField = StateField.define<Tooltip | null>({
  create: () => null,
  update: (tip, transaction) => {
    const given = transaction.effects.find((effect) => effect.is(setTip));
    return given ? given.value : tip;
  },
  provide: (field) => showTooltip.from(field),
});

/** Shows the type and documentation of what the mouse is over, and the signature of the function that is being called. */
export function helpExtension(cellOf: () => EditedCell | undefined, show: ShowMarkdown): Extension {
  const hover = hoverTooltip(
    async (view, offset) => {
      const cell = cellOf();
      const { doc } = view.state;
      const found = await cell?.session.ask("hover", { cell: cell.id, at: positionOf(doc, offset) });
      const messages = messagesAt(view, offset);
      const isLate = view.state.doc !== doc || !view.dom.matches(":hover"); // a tip that opened now would stay
      if (isLate || (!found && messages.length === 0)) return null;
      const pos = found ? offsetOf(doc, found.range.start) : offset;
      const dom = boxOf(messages.map(({ text }) => text));
      if (found) show(found.markdown, dom);
      return { pos, end: found ? offsetOf(doc, found.range.end) : offset, above: true, create: () => ({ dom }) };
    },
    { hideOnChange: true },
  );

  const tell = async (view: EditorView) => {
    const cell = cellOf();
    const { doc, selection } = view.state;
    const at = positionOf(doc, selection.main.head);
    const found = await cell?.session.ask("signatures", { cell: cell.id, at });
    const isLate = view.state.doc !== doc || view.state.selection.main.head !== selection.main.head || !view.hasFocus;
    if (isLate) return;
    const tip = found ? { pos: selection.main.head, above: true, create: () => ({ dom: signatureOf(found, show) }) } : null; // prettier-ignore
    view.dispatch({ effects: setTip.of(tip) });
  };

  const close = (view: EditorView): boolean => {
    if (!view.state.field(tipField)) return false;
    view.dispatch({ effects: setTip.of(null) });
    return true;
  };

  const listen = EditorView.updateListener.of((update) => {
    const isOpen = update.state.field(tipField) !== null;
    if (isOpen ? update.docChanged || update.selectionSet : opensCall(update)) void tell(update.view);
  });
  const keys = keymap.of([
    { key: "Mod-Shift-Space", run: (view) => (void tell(view), true) },
    { key: "Escape", run: close },
  ]);
  const leave = EditorView.domEventHandlers({ blur: (_event, view) => void setTimeout(() => close(view)) });
  return [hover, tipField, listen, keys, leave];
}

/** Whether a person has just typed what begins a call, or an argument. */
function opensCall({ docChanged, transactions, state }: ViewUpdate): boolean {
  if (!docChanged || !transactions.some((one) => one.isUserEvent("input"))) return false;
  const { head } = state.selection.main;
  return /[(,]/.test(state.sliceDoc(Math.max(0, head - 1), head));
}

function boxOf(texts: string[]): HTMLElement {
  const box = document.createElement("div");
  box.className = "atelier-tip";
  for (const text of texts) {
    const line = document.createElement("div");
    line.className = "atelier-tip-message";
    line.textContent = text;
    box.append(line);
  }
  return box;
}

function signatureOf({ signatures, active, parameter }: Signatures, show: ShowMarkdown): HTMLElement {
  const { label, documentation, parameters } = signatures[active];
  const own = parameters[Math.min(parameter, parameters.length - 1)];
  const box = boxOf([]);
  const code = document.createElement("code");
  const [start, end] = own?.label ?? [0, 0];
  const strong = document.createElement("strong");
  strong.textContent = label.slice(start, end);
  code.append(label.slice(0, start), strong, label.slice(end));
  box.append(code);
  const more = [own?.documentation ?? "", documentation].filter((text) => text !== "").join("\n\n");
  if (more !== "") show(more, box);
  return box;
}
