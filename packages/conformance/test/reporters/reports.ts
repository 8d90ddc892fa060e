import { BoardError } from "@escapement/scenario";
import { type BoardReport, runConformance } from "../../src/index.js";
import { catalogue, description, expiries, FakeBoard } from "../fakes.js";

/** Two boards on which every verdict is seen, with host times left out. */
export async function exampleReports(): Promise<readonly BoardReport[]> {
  const about = description({ name: "sim:avr16", capabilities: ["mask", "nesting"], timers: 16 });
  const good = new FakeBoard(() => expiries(500), about);
  const bad = new FakeBoard(
    (run) => {
      if (run === 2) throw new BoardError("trace-too-large", "no room\u0007 <640>", "Less & less.");
      return expiries(500, 998);
    },
    description({ name: "uno", frequencyHz: 16_000_000 }),
  );
  const reports = [
    await runConformance(good, { laws: catalogue }),
    await runConformance(bad, { laws: catalogue }),
  ];
  return reports.map((report) => ({
    ...report,
    laws: report.laws.map((law) => ({ ...law, durationMs: 1_500 })),
  }));
}
