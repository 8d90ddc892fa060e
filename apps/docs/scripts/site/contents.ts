/** A page of the sidebar, in the order of the sidebar. */
export interface Entry {
  /** What the sidebar calls it. */
  readonly text: string;
  /** Its file in the workspace. */
  readonly source: string;
  /** Where it goes on the site. */
  readonly path: string;
}

const guide = (text: string, name: string): Entry => ({
  text,
  source: `docs/guides/${name}.md`,
  path: `guides/${name}.md`,
});

const page = (text: string, name: string): Entry => ({
  text,
  source: `docs/${name}.md`,
  path: `${name}.md`,
});

/** The guides, in the order in which a newcomer wants them. */
export const guides: readonly Entry[] = [
  guide("Getting started", "getting-started"),
  guide("Time and interrupts", "time-and-interrupts"),
  guide("Port a chip in C", "port-a-chip-c"),
  guide("An agent's board file in C", "agent-board-c"),
  guide("Port a chip in TypeScript", "port-a-chip-typescript"),
  guide("Bring your own driver", "bring-your-own-driver"),
  guide("Judge your C driver in ten minutes", "judge-a-c-driver"),
  guide("Where your system differs", "where-your-system-differs"),
  guide("Random programs", "random-programs"),
  guide("Explore a HAL", "explore-a-hal"),
  guide("Find races in any firmware", "find-races"),
  guide("Run the suite in CI", "run-in-ci"),
  guide("Write a law", "write-a-law"),
  guide("Simulate a chip", "simulate-a-chip"),
  guide("Serial sessions", "serial-sessions"),
  guide("Judge a MicroPython board", "judge-a-micropython-board"),
];

/** What is known of the ports of MicroPython, and what the laws mean there. */
export const microPython: readonly Entry[] = [
  page("What each law means", "micropython/laws"),
  page("Faults of a line to a REPL", "micropython/faults"),
  ...["rp2", "stm32", "samd", "mimxrt", "renesas-ra", "alif", "zephyr", "esp32", "esp8266"].map(
    (port) => page(port, `micropython/${port}`),
  ),
  page("nrf", "micropython/nrf"),
  page("cc3200", "micropython/cc3200"),
  page("unix and webassembly", "micropython/unix-and-webassembly"),
];

/** What one looks things up in. */
export const references: readonly Entry[] = [
  page("The contract", "contract"),
  page("What this cannot show you", "limits"),
  page("The wire", "wire"),
  page("Reading the HAL", "reading-the-hal"),
  page("Faults of the line", "link-faults"),
  page("Report formats", "reports"),
  page("Figures", "figures"),
  page("The kill matrix", "kill-matrix"),
  page("Random programs in figures", "random-programs"),
  page("Mutation score", "mutation"),
  page("Coverage of the search", "coverage"),
  page("Coverage of the firmware", "firmware-coverage"),
  page("Programs that race is tested on", "race-programs"),
  page("Glossary", "glossary"),
];

/** The packages, lowest first. */
export const packages: readonly Entry[] = (
  [
    ["@escapement/core", "core"],
    ["@escapement/scenario", "scenario"],
    ["@escapement/timeline", "timeline"],
    ["@escapement/board-sim", "board-sim"],
    ["@escapement/firmware", "firmware"],
    ["@escapement/board-serial", "board-serial"],
    ["@escapement/board-uno", "board-uno"],
    ["@escapement/board-micropython", "board-micropython"],
    ["@escapement/conformance", "conformance"],
    ["@escapement/explore", "explore"],
    ["@escapement/explore-avr", "explore-avr"],
    ["@escapement/board-c", "board-c"],
    ["@escapement/explore-c", "explore-c"],
    ["escapement", "cli"],
  ] as const
).map(([text, name]) => ({
  text,
  source: `packages/${name}/README.md`,
  path: `packages/${name}.md`,
}));
