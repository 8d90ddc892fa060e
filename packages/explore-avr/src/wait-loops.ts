import type { Chip, ChipSnapshot } from "@escapement/board-uno";
import type { CPU } from "avr8js";
import type { CodeMap } from "./code-map.js";

const SREG = 95;
const REGISTERS = 32;
const BRNE_BACK_TWO = 0xf7f1;
const DELAY_ROUND_CYCLES = 4;

/** A round longer than this is no waiting. */
const ROUND_STEPS_MAX = 400;
/** Rounds that are not worth the trouble. */
const ROUNDS_MIN = 8;

const DELAY = 1;
const WAIT = 2;

/** What one way round a loop does, known from having gone it. */
interface Round {
  readonly cycles: number;
  /** Data addresses of 16-bit words that change by the same amount each time; the rest stays, or is written before it is read. */
  readonly words: readonly number[];
}

/** What {@link WaitLoops} saw of one round. */
interface Walk {
  readonly path: number;
  readonly cycles: number;
}

/**
 * Passes over the agent's waiting in one go, and leaves the machine exactly as if it had waited:
 * a test runs every law both ways and compares the traces.
 *
 * Two kinds of loops: the delay loop `sbiw; brne`, by arithmetic; and the loop of `esc_sleep`, by
 * rounds that go the same way and change the same words by the same amounts. As each of its
 * branches compares a steadily moving number with a fixed one, a first and a last round that go the
 * same way have none between them that goes another. Words that are not to wrap meanwhile, and what
 * a round leaves behind without use (shown by filling it with two different values), make that exact.
 */
export class WaitLoops {
  /** For each flash word, whether {@link WaitLoops.pass} has anything to do there. */
  readonly marks = new Uint8Array(0x4000);
  readonly #chip: Chip;
  readonly #cpu: CPU;
  readonly #known = new Map<number, Round | undefined>();
  readonly #snapshots: readonly [ChipSnapshot, ChipSnapshot];
  readonly #saved = new Uint8Array(0x900);

  /** Finds the loops of an image. */
  constructor(chip: Chip, map: CodeMap) {
    this.#chip = chip;
    this.#cpu = chip.cpu;
    this.#snapshots = [chip.snapshot(), chip.snapshot()];
    const { progMem } = chip.cpu;
    for (let word = 0; word + 1 < this.marks.length; word += 1) {
      const isCountdown = ((progMem[word] as number) & 0xffcf) === 0x9701;
      if (isCountdown && progMem[word + 1] === BRNE_BACK_TWO) this.marks[word] = DELAY;
    }
    const sleep = map.wordOf("esc_sleep");
    if (sleep >= 0) {
      const head = lowestBackTarget(progMem, sleep, sleep + (map.size("esc_sleep") >> 1));
      if (head >= 0) this.marks[head] = WAIT;
    }
  }

