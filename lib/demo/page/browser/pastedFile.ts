/// <reference lib="dom" />

/** Where text goes that is pasted. */
const TEXT = "textarea, input:not([type=radio], [type=checkbox], [type=range], [type=file])";

/** The file that is pasted, if one is meant: what spreadsheets copy is a text and a picture of it, and fields want the text. */
export function pastedFile({ clipboardData, target }: ClipboardEvent): File | undefined {
  const wantsText = target instanceof Element && target.closest(TEXT) !== null;
  if (wantsText && clipboardData?.types.includes("text/plain")) return undefined;
  return clipboardData?.files[0];
}
