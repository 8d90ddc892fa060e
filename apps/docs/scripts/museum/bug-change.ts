import type { MuseumBug } from "@escapement/bug-museum";
import ts from "typescript";
import { sourcesOf, visit } from "../errors/sources.js";
import { code } from "../site/markdown.js";
import { readSource } from "../site/page.js";

/** The change that brings a bug back: a diff of the HAL's sources, or what is done to the port or the chip. */
export function changeBlock(bug: MuseumBug): string {
  if (bug.part !== "hal") return code("ts", changeSources().get(bug.name) ?? "");
  return code("diff", readSource(`apps/bug-museum/patches/hal/${bug.name}.patch`).trimEnd());
}

let known: ReadonlyMap<string, string> | undefined;

/** The text of `change` in the museum's sources, by the bug's name. */
function changeSources(): ReadonlyMap<string, string> {
  if (known !== undefined) return known;
  const found = new Map<string, string>();
  for (const file of sourcesOf("apps/bug-museum/src")) {
    visit(file, (node) => {
      if (!ts.isObjectLiteralExpression(node)) return;
      const name = memberOf(node, "name");
      const change = memberOf(node, "change");
      if (name !== undefined && change !== undefined && ts.isStringLiteral(name)) {
        found.set(name.text, outdented(change));
      }
    });
  }
  known = found;
  return found;
}

function memberOf(node: ts.ObjectLiteralExpression, wanted: string): ts.Expression | undefined {
  const found = node.properties.find(
    (each): each is ts.PropertyAssignment =>
      ts.isPropertyAssignment(each) && each.name.getText() === wanted,
  );
  return found?.initializer;
}

/** A node's text, moved to the left margin. */
function outdented(node: ts.Node): string {
  const [first = "", ...rest] = node.getText().split("\n");
  const indents = rest.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const least = Math.min(...indents, 80);
  return [first, ...rest.map((line) => line.slice(least))].join("\n");
}
