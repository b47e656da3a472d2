// What the extension takes from JupyterLite, by the parts that it calls.

declare module "@jupyterlite/services" {
  /** A kernel as JupyterLite asks for one. */
  export interface KernelOptions {
    id: string;
    name: string;
    location: string;
    sendMessage(message: unknown): void;
  }

  /** Gets the kernels that notebooks can ask for. */
  export interface KernelSpecs {
    register(kernel: { spec: object; create(options: KernelOptions): Promise<object> }): void;
  }

  /** What menus and buttons reach kernels through. */
  export interface KernelClient {
    interrupt(id: string): Promise<void>;
  }

  export const IKernelSpecs: object;
  export const IKernelClient: object;
}

declare module "@lumino/signaling" {
  /** Tells whoever has connected. */
  export class Signal {
    constructor(sender: object);
    emit(value: undefined): void;
  }
}

declare module "@jupyterlab/application" {
  /** A file or folder of JupyterLite's storage. */
  interface Contents {
    path: string;
    type: "notebook" | "file" | "directory";
    content: unknown;
  }

  /** The areas of JupyterLab's page. */
  interface ILabShell {
    restored: Promise<unknown>;
    currentChanged: { connect(slot: () => void): boolean };
    layoutModified: { connect(slot: () => void): boolean };
    leftCollapsed: boolean;
    rightCollapsed: boolean;
    collapseLeft(): void;
    collapseRight(): void;
    isSideTabBarVisible(side: "left" | "right"): boolean;
    toggleSideTabBarVisibility(side: "left" | "right"): void;
  }

  const ILabShell: object;

  interface JupyterFrontEnd {
    restored: Promise<void>;
    serviceManager: {
      contents: {
        get(path: string, options?: { content: boolean }): Promise<Contents>;
        save(path: string, model: { type: string; format: string; content: unknown }): Promise<Contents>;
      };
    };
  }
}

declare module "@jupyterlab/apputils" {
  interface Dialog {
    button: { accept: boolean };
  }

  const Dialog: {
    cancelButton(options?: { label: string }): object;
    okButton(options: { label: string }): object;
    warnButton(options: { label: string }): object;
  };
  function showDialog(options: { title: string; body: string; buttons: object[] }): Promise<Dialog>;
}

declare module "@jupyterlab/mainmenu" {
  interface IMainMenu {
    fileMenu: { addGroup(items: { command: string }[], rank: number): void };
  }

  const IMainMenu: object;
}

declare module "@jupyterlab/notebook" {
  interface NotebookPanel {
    context: { path: string; model: { toJSON(): import("./notebookLink").LinkedNotebook } };
  }

  const INotebookCellExecutor: object;
  function runCell(run: { cell: Cell; sessionContext?: { ready: Promise<void> } }): Promise<boolean>;
}
