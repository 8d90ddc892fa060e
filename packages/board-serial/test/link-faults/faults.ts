import type { Random } from "./random.js";

/** Which way bytes go. */
export type Way = "toAgent" | "toHost";

/** Bytes that arrive, how much later than usual, and whether what follows may overtake them. */
interface Delivery {
  readonly bytes: Uint8Array;
  readonly afterMs?: number;
  readonly overtaken?: boolean;
}

/** What a fault may do to its line. */
interface Line {
  breakOff(): void;
  powerUp(): void;
  print(bytes: Uint8Array): void;
}

/** What a line does to what it carries. */
export interface Fault {
  change(way: Way, bytes: Uint8Array, line: Line): readonly Delivery[];
  onOpen?(line: Line): void;
}

type Make = (random: Random) => Fault;

/** One of a few strengths, so that the weak and the strong end are both met often. */
function one<Value>(random: Random, ...values: readonly [Value, ...Value[]]): Value {
  return values[random.below(values.length)] ?? values[0];
}

/** A fault of each byte by itself; `change` gives what arrives in its place. */
function eachByte(
  random: Random,
  rate: number,
  change: (byte: number) => readonly number[],
): Fault {
  return {
    change: (_, bytes) => [
      {
        bytes: Uint8Array.from(
          [...bytes].flatMap((byte) => (random.hits(rate) ? change(byte) : [byte])),
        ),
      },
    ],
  };
}

/** Something that happens once, at the n-th piece that the line carries. */
function once(
  random: Random,
  act: (bytes: Uint8Array, line: Line, way: Way) => readonly Delivery[],
): Fault {
  let left = 1 + random.below(60);
  return {
    change: (way, bytes, line) => {
      left -= 1;
      return left === 0 ? act(bytes, line, way) : [{ bytes }];
    },
  };
}

function text(random: Random): Uint8Array {
  const texts = [
    "tick 1234\r\n",
    "\u001b[32mI (312) boot\u001b[0m",
    "adc=512",
    "\0\0ok\0",
    "\n",
  ] as const;
  return new TextEncoder().encode(one(random, ...texts));
}

/** Cuts bytes at places of chance. */
function cut(random: Random, bytes: Uint8Array): Uint8Array[] {
  const at = random.below(bytes.length + 1);
  return [bytes.slice(0, at), bytes.slice(at)];
}

const drop: Make = (random) => eachByte(random, one(random, 0.001, 0.005, 0.02), () => []);

const flip: Make = (random) => {
  const rate = one(random, 0.001, 0.005, 0.02);
  return eachByte(random, rate, (byte) => [byte ^ (1 << random.below(8))]);
};

const insert: Make = (random) => {
  const rate = one(random, 0.001, 0.005, 0.02);
  return eachByte(random, rate, (byte) => [byte, random.below(256)]);
};

const duplicate: Make = (random) => {
  const rate = one(random, 0.05, 0.3);
  return {
    change: (_, bytes) =>
      random.hits(rate)
        ? [{ bytes }, { bytes, afterMs: one(random, 0, 20, 700), overtaken: true }]
        : [{ bytes }],
  };
};

const reorder: Make = (random) => {
  const rate = one(random, 0.02, 0.15);
  return {
    change: (_, bytes) => [
      random.hits(rate) ? { bytes, afterMs: one(random, 5, 60, 600), overtaken: true } : { bytes },
    ],
  };
};

const delay: Make = (random) => {
  const rate = one(random, 0.02, 0.1);
  const longestMs = one(random, 300, 2_000, 9_000);
  return {
    change: (_, bytes) => [
      random.hits(rate) ? { bytes, afterMs: random.below(longestMs), overtaken: true } : { bytes },
    ],
  };
};

const split: Make = (random) => ({
  change: (_, bytes) =>
    cut(random, bytes).flatMap((part) =>
      cut(random, part).map((piece) => ({ bytes: piece, afterMs: random.below(30) })),
    ),
});

