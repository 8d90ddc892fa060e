import type { Op, Program } from "@escapement/scenario";

function argumentOf([name, value]: [string, unknown]): string {
  if (name === "timer") return `t${String(value)}`;
  if (name === "register") return `r${String(value)}`;
  if (name === "body") return listText(value as readonly Op[]);
  return `${name}=${String(value)}`;
}

function listText(ops: readonly Op[]): string {
  return ops
    .map(({ op, ...rest }) => `${op}(${Object.entries(rest).map(argumentOf).join(", ")})`)
    .join(" ");
}

/** A plan in a few lines: its timers, its interrupts, its main list. Times are quarters of a unit. */
export function planText(plan: Program): string {
  const timers = plan.timers.map((spec, index) => {
    const words = [`t${index}:`, spec.mode, `${String(spec.period)}`];
    if (spec.dispatch === "soft") words.push("soft");
    if (spec.mode === "periodic") words.push(spec.overrun);
    if (spec.late === "refuse") words.push("refuse");
    if (spec.handler.length > 0) words.push(`{ ${listText(spec.handler)} }`);
    return words.join(" ");
  });
  const interrupts = plan.interrupts.map((list, index) => `i${index}: { ${listText(list)} }`);
  return [...timers, ...interrupts, `main: ${listText(plan.main)}`].join("\n");
}
