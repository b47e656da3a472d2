import type * as TypeScript from "typescript";

/** What a call may change: the object whose method is called, and its arguments. */
export interface CalledChanges {
  receiver: boolean;
  arguments: boolean;
}

/** Methods of JavaScript's library that change their own object; the others only read it. */
const OWN =
  /^(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set\w*|add|delete|clear|append|next|throw|return|exec|test)$/;
/** Functions of JavaScript's library that change an argument. */
const GIVEN = /^(assign|definePropert\w+|deleteProperty|setPrototypeOf|freeze|seal|store|exchange|getRandomValues)$/;
/** Parts of Node that only look at what they are given. */
const LOOKING = /\/@types\/node\/(console|assert|util|path|url|perf_hooks|timers)\b/;

/** What a call of this function or method may change, as far as one knows of it. */
export function calledChanges(
  program: TypeScript.Program,
  declaration: TypeScript.Declaration | undefined,
  name: string,
): CalledChanges {
  const file = declaration?.getSourceFile();
  if (file && program.isSourceFileDefaultLibrary(file))
    return { receiver: OWN.test(name), arguments: GIVEN.test(name) };
  const isLooking = file !== undefined && LOOKING.test(file.fileName);
  return { receiver: !isLooking, arguments: !isLooking };
}
