import type { PageFiles } from "../api";

// In place of `buildForm.ts` in a browser tab, where nobody can open the page.

export const buildForm = async (): Promise<PageFiles> => ({ html: "", files: new Map() });
