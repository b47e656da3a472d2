import type * as TypeScript from "typescript";
import type { Compiler } from "./compiler";

type Type = TypeScript.Type;

/** What TypeScript notes of properties that no declaration makes readonly, as those of `Readonly<T>` and `as const`. */
type MadeProperty = TypeScript.Symbol & { links?: { checkFlags?: number } };
const MADE_READONLY = 8; // TypeScript's own CheckFlags.Readonly

const READONLY = ["ReadonlyArray", "ReadonlyMap", "ReadonlySet"];

/**
 * Whether code can change a value of this type in place. It cannot where the value is a primitive, a function, a class or
 * a module, or where all its properties are readonly.
 */
export function isChangeable(ts: Compiler, checker: TypeScript.TypeChecker, type: Type): boolean {
  const { TypeFlags, SymbolFlags } = ts;
  const open = TypeFlags.Any | TypeFlags.Unknown;
  const mayBeObject =
    open | TypeFlags.Object | TypeFlags.NonPrimitive | TypeFlags.Instantiable | TypeFlags.Intersection;

  const isReadonly = (property: TypeScript.Symbol): boolean => {
    if (((property as MadeProperty).links?.checkFlags ?? 0) & MADE_READONLY) return true;
    const { declarations = [] } = property;
    const isSaid = (one: TypeScript.Declaration) =>
      (ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Readonly) !== 0 || ts.isGetAccessorDeclaration(one);
    return declarations.length > 0 && declarations.every(isSaid);
  };

  const isFrozen = (object: Type): boolean => {
    if (checker.isTupleType(object)) return (object as TypeScript.TupleTypeReference).target.readonly;
    if (READONLY.includes(object.symbol?.name)) return true;
    if (object.symbol?.flags & (SymbolFlags.ValueModule | SymbolFlags.Enum)) return true;
    if (object.getCallSignatures().length + object.getConstructSignatures().length > 0) return true;
    const properties = object.getProperties();
    return properties.length > 0 && properties.every(isReadonly);
  };

  if (type.isUnion()) return type.types.some((one) => isChangeable(ts, checker, one));
  if ((type.flags & mayBeObject) === 0) return false;
  const bound = type.flags & TypeFlags.Instantiable ? checker.getBaseConstraintOfType(type) : undefined;
  if (bound && bound !== type) return isChangeable(ts, checker, bound);
  const isObject = (type.flags & (TypeFlags.Object | TypeFlags.Intersection)) !== 0;
  return !isObject || !isFrozen(type);
}
