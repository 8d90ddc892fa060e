import { counted } from "@escapement/timeline";
import { h, type VNode } from "vue";
import type { RaceFailure, RaceProgress, RaceRun, RaceSearch } from "../../../races/race-types.js";

/** Most violations that are named one by one. */
const NAMED_MAX = 4;

/** Says whether every law holds in a run, or what does not. */
export function verdictBox({ violations, bugOn }: RaceRun): VNode {
  const side = bugOn ? "The bug is in." : "The bug is out.";
  if (violations.length === 0) {
    return h("div", { class: "race-verdict race-holds" }, [
      h("p", [h("strong", "Every law holds in this run."), ` ${side}`]),
    ]);
  }
  const rest = violations.length - NAMED_MAX;
  return h("div", { class: "race-verdict race-violated" }, [
    h("p", [h("strong", "Violated."), ` ${side}`]),
    h("ul", [
      ...violations.slice(0, NAMED_MAX).map(({ what, message }) => {
        return h("li", [h("strong", what), `: ${message}`]);
      }),
      ...(rest > 0 ? [h("li", `and ${rest} more`)] : []),
    ]),
  ]);
}

/** Shows a failure, with what to do and the way back. */
export function failureBox({ code, message, hint }: RaceFailure, onBack: () => void): VNode {
  return h("div", { class: "race-verdict race-failed", role: "alert" }, [
    h("p", [h("strong", `error[${code}]: `), message]),
    ...(hint === "" ? [] : [h("p", hint)]),
    h("button", { type: "button", class: "race-button", onClick: onBack }, "Back to the first run"),
  ]);
}

/** What a running search says of itself. */
export function progressText({ done, cases, runs }: RaceProgress): string {
  return `Searching: ${done} of ${cases} cases, ${counted(runs, "run")}`;
}

/** What a search came to: how many schedules fail, and why so many or so few. */
export function searchText(search: RaceSearch): string {
  const { whole, schedules, pruned, failed, bound, violations, shortest } = search;
  const reach = `of at most ${counted(bound, "move")}`;
  const left = `${counted(pruned, "more")} are equivalent and ${pruned === 1 ? "was" : "were"} left out`;
  const ended = whole ? "" : " The search was ended early.";
  if (violations === 0) {
    return `${counted(schedules, "schedule")} ${reach}, 0 findings; ${left}.${ended}`;
  }
  const jump = shortest === undefined ? "" : " This is the shortest.";
  const share = `${failed} of ${counted(schedules, "schedule")} ${reach} fail; ${left}.`;
  return `${share} ${whyText(search)}${jump}${ended}`;
}

/** Why the schedules that fail are so many, or so few. */
function whyText({ schedules, failed }: RaceSearch): string {
  if (failed === schedules) {
    return "All of them: this bug needs no interrupt at an unlucky place, so it is no race.";
  }
  if (2 * failed >= schedules) {
    return "Most of them: the interrupt does harm nearly wherever it comes.";
  }
  return "The others do no harm: the interrupt has to come between two accesses that belong together, and nearly all places lie elsewhere.";
}
