import { escapeHTML } from "../../text";

/** What the head of a page names. */
export interface PageHead {
  title: string;
  /** Addresses of style sheets. */
  styles: string[];
  /** Addresses: of the icon, of the script that sets the colours before anything is drawn, and of the page's own. */
  icon: string;
  theme: string;
  script?: string;
}

/** The inside of a page's head, the same for all pages of the demo. */
export function pageHead({ title, styles, icon, theme, script }: PageHead): string {
  return [
    '<meta charset="utf-8" />',
    '<meta name="viewport" content="width=device-width, initial-scale=1" />',
    `<title>${escapeHTML(title)}</title>`,
    `<link rel="icon" href="${icon}" />`,
    ...styles.map((style) => `<link rel="stylesheet" href="${style}" />`),
    `<script src="${theme}"></script>`,
    ...(script ? [`<script type="module" src="${script}"></script>`] : []),
  ].join("\n    ");
}

/** The button between light and dark colours; browser/theme.ts brings it to life. */
export const THEME_BUTTON = `<button class="quiet icon" id="theme" type="button" aria-label="Dark colours" aria-pressed="false">
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="12" cy="12" r="8.5" />
            <path class="solid" d="M12 3.5a8.5 8.5 0 0 1 0 17Z" />
          </svg>
        </button>`;
