import { type ComputedRef, computed, type Ref, ref, shallowRef } from "vue";
import type {
  RaceFacts,
  RaceFailure,
  RaceProgress,
  RaceRun,
  RaceSearch,
} from "../../../races/race-types.js";
import { RaceError } from "./race-client.js";

/** What a race page shows. */
export interface RaceState {
  /** What there is to play with; once the worker has returned. */
  readonly facts: Ref<RaceFacts | undefined>;
  /** The run that is looked at. */
  readonly run: Ref<RaceRun | undefined>;
  /** What was refused last. */
  readonly failure: Ref<RaceFailure | undefined>;
  /** What the last search came to. */
  readonly found: Ref<RaceSearch | undefined>;
  /** How far a running search is. */
  readonly progress: Ref<RaceProgress | undefined>;
  /** The step that is looked at. */
  readonly step: Ref<number>;
  /** The last step of the run. */
  readonly last: ComputedRef<number>;
  /** Whether the run plays. */
  readonly playing: Ref<boolean>;
  /** Goes to a step, or to the end that lies nearer. */
  goTo(index: number): void;
  /** Shows the run that was asked for, at a step, or what was refused. */
  show(asked: Promise<RaceRun>, at?: number): Promise<void>;
  /** Shows what went wrong. */
  fail(error: unknown): void;
}

/** The state of a page that has not asked anything yet. */
export function raceState(): RaceState {
  const run: Ref<RaceRun | undefined> = shallowRef();
  const failure: Ref<RaceFailure | undefined> = shallowRef();
  const step = ref(0);
  const last = computed(() => Math.max(0, (run.value?.steps.length ?? 1) - 1));
  const goTo = (index: number): void => {
    step.value = Math.max(0, Math.min(last.value, Math.round(index)));
  };
  const fail = (error: unknown): void => {
    failure.value = failureOf(error);
  };
  const show = async (asked: Promise<RaceRun>, at?: number): Promise<void> => {
    try {
      const next = await asked;
      run.value = next;
      failure.value = undefined;
      goTo(at ?? next.focus);
    } catch (error) {
      fail(error);
    }
  };
  return {
    facts: shallowRef(),
    found: shallowRef(),
    progress: shallowRef(),
    playing: ref(false),
    run,
    failure,
    step,
    last,
    goTo,
    show,
    fail,
  };
}

function failureOf(error: unknown): RaceFailure {
  if (error instanceof RaceError) return error.failure;
  return { code: "internal", message: String(error), hint: "Load the page again." };
}
