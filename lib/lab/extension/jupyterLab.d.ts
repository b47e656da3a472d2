// Those parts of JupyterLab 4 that the extension uses; JupyterLab hands them in at run time.

declare module "@jupyterlab/notebook" {
  interface Signal<Sender, Value> {
    connect(slot: (sender: Sender, value: Value) => void): boolean;
  }

  interface Message {
    header: { msg_id: string; msg_type: string };
    parent_header: { msg_id?: string };
    metadata: Record<string, unknown>;
    content: Record<string, unknown>;
  }

  interface KernelConnection {
    name: string;
    username: string;
    clientId: string;
    anyMessage: Signal<unknown, { msg: Message; direction: "send" | "recv" }>;
    sendControlMessage(message: Message, expectReply: boolean, disposeOnDone: boolean): KernelFuture;
  }

  interface KernelFuture {
    done: Promise<unknown>;
    onReply: (reply: Message) => void;
    dispose(): void;
  }

  interface SessionContext {
    /** The notebook's path, from the folder that JupyterLab shows. */
    path: string;
    session: { kernel: KernelConnection | null } | null;
    kernelChanged: Signal<unknown, { newValue: KernelConnection | null }>;
    statusChanged: Signal<unknown, string>;
  }

  interface Output {
    data: Record<string, unknown>;
  }

  /** An output as it is drawn. */
  interface OutputModel extends Output {
    metadata: unknown;
    trusted: boolean;
    setData(options: { data?: Record<string, unknown> }): void;
  }

  interface Renderer {
    node: HTMLElement;
    renderModel(model: OutputModel): Promise<void>;
  }

  interface RendererFactory {
    createRenderer(options: object): Renderer;
  }

  interface CellModel {
    id: string;
    type: string;
    sharedModel: {
      getSource(): string;
      updateSource(start: number, end: number, value: string): void;
      transact(change: () => void): void;
    };
    outputs?: { get(index: number): Output };
  }

  interface Cell {
    node: HTMLElement;
    model: CellModel;
    /** None while the cell is far from what is seen. */
    editor: { editor: import("@codemirror/view").EditorView } | null;
    inputArea: { promptNode: HTMLElement } | null;
  }

  interface Notebook {
    node: HTMLElement;
    rendermime: {
      createRenderer(type: string): { node: HTMLElement; renderModel(output: Output): Promise<void> };
      getFactory(type: string): RendererFactory | undefined;
      addFactory(factory: RendererFactory, rank: number): void;
    };
    mode: "edit" | "command";
    activeCell: Cell | null;
    activeCellIndex: number;
    widgets: Cell[];
    modelContentChanged: Signal<unknown, unknown>;
    cellInViewportChanged: Signal<unknown, unknown>;
    scrollToItem(index: number): Promise<void>;
  }

  interface NotebookPanel {
    content: Notebook;
    sessionContext: SessionContext;
    disposed: Signal<unknown, unknown>;
  }

  interface INotebookTracker {
    currentWidget: NotebookPanel | null;
    widgetAdded: Signal<unknown, NotebookPanel>;
    forEach(work: (panel: NotebookPanel) => void): void;
    find(test: (panel: NotebookPanel) => boolean): NotebookPanel | undefined;
  }

  const INotebookTracker: unknown;
  const NotebookActions: {
    runCells(notebook: Notebook, cells: Cell[], session: SessionContext): Promise<boolean>;
  };
}

declare module "@jupyterlab/application" {
  interface OpenedDocument {
    context?: { ready: Promise<void> };
    revealed?: Promise<void>;
    content: { editor?: { setCursorPosition(place: { line: number; column: number }): void; focus(): void } };
  }

