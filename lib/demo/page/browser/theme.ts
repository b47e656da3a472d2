/// <reference lib="dom" />

const KEPT = "atelier-theme";

/** Puts the colours in force that were chosen earlier; runs before the page is painted. Without a choice the system's hold. */
export function applyTheme(): void {
  const kept = read();
  if (kept) document.documentElement.dataset.theme = kept;
}

/** Whether the page is dark now. */
function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/**
 * A button that turns the page dark or light.
 *
 * @param changed - told after each change, the system's own ones too
 */
export function startThemeButton(button: HTMLElement, changed: () => void): void {
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  const showTheme = () => {
    show();
    changed();
  };
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    keep(theme);
    showTheme();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showTheme);
  show();
}

/** Browsers may refuse to keep anything; then the choice lasts as long as the page. */
function keep(theme: string): void {
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // nothing is lost but the memory
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
