import type { JupyterFrontEnd } from "@jupyterlab/application";
import { MainAreaWidget } from "@jupyterlab/apputils";
import { CodeEditor, CodeEditorWrapper, type IEditorServices } from "@jupyterlab/codeeditor";
import type { Position } from "../../kernel/language/place";

/** Shows the text of a file, with the cursor at a place. */
export type ShowSource = (source: { file: string; text: string; start: Position }) => Promise<void>;

/** Shows files that JupyterLab cannot open, as they lie outside of its folder: each in a panel, which cannot be changed. */
export function sourcePanels(app: JupyterFrontEnd, { factoryService, mimeTypeService }: IEditorServices): ShowSource {
  const panels = new Map<string, MainAreaWidget>();

  const open = (file: string, text: string): MainAreaWidget => {
    const model = new CodeEditor.Model({ mimeType: mimeTypeService.getMimeTypeByFilePath(shortName(file)) });
    model.sharedModel.setSource(text);
    const editorOptions = { config: { readOnly: true, lineNumbers: true } };
    const content = new CodeEditorWrapper({ model, factory: factoryService.newDocumentEditor, editorOptions });
    content.node.querySelector<HTMLElement>(".cm-editor")!.style.height = "100%"; // so that it scrolls
    const panel = new MainAreaWidget({ content });
    Object.assign(panel, { id: `atelier-source:${file}` });
    Object.assign(panel.title, { label: `${nameOf(file)} (read-only)`, caption: file, closable: true });
    panel.disposed.connect(() => void panels.delete(file));
    panels.set(file, panel);
    app.shell.add(panel, "main");
    return panel;
  };

  return async ({ file, text, start }) => {
    const panel = panels.get(file) ?? open(file, text);
    app.shell.activateById(panel.id);
    await panel.revealed;
    panel.content.editor.setCursorPosition({ line: start.line, column: start.character });
    panel.content.editor.focus();
  };
}

function nameOf(file: string): string {
  return file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
}

/** The name without what stands between its first part and its ending: JupyterLab knows no `d.ts`. */
function shortName(file: string): string {
  return nameOf(file).replace(/^([^.]*)\..*(\.[^.]+)$/, "$1$2");
}