  interface JupyterFrontEnd {
    commands: {
      addCommand(
        id: string,
        options: { label: string; caption: string; isEnabled(): boolean; execute(): unknown },
      ): void;
      addKeyBinding(binding: { command: string; keys: string[]; selector: string }): void;
      execute(id: string, args: object): Promise<OpenedDocument | undefined>;
    };
    shell: { add(widget: { id: string }, area: string): void; activateById(id: string): void };
    contextMenu: { addItem(options: { command: string; selector: string; rank: number }): void };
  }
}

declare module "@jupyterlab/apputils" {
  interface ICommandPalette {
    addItem(options: { command: string; category: string }): void;
  }

  const ICommandPalette: unknown;

  const ICommandPalette: unknown;

  /** A tab of JupyterLab's main area. */
  class MainAreaWidget<Content = import("@jupyterlab/codeeditor").CodeEditorWrapper> {
    constructor(options: { content: Content });
    readonly id: string;
    readonly content: Content;
    readonly title: object;
    readonly revealed: Promise<void>;
    readonly disposed: import("@jupyterlab/notebook").Signal<unknown, unknown>;
  }

  const InputDialog: {
    getText(options: { title: string; text: string; okLabel: string }): Promise<{ value: string | null }>;
    getItem(options: { title: string; items: string[]; okLabel: string }): Promise<{ value: string | null }>;
  };
  const Notification: {
    /** Shown in a corner for `autoClose` ms, or until it is closed where that is false; otherwise only listed. */
    info(text: string, options?: { autoClose: number | false }): unknown;
    error(text: string, options?: { autoClose: number | false }): unknown;
  };
}

declare module "@jupyterlab/services" {
  const KernelMessage: {
    createMessage(options: object): import("@jupyterlab/notebook").Message;
  };
}

declare module "@jupyterlab/codeeditor" {
  interface IEditorServices {
    factoryService: { newDocumentEditor: unknown };
    mimeTypeService: { getMimeTypeByFilePath(path: string): string };
  }

  const IEditorServices: unknown;
  namespace CodeEditor {
    class Model {
      constructor(options: { mimeType: string });
      readonly sharedModel: { setSource(text: string): void };
    }
  }

  class CodeEditorWrapper {
    constructor(options: { model: CodeEditor.Model; factory: unknown; editorOptions: object });
    readonly node: HTMLElement;
    readonly editor: { setCursorPosition(place: { line: number; column: number }): void; focus(): void };
  }
}

declare module "@jupyterlab/codemirror" {
  interface IEditorExtensionRegistry {
    addExtension(options: { name: string; factory(options: { model: unknown }): unknown }): void;
  }

  const IEditorExtensionRegistry: unknown;
  const EditorExtensionRegistry: {
    createImmutableExtension(extension: import("@codemirror/state").Extension): unknown;
  };
}

declare module "@jupyterlab/completer" {
  interface CompletionContext {
    widget: unknown;
    editor?: { editor: import("@codemirror/view").EditorView } | null;
  }

  interface CompletionItem {
    label: string;
    insertText: string;
    type: string;
    documentation?: string;
    deprecated?: boolean;
    resolve?(): Promise<CompletionItem>;
  }

  interface CompletionProvider {
    identifier: string;
    rank: number;
    renderer: null;
    isApplicable(context: CompletionContext): Promise<boolean>;
    fetch(
      request: { offset: number; text: string },
      context: CompletionContext,
    ): Promise<{ start: number; end: number; items: CompletionItem[] }>;
  }

  interface ICompletionProviderManager {
    registerProvider(provider: CompletionProvider): void;
    selected: import("@jupyterlab/notebook").Signal<unknown, { insertText: string }>;
  }

  const ICompletionProviderManager: unknown;
}

declare module "@jupyterlab/rendermime" {
  interface IRenderMimeRegistry {
    createRenderer(mimeType: string): { node: HTMLElement; renderModel(model: unknown): Promise<void> };
    createModel(options: { data: Record<string, string>; trusted: boolean }): unknown;
  }

  const IRenderMimeRegistry: unknown;
}
