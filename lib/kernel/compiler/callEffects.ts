import type * as TypeScript from "typescript";
import { calledChanges } from "./calledChanges";
import type { Call, CodeFacts } from "./codeFacts";
import type { Compiler } from "./compiler";
import { isChangeable } from "./isChangeable";
import { usesVisitor } from "./usesVisitor";

type Node = TypeScript.Node;
type Expression = TypeScript.Expression;
type Signature = TypeScript.SignatureDeclaration | TypeScript.JSDocSignature;
type WithBody = TypeScript.FunctionLikeDeclaration & { body: Node };

/** What a call does beyond its value. */
export interface CallEffects {
  /** The objects among its parts that it may change. */
  changed: Expression[];
  /** Whether nobody knows what it does: it is neither JavaScript's own nor only looks at what it is given. */
  isOpen: boolean;
}

/** A parameter of a function whose code is there. */
interface Given {
  taker: WithBody;
  index: number;
}

/** What the code of a function does with what it is given. */
interface Look {
  isChanged: boolean;
  /** Where it gives it on. */
  passed: Given[];
}

/** What was found out of functions. */
export type KnownLooks = WeakMap<Node, Look[]>;

const FAR = 300; // functions that are gone through for one call, at most

/** Tells what calls may change; `known` gets what is found out of functions whose code is there. */
export function newCallEffects(ts: Compiler, facts: CodeFacts, known: KnownLooks): (call: Call) => CallEffects {
  const { program, checker } = facts;

  const effectsOf = (call: Call): CallEffects => {
    const { object, may, given } = partsOf(call);
    const changed = given.filter(({ taker, index }) => !taker || isChanged({ taker, index })).map(({ value }) => value);
    return { changed: [...(object && may.receiver ? [object] : []), ...changed], isOpen: may.arguments };
  };

  /** The object whose method is called, and those arguments whose types let them be changed, with who takes them. */
  const partsOf = (call: Call) => {
    const signature = checker.getResolvedSignature(call);
    const callee = ts.skipOuterExpressions(call.expression);
    const isProperty = ts.isPropertyAccessExpression(callee);
    const object = isProperty || ts.isElementAccessExpression(callee) ? callee.expression : undefined;
    const may = calledChanges(program, signature?.declaration, isProperty ? callee.name.text : "");
    const taker = withBody(signature?.declaration);
    const values = may.arguments ? Array.from(call.arguments ?? [], (value, index) => ({ value, index, taker })) : [];
    const isTaken = (index: number) => {
      const parameter = signature?.parameters[index];
      return !parameter || isChangeable(ts, checker, checker.getTypeOfSymbolAtLocation(parameter, call));
    };
    return { object, may, given: values.filter(({ index }) => isTaken(index)) };
  };

  /** Whether a function, or one that it gives its parameter on to, changes it. */
  const isChanged = (start: Given): boolean => {
    const seen = [start];
    for (const given of seen) {
      const { isChanged: isHere, passed } = lookAt(given);
      if (isHere || seen.length > FAR) return true;
      for (const one of passed)
        if (!seen.some(({ taker, index }) => taker === one.taker && index === one.index)) seen.push(one);
    }
    return false;
  };

  const lookAt = ({ taker, index }: Given): Look => {
    const looks = known.get(taker) ?? [];
    known.set(taker, looks);
    return (looks[index] ??= look({ taker, index }));
  };

  const look = ({ taker, index }: Given): Look => {
    const own = parameterAt(taker, index);
    const found: Look = { isChanged: false, passed: [] };
    if (!own) return found;
    const isOwn = (object: Node) =>
      facts.changedWith(object).some(({ declarations = [] }) => declarations.some((one) => isWithin(one, own)));
    const change = (object: Node) => void (found.isChanged ||= isOwn(object));
    const call = (node: Call) => {
      const { object, may, given } = partsOf(node);
      if (object && may.receiver) change(object);
      for (const one of given)
        if (!one.taker) change(one.value);
        else if (isOwn(one.value)) found.passed.push({ taker: one.taker, index: one.index });
    };
    const nothing = () => {};
    usesVisitor(ts, { read: nothing, write: nothing, change, call, enter: () => found.isChanged })(taker.body);
    return found;
  };

  /** The function itself, where its code is there. */
  const withBody = (declaration: Signature | undefined): WithBody | undefined => {
    const body = declaration && "body" in declaration ? declaration.body : undefined;
    return body ? (declaration as WithBody) : undefined;
  };

  return effectsOf;
}

function parameterAt({ parameters }: WithBody, index: number): TypeScript.ParameterDeclaration | undefined {
  const last = parameters[parameters.length - 1];
  return parameters[index] ?? (last?.dotDotDotToken ? last : undefined);
}

/** Whether a name is declared by a parameter, also in a pattern. */
function isWithin(declaration: Node, parameter: TypeScript.ParameterDeclaration): boolean {
  return declaration.getSourceFile() === parameter.getSourceFile() && declaration.pos >= parameter.pos && declaration.end <= parameter.end; // prettier-ignore
}
