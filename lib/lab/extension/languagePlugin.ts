import type { JupyterFrontEnd } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { IEditorServices } from "@jupyterlab/codeeditor";
import { EditorExtensionRegistry, IEditorExtensionRegistry } from "@jupyterlab/codemirror";
import { ICompletionProviderManager } from "@jupyterlab/completer";
import { type CellModel, INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { helpExtension, type ShowMarkdown } from "./cellHelp";
import { messageExtension } from "./cellMessages";
import { addLanguageCommands } from "./languageCommands";
import { languageCompleter } from "./languageCompleter";
import { type LanguageSession, newLanguageSession } from "./languageSession";
import { sourcePanels } from "./sourcePanel";
import { watchMessages } from "./watchMessages";

/** Shows what the kernel's language service knows of a notebook as it is written. */
export const languagePlugin = {
  id: "atelier-reruns:language",
  autoStart: true,
  requires: [INotebookTracker, IEditorExtensionRegistry, IRenderMimeRegistry, IEditorServices],
  optional: [ICompletionProviderManager, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    editors: IEditorExtensionRegistry,
    rendermime: IRenderMimeRegistry,
    services: IEditorServices,
    completers: ICompletionProviderManager | null,
    palette: ICommandPalette | null,
  ): void => {
    const sessions = new Map<NotebookPanel, LanguageSession>();
    const watch = (panel: NotebookPanel) => {
      if (sessions.has(panel)) return;
      const session = newLanguageSession(panel);
      sessions.set(panel, session);
      panel.disposed.connect(() => sessions.delete(panel));
      watchMessages(panel, session);
    };
    tracker.forEach(watch);
    tracker.widgetAdded.connect((_, panel) => watch(panel));

    const editedCell = (model: CellModel) => {
      const panel = tracker.find(({ content }) => content.widgets.some((cell) => cell.model === model));
      const session = panel && sessions.get(panel);
      return session && { session, id: model.id };
    };
    const show: ShowMarkdown = (markdown, node) => {
      const renderer = rendermime.createRenderer("text/markdown");
      node.append(renderer.node);
      void renderer.renderModel(rendermime.createModel({ data: { "text/markdown": markdown }, trusted: false }));
    };
    editors.addExtension({
      name: "atelier:language",
      factory: ({ model }) => {
        const extension = (model as CellModel).type === "code" ? [messageExtension, helpExtension(() => editedCell(model as CellModel), show)] : []; // prettier-ignore
        return EditorExtensionRegistry.createImmutableExtension(extension);
      },
    });
    const { provider, onSelected } = languageCompleter((panel) => sessions.get(panel));
    completers?.registerProvider(provider);
    completers?.selected.connect((_, { insertText }) => void onSelected(insertText));
    const current = () => (tracker.currentWidget ? sessions.get(tracker.currentWidget) : undefined);
    for (const command of addLanguageCommands(app, { current, show: sourcePanels(app, services) }))
      palette?.addItem({ command, category: "Notebook Cell Operations" });
  },
};
