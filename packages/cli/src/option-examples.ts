/** A value of each option that takes one, for whoever gave none. */
const examples: Readonly<Record<string, string>> = {
  ...{ only: "STOP-04,READ", law: "STOP-04,READ", profile: "avr16,rtc24", skip: "STOP-04,READ" },
  ...{ json: "out.json", junit: "out.xml", html: "out.html", coverage: "out.md", vcd: "out" },
  ...{ resume: "out.json", hal: "./my-hal.mjs", bug: "zephyr-18728", pace: "real-time" },
  ...{ seed: "7", baud: "500000", timeout: "120", bound: "2", length: "200", slack: "8" },
  ...{ "masked-max": "400", random: "1000", pct: "1000", depth: "3", workers: "4", shard: "2/8" },
  ...{ value: "12", schedule: "e1:12c" },
};

/** A hint with an example of an option's value. */
export function optionExample(name: string): string {
  const value = examples[name];
  return value === undefined
    ? "`escapement --help` says what it takes."
    : `For instance --${name} ${value}.`;
}