const stall: Make = (random) => {
  const rate = one(random, 0.01, 0.05);
  const longestMs = one(random, 400, 2_500, 8_000);
  return {
    change: (_, bytes) => [
      random.hits(rate) ? { bytes, afterMs: random.below(longestMs) } : { bytes },
    ],
  };
};

const halfOpen: Make = (random) => {
  const dead = one<Way>(random, "toAgent", "toHost");
  let before = random.below(40);
  let left = one(random, 3, 30, Number.POSITIVE_INFINITY);
  return {
    change: (way, bytes) => {
      before -= 1;
      if (before >= 0 || way !== dead || left <= 0) return [{ bytes }];
      left -= 1;
      return [];
    },
  };
};

const close: Make = (random) =>
  once(random, (bytes, line) => {
    const [first = bytes] = cut(random, bytes);
    line.breakOff();
    return [{ bytes: first }];
  });

const reset: Make = (random) =>
  once(random, (bytes, line, way) => {
    const [first = bytes, second = bytes] = cut(random, bytes);
    line.powerUp();
    return [{ bytes: way === "toAgent" ? second : first }];
  });

const banner: Make = (random) => {
  const restart = reset(random);
  const noise = () => Uint8Array.from({ length: random.below(30) }, () => random.below(256));
  const print = (line: Line) => line.print(Uint8Array.of(...text(random), ...noise()));
  return {
    onOpen: print,
    change: (way, bytes, line) => {
      const changed = restart.change(way, bytes, line);
      if (changed[0]?.bytes !== bytes) print(line);
      return changed;
    },
  };
};

const printing: Make = (random) => {
  const rate = one(random, 0.2, 1);
  const inside = one(random, 0, 0, 0.05);
  return {
    change: (way, bytes) => {
      if (way === "toAgent" || !random.hits(rate)) return [{ bytes }];
      if (!random.hits(inside)) return [{ bytes: text(random) }, { bytes }];
      const [first = bytes, second = bytes] = cut(random, bytes);
      return [{ bytes: first }, { bytes: text(random) }, { bytes: second }];
    },
  };
};

const stale: Make = (random) => {
  const rate = one(random, 0.05, 0.3);
  const kept: Record<Way, Uint8Array[]> = { toAgent: [], toHost: [] };
  return {
    change: (way, bytes) => {
      const old = kept[way][random.below(kept[way].length)];
      kept[way].push(bytes.slice());
      if (old === undefined || !random.hits(rate)) return [{ bytes }];
      return random.hits(0.5) ? [{ bytes: old }, { bytes }] : [{ bytes }, { bytes: old }];
    },
  };
};

/** One byte in a hundred arrives as another, both ways: the share of right runs is promised. */
const onePercent: Make = (random) => eachByte(random, 0.01, () => [random.below(256)]);

const single: Readonly<Record<string, Make>> = {
  drop,
  flip,
  insert,
  duplicate,
  reorder,
  delay,
  split,
  stall,
  "half-open": halfOpen,
  close,
  reset,
  banner,
  text: printing,
  stale,
};

/** Two or three of the others at once. */
const mixed: Make = (random) => {
  const makes = Object.values(single);
  const faults = Array.from(
    { length: 2 + random.below(2) },
    () => makes[random.below(makes.length)] ?? drop,
  ).map((make) => make(random));
  return {
    onOpen: (line) => {
      for (const fault of faults) fault.onOpen?.(line);
    },
    change: (way, bytes, line) =>
      faults.reduce<readonly Delivery[]>(
        (deliveries, fault) =>
          deliveries.flatMap((delivery) =>
            fault.change(way, delivery.bytes, line).map((changed) => ({
              bytes: changed.bytes,
              afterMs: (delivery.afterMs ?? 0) + (changed.afterMs ?? 0),
              overtaken: delivery.overtaken === true || changed.overtaken === true,
            })),
          ),
        [{ bytes }],
      ),
  };
};

/** Every kind of fault, by name. */
export const faultKinds: Readonly<Record<string, Make>> = {
  ...single,
  "1 % damage": onePercent,
  mixed,
};
