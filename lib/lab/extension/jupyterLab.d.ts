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
    anyMessage: Signal<unknown, { msg: Message; direction: "send" | "recv" }>;
  }

  interface SessionContext {
    session: { kernel: KernelConnection | null } | null;
    kernelChanged: Signal<unknown, { newValue: KernelConnection | null }>;
    statusChanged: Signal<unknown, string>;
  }

  interface Cell {
    node: HTMLElement;
    model: { id: string; type: string; sharedModel: { getSource(): string } };
    inputArea: { promptNode: HTMLElement } | null;
  }

  interface Notebook {
    activeCell: Cell | null;
    widgets: Cell[];
    modelContentChanged: Signal<unknown, unknown>;
    cellInViewportChanged: Signal<unknown, unknown>;
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
  }

  const INotebookTracker: unknown;
  const NotebookActions: {
    runCells(notebook: Notebook, cells: Cell[], session: SessionContext): Promise<boolean>;
  };
}

declare module "@jupyterlab/application" {
  interface JupyterFrontEnd {
    commands: {
      addCommand(
        id: string,
        options: { label: string; caption: string; isEnabled(): boolean; execute(): unknown },
      ): void;
    };
    contextMenu: { addItem(options: { command: string; selector: string; rank: number }): void };
  }
}

declare module "@jupyterlab/apputils" {
  interface ICommandPalette {
    addItem(options: { command: string; category: string }): void;
  }

  const ICommandPalette: unknown;
}
