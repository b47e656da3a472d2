/** Which of V8's scopes have variables of the user's, and how they are called. */
export const SCOPE_NAMES: Record<string, string> = {
  local: "Local",
  block: "Block",
  catch: "Catch",
  closure: "Closure",
  module: "Module",
};
