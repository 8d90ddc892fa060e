import type { Law } from "@escapement/conformance";

/** Laws that do not say where they come from, or which rule they judge, in words for whoever broke the build. */
export function checkOrigins(laws: readonly Pick<Law, "id" | "origin" | "rules">[]): string[] {
  return laws.flatMap(({ id, origin, rules }) => [
    ...(origin.some((text) => text.trim() !== "") ? [] : [`${id}: has no origin`]),
    ...(rules.length > 0 ? [] : [`${id}: judges no rule`]),
  ]);
}
