import { simProfiles } from "@escapement/board-sim";
import { prose, table } from "../site/markdown.js";

/** A board, or a kind of boards, that the suite can judge. */
export interface BoardKind {
  /** How the command line names it. */
  readonly name: string;
  /** What it is. */
  readonly about: string;
  /** What it needs. */
  readonly needs: string;
  /** Where to read on: words and address. */
  readonly guide: readonly [string, string];
  /** Its page, where it has one; its guide has all that there is to say of the others. */
  readonly page?: string;
}

/** Every board that there is without further work, and every way to bring one. */
export const boardKinds: readonly BoardKind[] = [
  ...Object.values(simProfiles).map(({ name, title }): BoardKind => {
    const guide = ["simulate a chip", "/guides/simulate-a-chip"] as const;
    const page = `/boards/sim-${name}`;
    return { name: `sim:${name}`, about: `Simulated: ${title}`, needs: "nothing", guide, page };
  }),
  {
    name: "uno",
    about: "Arduino Uno, emulated: the compiled firmware, instruction by instruction, behind a tty",
    needs: "nothing",
    guide: ["@escapement/board-uno", "/packages/board-uno"],
    page: "/boards/uno",
  },
  {
    name: "/dev/ttyACM0, COM3",
    about: "A board on your desk, with the agent flashed",
    needs: "a serial port, or a TCP bridge",
    guide: ["an agent's board file", "/guides/agent-board-c"],
  },
  {
    name: "mpy:/dev/ttyACM0",
    about: "A MicroPython board, judged over its REPL",
    needs: "a serial port; nothing is flashed",
    guide: ["judge a MicroPython board", "/guides/judge-a-micropython-board"],
  },
  {
    name: "my_timer.c",
    about: "A timer driver in C, compiled to WebAssembly and run on a simulated chip",
    needs: "the clang that npm brings",
    guide: ["judge a C driver", "/guides/judge-a-c-driver"],
  },
  {
    name: "your module",
    about: "Any timer implementation behind the driver table, or any `Board`",
    needs: "some lines of TypeScript",
    guide: ["bring your own driver", "/guides/bring-your-own-driver"],
  },
];

/** The boards at a glance. */
export function boardTable(): string {
  return table(
    ["board", "what it is", "needs"],
    boardKinds.map(({ name, about, needs, guide, page = guide[1] }) => [
      `[\`${name}\`](${page})`,
      prose(about),
      prose(needs),
    ]),
  );
}

/** Where a board's page is; its name may have a colon. */
export function boardPath(board: string): string {
  return `boards/${board.replace(":", "-")}`;
}
