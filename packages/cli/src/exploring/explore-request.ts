import { pathToFileURL } from "node:url";
import { simProfiles } from "@escapement/board-sim";
import { type Law, selectLaws } from "@escapement/conformance";
import type { RandomLimits, SearchLimits, Shard } from "@escapement/explore";
import type { LawJobsData } from "@escapement/explore/node";
import type { ParsedArguments } from "../arguments.js";
import { CliError } from "../cli-error.js";
import type { CommandContext } from "../commands/command.js";
import { seedOption, wholeOption } from "../numbers.js";

/** A search as the command line asks for it. */
export interface ExploreRequest {
  /** Which laws on what. */
  readonly data: LawJobsData;
  /** Limits that were given. */
  readonly limits: Partial<SearchLimits>;
  /** How schedules are drawn, if they are. */
  readonly random: RandomLimits | undefined;
  /** Which share of it. */
  readonly shard: Shard | undefined;
  /** Threads; 0 for this thread; as many as the machine has when absent. */
  readonly workers: number | undefined;
  /** The module of a HAL of the user's, as it was given. */
  readonly hal: string | undefined;
  /** The options that make it the search that it is, as words of a command line. */
  readonly words: readonly string[];
}

/** Groups of laws whose programs have races within reach of a search. */
const GROUPS = ["READ", "ARM", "STOP", "REG", "CALL"];
const PROFILES = ["avr16", "systick24", "rp2040"];
const DEPTH = 3;
const MOST = 1_000_000_000;

/** Options that change which search it is; a resumed search has to have the same. */
const searchOptions = [
  ...["hal", "bound", "length", "masked-max", "slack"],
  ...["random", "pct", "depth", "seed", "shard", "workers"],
];

/**
 * Reads what is to be searched.
 *
 * @throws {@link CliError} `invalid-option`; ConformanceError `unknown-law`.
 */
export function exploreRequest({ args, laws }: CommandContext): ExploreRequest {
  const number = (name: string, range: readonly [number, number], example: string) =>
    wholeOption(name, args.text(name), range, `For instance --${name} ${example}.`);
  const bound = number("bound", [0, 16], "2");
  const length = number("length", [1, MOST], "200");
  const maskedMax = number("masked-max", [1, MOST], "400");
  const slackTicks = number("slack", [1, 64], "8");
  const hal = args.text("hal");
  return {
    data: {
      laws: lawIds(laws, args),
      profiles: profileNames(args),
      ...(slackTicks !== undefined && { slackTicks }),
      ...(hal !== undefined && { hal: pathToFileURL(hal).href }),
    },
    limits: {
      ...(bound !== undefined && { bound }),
      ...(length !== undefined && { length }),
      ...(maskedMax !== undefined && { maskedMax }),
      ...(args.flag("first") && { stopAtFirst: true }),
    },
    random: randomOf(args),
    shard: shardOf(args.text("shard")),
    workers: number("workers", [0, 256], "4"),
    hal,
    words: wordsOf(args),
  };
}

function lawIds(laws: readonly Law[], args: ParsedArguments): readonly string[] {
  const only = args.list("law");
  const isUsual = ({ id }: Law): boolean => GROUPS.some((group) => id.startsWith(`${group}-`));
  const chosen =
    only.length > 0 ? selectLaws({ laws, only }) : args.flag("all") ? laws : laws.filter(isUsual);
  return chosen.map(({ id }) => id);
}

function profileNames(args: ParsedArguments): readonly string[] {
  const given = args.list("profile");
  // A module of the user's says itself what it has.
  if (args.text("hal") !== undefined) return given;
  const known = Object.keys(simProfiles);
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new CliError(
      "invalid-option",
      `there is no profile "${unknown}"`,
      `Choose from ${known.join(", ")}.`,
    );
  }
  if (given.length > 0) return given;
  return args.flag("all") ? known : PROFILES;
}

function randomOf(args: ParsedArguments): RandomLimits | undefined {
  const kinds = (["random", "pct"] as const).filter((kind) => args.text(kind) !== undefined);
  const [kind, other] = kinds;
  if (other !== undefined) {
    throw new CliError(
      "invalid-option",
      "--random and --pct exclude each other",
      "Give one of them.",
    );
  }
  const depth = wholeOption("depth", args.text("depth"), [1, 64], "For instance --depth 3.");
  const seed = seedOption(args.text("seed"));
  if (kind === undefined) {
    if (depth === undefined && seed === undefined) return undefined;
    throw new CliError(
      "invalid-option",
      `--${depth === undefined ? "seed" : "depth"} is of searches that draw their schedules`,
      "Give --random 1000 or --pct 1000 with it, or leave it out.",
    );
  }
  const schedules = wholeOption(kind, args.text(kind), [1, MOST], `For instance --${kind} 1000.`);
  if (schedules === undefined) return undefined;
  return { kind, schedules, depth: depth ?? DEPTH, seed: seed ?? 0 };
}

function shardOf(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined;
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index >= 1 && shard.index <= shard.count) return shard;
  throw new CliError(
    "invalid-option",
    `--shard is "${text}", expected i/n with 1 ≤ i ≤ n`,
    "For instance --shard 2/8.",
  );
}

function wordsOf(args: ParsedArguments): readonly string[] {
  const flags = ["all", "first"].filter((name) => args.flag(name)).map((name) => `--${name}`);
  const lists = ["law", "profile"].map((name) => [name, args.list(name).join(",")] as const);
  const texts = searchOptions.map((name) => [name, args.text(name) ?? ""] as const);
  const given = [...lists, ...texts].filter(([, value]) => value !== "");
  return [...flags, ...given.flatMap(([name, value]) => [`--${name}`, value])];
}
