/** What JupyterLab would ask the network for: news, newer versions, the list of extensions. */
export const DISABLED_EXTENSIONS = [
  "@jupyterlab/apputils-extension:announcements",
  "@jupyterlab/extensionmanager-extension:plugin",
];

/** A default, which a user's own settings override: light or dark as the system is. */
export const THEME_SETTINGS = { "@jupyterlab/apputils-extension:themes": { "adaptive-theme": true } };
