// Measures the search of C programs, as ratios and rates of one run: what an access costs that is checked and
// not shared, beside a plain one; runs a second of a small program; what merging and footprints save; and how
// a search grows with the length of its program.
// Needs a build: pnpm --filter @escapement/explore-c... build
import { compileC, npmClang, prepareProgram } from "@escapement/board-c";
import { searchRaces, setUp } from "../dist/index.js";

const ACCESS_RATIO_MAX = 8;
const RUNS_PER_SECOND_MIN = 40_000;
const LOOPS = 2_000_000;

const compiler = npmClang();

async function programOf(text) {
  const read = (path) => (path === "app.c" ? text : undefined);
  return prepareProgram(await compileC({ files: ["app.c"], read }, { compiler }));
}

/** Milliseconds that this process has had a processor: what else runs on the machine does not count. */
function processorMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The shortest of several times, in milliseconds. */
async function shortest(work, times = 5) {
  let best = Number.POSITIVE_INFINITY;
  for (let left = times; left > 0; left -= 1) {
    const start = processorMs();
    await work();
    best = Math.min(best, processorMs() - start);
  }
  return best;
}

/** A loop over an array: of its own frame, which has no hooks, and over a global one, which has. */
const loops = (accesses, rounds) => `
int keep; int shared[16]; volatile int other;
void plain_main(void) { int own[16]; int sum = 0;
  for (int i = 0; i < ${rounds}; i++) { ${accesses.replaceAll("X", "own[0]")} } keep = sum; }
void checked_main(void) { int sum = 0;
  for (int i = 0; i < ${rounds}; i++) { ${accesses.replaceAll("X", "shared[0]")} } keep = sum; }
void app_isr_1(void) { other = 1; }
`;

/** From the difference of two lengths of a loop: what else a search costs is the same for both. */
async function accessCost() {
  const count = 16;
  const accesses = "X = i; sum += X;".repeat(count / 2);
  const limits = { landings: 0, fuel: LOOPS * 4 };
  const time = async (text, rounds, main) => {
    const setup = setUp(await programOf(loops(text, rounds)), { main });
    return shortest(() => searchRaces(setup, { limits }), 3);
  };
  const slope = async (text, main) => {
    const [long, short] = [await time(text, LOOPS, main), await time(text, LOOPS / 4, main)];
    // The plain run is made once to discover and once to search.
    return ((long - short) * 1e6) / (2 * 0.75 * LOOPS * count);
  };
  const base = await slope("", "plain_main");
  return {
    plain: (await slope(accesses, "plain_main")) - base,
    checked: (await slope(accesses, "checked_main")) - base,
  };
}

const small = `
void enable_isr(int); volatile int a, b, c, d;
void app_main(void) { enable_isr(1); a = 1; b = a; c = b; d = c; a = d; b = 2; c = a; d = b; }
void app_isr_1(void) { a++; b++; c++; d++; }
void app_isr_2(void) { d = a; }
`;

/** A program of that many statements on variables of which the handler uses each. */
const long = (length) => {
  const lines = Array.from({ length }, (_, at) => `v[${at % 8}] = v[${(at + 3) % 8}] + 1;`);
  return `volatile int v[8]; void app_main(void) { ${lines.join("\n")} } void app_isr_1(void) { v[1]++; }`;
};

async function rate() {
  const setup = setUp(await programOf(small));
  const limits = { landings: 4, prune: false };
  let best = 0;
  for (let left = 5; left > 0; left -= 1) {
    const start = processorMs();
    const { coverage } = await searchRaces(setup, { limits });
    best = Math.max(best, (1000 * coverage.runs) / (processorMs() - start));
  }
  return best;
}

const whole = (value) => Math.round(value).toLocaleString("en").replaceAll(",", " ");
let failed = false;
function line(name, value, holds = true) {
  console.log(`${name.padEnd(52)} ${value}${holds ? "" : "  MISSED"}`);
  failed ||= !holds;
}

const { plain, checked } = await accessCost();
line("a plain access", `${plain.toFixed(2)} ns`);
line("one that is checked and not shared", `${checked.toFixed(2)} ns`);
const ratio = checked / plain;
line(`their ratio, at most ${ACCESS_RATIO_MAX}`, ratio.toFixed(1), ratio <= ACCESS_RATIO_MAX);
const perSecond = await rate();
line(
  `runs a second of a small program, at least ${whole(RUNS_PER_SECOND_MIN)}`,
  whole(perSecond),
  perSecond >= RUNS_PER_SECOND_MIN,
);
const setup = setUp(await programOf(small));
const pruned = (await searchRaces(setup)).coverage;
const all = (await searchRaces(setup, { limits: { prune: false } })).coverage;
line("runs with merging and footprints", `${whole(pruned.runs)} of ${whole(all.runs)}`);
for (const length of [10, 20, 40, 80]) {
  const { coverage } = await searchRaces(setUp(await programOf(long(length))));
  line(`a program of ${length} statements, up to 2 handlers`, `${whole(coverage.runs)} runs`);
}
process.exitCode = failed ? 1 : 0;
