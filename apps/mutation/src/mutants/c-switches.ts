import type { Mutant } from "./mutant.js";

/*
 * All mutants of a C file in one text: each place says by a number which of its mutants is active, so that one build
 * holds them all and a process chooses. A mutant inside another one's place is in the text that stands there when
 * the outer one is not active; what an outer one puts there instead is as it was in the sources.
 */

/** The variable that holds the number of the active mutant; 0 is the HAL as it is. */
const ACTIVE = "esc_active_mutant";

/**
 * A file's text with switches for its mutants.
 *
 * @param numbers the number of each mutant, by its id
 */
export function withSwitches(
  text: string,
  mutants: readonly Mutant[],
  numbers: ReadonlyMap<string, number>,
): string {
  const places = placesOf(mutants);
  const render = (from: number, to: number, inside: readonly Place[]): string => {
    let result = "";
    let at = from;
    for (const place of inside) {
      const { start, end } = place;
      result += text.slice(at, start);
      result += switched(place, render(start, end, place.inside), numbers);
      at = end;
    }
    return result + text.slice(at, to);
  };
  return render(0, text.length, places);
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly mutants: Mutant[];
  readonly inside: Place[];
}

/** Nested places, outer ones first. */
function placesOf(mutants: readonly Mutant[]): readonly Place[] {
  const outermost: Place[] = [];
  const open: Place[] = [];
  const inOrder = [...mutants].sort((a, b) => a.start - b.start || b.end - a.end);
  for (const mutant of inOrder) {
    const { start, end } = mutant;
    while ((open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= start) open.pop();
    const around = open.at(-1);
    if (around?.start === start && around.end === end) {
      around.mutants.push(mutant);
      continue;
    }
    const place = { start, end, mutants: [mutant], inside: [] };
    (around?.inside ?? outermost).push(place);
    open.push(place);
  }
  return outermost;
}

function switched(
  { mutants }: Place,
  rendered: string,
  numbers: ReadonlyMap<string, number>,
): string {
  const [block] = mutants;
  if (block?.operator === "BlockStatement") {
    return `{ if (${ACTIVE} != ${numbers.get(block.id)}) ${rendered} }`;
  }
  const choices = mutants.map(
    ({ id, replacement }) => `${ACTIVE} == ${numbers.get(id)} ? (${replacement}) : `,
  );
  return `(${choices.join("")}(${rendered}))`;
}
