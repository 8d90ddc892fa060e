import { BoardError } from "@escapement/scenario";
import { AgentSession } from "./agent-session.js";
import { type BoardFacts, readFacts } from "./board-facts.js";
import { RawRepl } from "./raw-repl.js";
import type { ReplLine } from "./repl-line.js";

/** A request that runs nothing. */
export const shortMs = 5_000;
/** How long a board has to come back. */
export const recoveryMs = 10_000;
/** After so long a machine that has to restart is gone. */
const machineGoneMs = 1_000;
const betweenMs = 200;

/** The line with the REPL and the agent at its other end. */
export class Connection {
  readonly line: ReplLine;
  readonly repl: RawRepl;
  readonly agent: AgentSession;

  constructor(line: ReplLine) {
    this.line = line;
    this.repl = new RawRepl(line);
    this.agent = new AgentSession(line, this.repl);
  }

  async open(isReset: boolean): Promise<BoardFacts> {
    await this.line.open();
    await this.load(isReset);
    return readFacts(await this.agent.request("ask()", shortMs), this.line.description);
  }

  async load(isReset: boolean): Promise<void> {
    await this.repl.enter();
    if (isReset) await this.repl.softReset();
    try {
      await this.agent.load();
    } catch (error) {
      // Some boards restart when their port is opened, and take their time.
      if (!(error instanceof BoardError) || error.code !== "board-reset") throw error;
      await this.repl.enter();
      await this.agent.load();
    }
  }

  /** How many timers can be armed at once. */
  async armable(): Promise<number> {
    const [count = 0] = await this.agent.request("canary()", shortMs);
    return count;
  }

  /** Restarts the whole machine; over USB the line goes away with it, and comes back. */
  async resetMachine(): Promise<void> {
    const { clock } = this.line;
    await this.repl.execute("import machine\nmachine.reset()", machineGoneMs).catch(() => {});
    const endMs = clock.now() + recoveryMs;
    for (;;) {
      try {
        if (this.line.isLost) {
          await this.line.close();
          await this.line.open();
        }
        await this.load(false);
        return;
      } catch (error) {
        if (clock.now() >= endMs) throw error;
        await new Promise<void>((resolve) => void clock.setTimer(resolve, betweenMs));
      }
    }
  }
}