  /** At a marked instruction: passes over as many rounds as nothing can come between. */
  pass(): void {
    if (this.marks[this.#cpu.pc] === DELAY) this.#passDelay();
    else this.#passWait();
  }

  #passDelay(): void {
    const cpu = this.#cpu;
    const register = 24 + (((cpu.progMem[cpu.pc] as number) >> 3) & 6);
    const left = cpu.dataView.getUint16(register, true);
    const free = Math.floor((this.#chip.quietUntil() - cpu.cycles - 1) / DELAY_ROUND_CYCLES);
    // The last round is run, so that the flags are those that it leaves.
    const rounds = Math.min(left, free) - 2;
    if (rounds <= 0) return;
    cpu.dataView.setUint16(register, left - rounds, true);
    cpu.cycles += rounds * DELAY_ROUND_CYCLES;
  }

  #passWait(): void {
    const cpu = this.#cpu;
    const quiet = this.#chip.quietUntil();
    const key = cpu.SP;
    const saved = this.#saved;
    if (quiet - cpu.cycles < 1200) return;
    const [snapshot] = this.#snapshots;
    snapshot.save();
    // What the first round finds may have been left by something else.
    const entered = this.#round(quiet);
    saved.set(cpu.data);
    const first = entered === undefined ? undefined : this.#round(quiet);
    if (first === undefined) {
      snapshot.restore();
      return;
    }
    const name = (Math.imul(first.path, 31) + key) | 0;
    let round = this.#known.get(name);
    if (round === undefined) {
      if (this.#known.has(name)) return;
      round = this.#learn(saved.slice(), first, quiet);
      this.#known.set(name, round);
      return;
    }
    const steps = round.words.map((at) => signed(word(cpu.data, at) - word(saved, at)));
    let rounds = Math.floor((quiet - cpu.cycles - 1) / round.cycles) - 2;
    for (const [index, at] of round.words.entries()) {
      const step = steps[index] as number;
      const value = word(cpu.data, at);
      if (step > 0) rounds = Math.min(rounds, Math.floor((0xffff - value) / step) - 1);
      if (step < 0) rounds = Math.min(rounds, Math.floor(value / -step) - 1);
    }
    if (rounds < ROUNDS_MIN) return;
    saved.set(cpu.data);
    snapshot.save();
    const { cycles } = cpu;
    for (; rounds >= ROUNDS_MIN; rounds >>= 1) {
      for (const [index, at] of round.words.entries()) {
        const value = word(saved, at) + rounds * (steps[index] as number);
        cpu.dataView.setUint16(at, value & 0xffff, true);
      }
      cpu.cycles = cycles + rounds * round.cycles;
      const before = round.words.map((at) => word(cpu.data, at));
      const last = this.#round(quiet);
      const same =
        last?.path === first.path &&
        last.cycles === first.cycles &&
        round.words.every(
          (at, i) => signed(word(cpu.data, at) - (before[i] as number)) === steps[i],
        );
      if (same) return;
      // It may have left the loop, and done who knows what.
      snapshot.restore();
    }
  }

  /** Goes round once; nothing where something else came in between, or it goes on too long. */
  #round(quiet: number): Walk | undefined {
    const chip = this.#chip;
    const cpu = this.#cpu;
    const head = cpu.pc;
    const start = cpu.cycles;
    let path = 0;
    for (let steps = 0; steps < ROUND_STEPS_MAX; steps += 1) {
      chip.step();
      path = (Math.imul(path, 31) + cpu.pc) | 0;
      if (cpu.pc === head) {
        return cpu.cycles < quiet && chip.quietUntil() === quiet
          ? { path, cycles: cpu.cycles - start }
          : undefined;
      }
    }
    return undefined;
  }

  /** Goes two more rounds, and two with what they leave behind filled with rubbish. */
  #learn(start: Uint8Array, first: Walk, quiet: number): Round | undefined {
    const { data } = this.#cpu;
    const [second, third] = this.#snapshots;
    const one = data.slice();
    second.save();
    const again = this.#round(quiet);
    const two = data.slice();
    let result: Round | undefined;
    if (again?.path === first.path && again.cycles === first.cycles) {
      const pairs = changedWords(start, one, two);
      const steady = (at: number) =>
        signed(word(one, at) - word(start, at)) === signed(word(two, at) - word(one, at));
      const rubbish = pairs.filter((at) => !steady(at));
      third.save();
      const ends = [0x00, 0xff].map((filling) => {
        third.restore();
        for (const at of rubbish) data.fill(filling, at, at + 2);
        // Arithmetic leaves I and T alone.
        data[SREG] = ((two[SREG] as number) & 0xc0) | (filling & 0x3f);
        const end = this.#round(quiet);
        return { path: end?.path, data: data.slice() };
      });
      const [zeros, ones] = ends;
      const unused =
        zeros?.path === first.path &&
        ones?.path === first.path &&
        zeros.data.every((byte, at) => byte === ones.data[at]);
      if (unused) result = { cycles: first.cycles, words: pairs.filter(steady) };
    }
    second.restore();
    return result;
  }
}

function signed(difference: number): number {
  return (difference << 16) >> 16;
}

function word(data: Uint8Array, at: number): number {
  return (data[at] as number) | ((data[at + 1] as number) << 8);
}

/** Words with a byte that is not the same in all three: pairs of registers, and of memory from the first such byte on. */
function changedWords(a: Uint8Array, b: Uint8Array, c: Uint8Array): number[] {
  const differs = (at: number) => a[at] !== b[at] || b[at] !== c[at];
  const words: number[] = [];
  for (let at = 0; at < a.length; at += 1) {
    if (at === SREG || !differs(at)) continue;
    const pair = at < REGISTERS ? at & ~1 : at;
    words.push(pair);
    at = pair + 1;
  }
  return words;
}

/** Where the outermost loop of a function begins: the lowest target of its jumps back. */
function lowestBackTarget(progMem: Uint16Array, from: number, to: number): number {
  let lowest = -1;
  for (let at = from; at < to; at += 1) {
    const opcode = progMem[at] as number;
    let target = at;
    if ((opcode & 0xf000) === 0xc000) target = at + 1 + ((opcode << 20) >> 20);
    if ((opcode & 0xf800) === 0xf000) target = at + 1 + ((opcode << 22) >> 25);
    if (target < at && target >= from && (lowest < 0 || target < lowest)) lowest = target;
  }
  return lowest;
}
