import {
  ALLOCATED_COUNT,
  FREE_HEAD,
  HIGH_WATER,
  PENDING_COUNT,
  QUEUED_COUNT,
  RETIRED_COUNT,
  RETIRED_HEAD,
} from "./layout.js";
import { placeCell, queueCell } from "./regions.js";
import type { SharedState } from "./shared-state.js";
import { dueOf, Flag, linkOf, wordOf } from "./slot.js";

export { describeCell } from "./describe-cell.js";

/**
 * Looks whether the shared state of a `TimerHal` of that capacity is well formed: the
 * deadline queue in order and without a lost or doubled entry, the free, retired and soft lists
 * whole, the counts right.
 *
 * To be asked where no masked section is under way; inside one the state may be half changed.
 *
 * @returns what is wrong, in one sentence; nothing when all is well
 *
 * @example
 * ```ts
 * import { ArrayState, TimerHal, type SharedState, type TimerPort } from "@escapement/core";
 * import { auditState } from "@escapement/core/audit";
 *
 * export function check(port: TimerPort): string | undefined {
 *   let seen: SharedState | undefined;
 *   const hal = new TimerHal(port, { capacity: 8, state: (cells) => (seen = new ArrayState(cells)) });
 *   hal.after(100, () => {});
 *   return seen && auditState(seen, 8);
 * }
 * ```
 */
export function auditState(state: SharedState, capacity: number): string | undefined {
  return (
    auditQueue(state, capacity) ?? auditLists(state, capacity) ?? auditSoftRings(state, capacity)
  );
}

/**
 * The lists of a `TimerHal`'s shared state in a few words: the slots in the deadline queue
 * (earliest first), in the soft lists, retired, and free. For timelines; holds for any state, however
 * broken: a list that leads nowhere or in a circle ends in `…`.
 */
export function inspectState(state: SharedState, capacity: number): string {
  const base = queueCell(capacity);
  const count = Math.min(capacity, state.load(PENDING_COUNT));
  const queued = Array.from({ length: count }, (_, place) => ({
    due: state.load(base + 2 * place),
    slot: state.load(base + 2 * place + 1),
  })).sort((one, other) => one.due - other.due);
  const chain = (head: number): string => {
    const slots: string[] = [];
    for (let link = state.load(head); link !== 0; link = state.load(linkOf(link - 1))) {
      if (slots.length >= capacity || !(link > 0 && link <= capacity)) {
        slots.push("…");
        break;
      }
      slots.push(String(link - 1));
    }
    return slots.join(" ");
  };
  const waiting = state.load(QUEUED_COUNT);
  const parts = [
    `queue [${queued.map(({ slot }) => slot).join(" ")}]`,
    ...(waiting > 0 ? [`soft ${waiting}`] : []),
    `retired [${chain(RETIRED_HEAD)}]`,
    `free [${chain(FREE_HEAD)}]`,
  ];
  return parts.join(" ");
}

function has(state: SharedState, slot: number, flags: number): boolean {
  return (state.load(wordOf(slot)) & flags) !== 0;
}

/** How many of the slots that were ever used have that flag. */
function slotsWith(state: SharedState, flags: number): number {
  const highWater = state.load(HIGH_WATER);
  let count = 0;
  for (let slot = 0; slot < highWater; slot += 1) {
    if (has(state, slot, flags)) count += 1;
  }
  return count;
}

function auditQueue(state: SharedState, capacity: number): string | undefined {
  const count = state.load(PENDING_COUNT);
  if (!(count >= 0 && count <= capacity)) return `${count} timers are pending of ${capacity}`;
  const base = queueCell(capacity);
  for (let place = 0; place < count; place += 1) {
    const slot = state.load(base + 2 * place + 1);
    const due = state.load(base + 2 * place);
    if (!has(state, slot, Flag.Pending)) {
      return `the deadline queue holds slot ${slot}, which is not pending`;
    }
    if (state.load(placeCell(capacity) + slot) !== place) {
      return `the deadline queue holds slot ${slot} twice, or its place is wrong`;
    }
    if (state.load(dueOf(slot)) !== due) {
      return `the deadline queue has slot ${slot} under another time than its own`;
    }
    const parent = (place - 1) >> 2;
    if (place > 0 && !isOrdered(state, base + 2 * parent, base + 2 * place)) {
      return `the deadline queue is out of order at slot ${slot}`;
    }
  }
  const pending = slotsWith(state, Flag.Pending);
  return pending === count
    ? undefined
    : `${pending} slots say that they are pending, the deadline queue holds ${count}`;
}

function isOrdered(state: SharedState, before: number, after: number): boolean {
  const first = state.load(before);
  const second = state.load(after);
  if (first !== second) return first < second;
  const orderOf = (entry: number): number => state.load(linkOf(state.load(entry + 1)));
  return orderOf(before) < orderOf(after);
}

/** The free list and the stack of retired slots. A running `collect` holds some that are in neither. */
function auditLists(state: SharedState, capacity: number): string | undefined {
  const highWater = state.load(HIGH_WATER);
  if (!(highWater >= 0 && highWater <= capacity))
    return `${highWater} slots of ${capacity} were used`;
  const listed = new Set<number>();
  const walk = (head: number, name: string): string | undefined => {
    for (let link = state.load(head); link !== 0; link = state.load(linkOf(link - 1))) {
      const slot = link - 1;
      if (listed.has(slot)) return `the ${name} list holds slot ${slot} twice, or runs in a circle`;
      if (!(slot >= 0 && slot < highWater)) return `the ${name} list leads to slot ${slot}`;
      if (has(state, slot, Flag.Allocated)) {
        return `the ${name} list holds slot ${slot}, which is in use`;
      }
      listed.add(slot);
    }
    return undefined;
  };
  const wrong = walk(FREE_HEAD, "free");
  if (wrong !== undefined) return wrong;
  const free = listed.size;
  const wrongRetired = walk(RETIRED_HEAD, "retired");
  if (wrongRetired !== undefined) return wrongRetired;
  const retired = listed.size - free;
  const counted = state.load(RETIRED_COUNT);
  if (retired > counted) return `${retired} slots are retired, ${counted} were counted`;
  const live = slotsWith(state, Flag.Allocated);
  const allocated = state.load(ALLOCATED_COUNT);
  if (allocated !== live + counted) {
    return `${allocated} slots are counted as in use, ${live} are and ${counted} are retired`;
  }
  return free + live + counted === highWater
    ? undefined
    : `${highWater - free - live - counted} slots are lost: in use by nobody and in no list`;
}

function auditSoftRings(state: SharedState, capacity: number): string | undefined {
  const places = placeCell(capacity);
  let seen = 0;
  for (const ring of [capacity, capacity + 1]) {
    let before = ring;
    for (let slot = state.load(linkOf(ring)); slot !== ring; ) {
      if (!has(state, slot, Flag.Queued)) {
        return `a soft list holds slot ${slot}, which does not wait`;
      }
      if (state.load(places + slot) !== before) return `a soft list is broken at slot ${slot}`;
      seen += 1;
      if (seen > capacity) return "a soft list runs in a circle";
      before = slot;
      slot = state.load(linkOf(slot));
    }
    if (state.load(places + ring) !== before) return "a soft list has lost its end";
  }
  const count = state.load(QUEUED_COUNT);
  return seen === count ? undefined : `${seen} slots wait for service(), ${count} were counted`;
}
