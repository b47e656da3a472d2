import { join, relative, sep } from "path";
import { KERNEL_NAME } from "./installKernel";

/** How JupyterLab is to start. */
export interface LabOptions {
  /** The folder that it shows. */
  root: string;
  /** The notebook to open, within that folder. */
  file: string;
  /** Where it keeps its own settings, open tabs and marks of trust, so that the user's Jupyter is left alone. */
  home: string;
  /** The port; without one the first that is free from 8888 on. */
  port?: number;
  /** Whether to open a browser; default true. */
  browser?: boolean;
}

/** A program to start. */
export interface Command {
  program: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

/** The command that starts JupyterLab on loopback, with a token, and with this package's kernel alone. */
export function labCommand(python: string, { root, file, home, port, browser = true }: LabOptions): Command {
  const settings = {
    "ServerApp.ip": "127.0.0.1",
    "ServerApp.root_dir": root,
    "ServerApp.answer_yes": "True", // Ctrl-C ends it without a question
    "ServerApp.open_browser": browser ? "True" : "False",
    "Application.log_level": "WARN",
    "ServerApp.allow_root": process.getuid?.() === 0 ? "True" : "False", // as in a container; it listens on loopback only
    ...(port === undefined ? {} : { "ServerApp.port": port, "ServerApp.port_retries": 0 }),
    "LabApp.default_url": `/lab/tree/${relative(root, file).split(sep).map(encodeURIComponent).join("/")}`,
    "LabApp.extension_manager": "readonly",
    "LabApp.custom_css": "True",
    "KernelSpecManager.ensure_native_kernel": "False",
    "KernelSpecManager.allowed_kernelspecs": KERNEL_NAME,
    "MultiKernelManager.default_kernel_name": KERNEL_NAME,
  };
  const args = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
  return { program: python, args: ["-m", "jupyterlab", ...args], env: labVariables(home) };
}

function labVariables(home: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PYTHONHOME: "",
    PYTHONPATH: "",
    JUPYTER_PATH: "",
    JUPYTER_CONFIG_PATH: "",
    JUPYTER_PREFER_ENV_PATH: "1",
    JUPYTER_CONFIG_DIR: join(home, "config"),
    JUPYTER_DATA_DIR: join(home, "data"),
    JUPYTER_RUNTIME_DIR: join(home, "runtime"),
  };
}
