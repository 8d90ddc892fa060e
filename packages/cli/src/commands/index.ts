import { type Command, defineCommand } from "../command.js";
import { bugsForm } from "./bugs.js";
import { completionForm } from "./completion.js";
import { conformCommand } from "./conform.js";
import { devsCommand } from "./devs.js";
import { exploreForm } from "./explore.js";
import { exploreUnoForm } from "./explore-uno.js";
import { fuzzForm } from "./fuzz.js";
import { homeCommand } from "./home.js";
import { lawsCommand } from "./laws.js";
import { newForm } from "./new.js";
import { raceForm } from "./race.js";
import { serveCommand } from "./serve.js";

// What searches is loaded when it is called, so that the other commands are quick.
const exploreCommand = defineCommand({
  ...exploreForm,
  run: async (context) => (await import("../exploring/run-explore.js")).explore(context),
});

const exploreUnoCommand = defineCommand({
  ...exploreUnoForm,
  run: async (context) => (await import("../exploring/run-explore-uno.js")).exploreUno(context),
});

const fuzzCommand = defineCommand({
  ...fuzzForm,
  run: async (context) => (await import("../fuzzing/run-fuzz.js")).fuzz(context),
});

const bugsCommand = defineCommand({
  ...bugsForm,
  run: async (context) => (await import("../exploring/run-bugs.js")).bugs(context),
});

const raceCommand = defineCommand({
  ...raceForm,
  run: async (context) => (await import("../racing/run-race.js")).race(context),
});

const newCommand = defineCommand({
  ...newForm,
  run: async (context) => (await import("../boards/new-driver.js")).newDriver(context),
});

const completionCommand = defineCommand({
  ...completionForm,
  run: async (context) =>
    (await import("../completion/run-completion.js")).completion(context, commands),
});

/** Every command, in the order of the help; the one without a name runs when none is given. */
export const commands: readonly Command[] = [
  homeCommand,
  conformCommand,
  fuzzCommand,
  exploreCommand,
  exploreUnoCommand,
  raceCommand,
  newCommand,
  bugsCommand,
  lawsCommand,
  devsCommand,
  serveCommand,
  completionCommand,
];
