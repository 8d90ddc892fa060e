import ts from "typescript";
import { callsOf, enclosingFunction, type NamedFunction, sourcesOf, visit } from "./sources.js";
import { mapSlots, type Slot, textsOf } from "./texts.js";

/** What happened, and what to do about it. */
export interface Advice {
  /** The error's message; empty where only a run would tell. */
  readonly message: string;
  /** The hint that comes with it. */
  readonly hint: string;
}

/** Deepest chain of functions that hand a message on. */
const DEPTH_MAX = 5;

/** An error that some code makes; its texts may still speak of that code's parameters. */
interface Site extends Advice {
  readonly inside: NamedFunction | undefined;
}

/**
 * The messages and hints that a package's sources give with each code. Found where an error is made
 * with a literal code, and followed to whoever calls the functions that pass a text on. A value that
 * only a run would tell stays a slot, see `mapSlots`.
 */
export function adviceOf(packageName: string, codes: ReadonlySet<string>): Map<string, Advice[]> {
  const files = sourcesOf(`packages/${packageName}/src`);
  const found = new Map<string, Advice[]>();
  for (const file of files) {
    visit(file, (node) => {
      const made = madeAt(node, codes);
      if (made === undefined) return;
      const inside = enclosingFunction(node);
      const [message = ""] = made.message === undefined ? [] : textsOf(made.message);
      const sites = textsOf(made.hint).map((hint) => ({ inside, message, hint }));
      const list = sites.flatMap((site) => expanded(site, files, DEPTH_MAX));
      found.set(made.code, [...(found.get(made.code) ?? []), ...list.filter(tells)]);
    });
  }
  return found;
}

/** A hint that is nothing but what a run puts in tells a reader nothing. */
function tells({ hint }: Advice): boolean {
  return /\w{2}/.test(mapSlots(hint, () => ""));
}

interface Made {
  readonly code: string;
  readonly message: ts.Expression | undefined;
  readonly hint: ts.Expression;
}

/** `new TimerError(code, message, hint)`, a call of that form, or an object with these members. */
function madeAt(node: ts.Node, codes: ReadonlySet<string>): Made | undefined {
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    const [code, message, hint] = node.arguments ?? [];
    const literal = code !== undefined && ts.isStringLiteral(code) && codes.has(code.text);
    return literal && hint !== undefined ? { code: code.text, message, hint } : undefined;
  }
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const members = new Map<string, ts.Expression>();
  for (const each of node.properties) {
    if (ts.isPropertyAssignment(each)) members.set(each.name.getText(), each.initializer);
    else if (ts.isShorthandPropertyAssignment(each)) members.set(each.name.text, each.name);
  }
  const code = members.get("code");
  const hint = members.get("hint");
  if (code === undefined || hint === undefined) return undefined;
  if (!ts.isStringLiteral(code) || !codes.has(code.text)) return undefined;
  return { code: code.text, message: members.get("message") ?? members.get("reason"), hint };
}

/** Puts what the callers give into the slots that are parameters. */
function expanded(site: Site, files: readonly ts.SourceFile[], depth: number): readonly Advice[] {
  const { inside } = site;
  const names = inside?.parameters.map((each) => each.name.getText()) ?? [];
  const open = [...names.keys()].filter(
    // A path says where in a list, and differs with every caller.
    (at) => names[at] !== "path" && uses(site, names[at] ?? ""),
  );
  const calls = inside === undefined || open.length === 0 ? [] : callsOf(inside, files);
  if (calls.length === 0 || depth === 0) return [{ message: site.message, hint: site.hint }];
  return calls.flatMap((call) => {
    const given = (place: number): readonly string[] => {
      const argument = call.arguments[place];
      return argument === undefined ? [] : textsOf(argument);
    };
    const put = (text: string, alternative: number): string =>
      mapSlots(text, (slot) => {
        const place = names.indexOf(slot.words);
        if (slot.kind !== "parameter" || !open.includes(place)) return undefined;
        const texts = given(place);
        return texts[alternative] ?? texts[0];
      });
    const alternatives = Math.max(1, ...open.map((place) => given(place).length));
    return Array.from({ length: alternatives }, (_, alternative) => ({
      inside: enclosingFunction(call),
      message: put(site.message, alternative),
      hint: put(site.hint, alternative),
    })).flatMap((each) => expanded(each, files, depth - 1));
  });
}

function uses({ message, hint }: Advice, name: string): boolean {
  let used = false;
  const look = (slot: Slot): undefined => {
    used ||= slot.kind === "parameter" && slot.words === name;
  };
  mapSlots(message, look);
  mapSlots(hint, look);
  return used;
}
