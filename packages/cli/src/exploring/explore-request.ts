import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { deviceModels, driverSources } from "@escapement/board-c";
import { simProfiles } from "@escapement/board-sim";
import { type Law, selectLaws } from "@escapement/conformance";
import type { RandomLimits, SearchLimits, Shard } from "@escapement/explore";
import type { LawJobsData } from "@escapement/explore/node";
import { type CTargetRequest, cTargetModule } from "@escapement/explore-c";
import { isCName } from "../boards/c-target.js";
import { deviceNames } from "../boards/device-names.js";
import { cliErrors } from "../cli-errors.js";
import type { ExploreContext } from "../commands/explore.js";

type Options = ExploreContext["options"];

/** A search as the command line asks for it. */
export interface ExploreRequest {
  /** Which laws, or which random programs, on what. */
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
  /** A driver in C. */
  readonly c: CAsked | undefined;
}

/** A driver in C that is searched. */
interface CAsked {
  /** Its files and options, as on a command line. */
  readonly words: readonly string[];
  /** How it is compiled. */
  readonly request: CTargetRequest;
}

/** The chip under a driver in C, as for `conform`. */
const C_PROFILES = ["stm32"];

/** Groups of laws whose programs have races within reach of a search. */
const GROUPS = ["READ", "ARM", "STOP", "REG", "CALL"];
const PROFILES = ["avr16", "systick24", "rp2040"];
const DEPTH = 3;

/** A random program may keep a chip in its handlers, masked, for as long as it likes: that is no fault of the HAL. */
const programLimits = { bound: 1, maskedMax: Number.POSITIVE_INFINITY };

/**
 * Reads what is to be searched.
 *
 * @throws {@link CliError} `invalid-option`; ConformanceError `unknown-law`.
 */
export function exploreRequest(context: ExploreContext): ExploreRequest {
  const { options, laws } = context;
  const c = cAsked(context);
  const { bound, length, slack, first, hal, shard, workers, programs, seed } = options;
  const maskedMax = options["masked-max"];
  if (programs !== undefined && options.only.length > 0) throw cliErrors.lawsAndPrograms();
  return {
    data: {
      laws: lawIds(laws, options),
      profiles: profileNames(options, c === undefined ? PROFILES : C_PROFILES),
      ...(programs !== undefined && { programs: { seed: seed ?? 1, count: programs } }),
      ...(slack !== undefined && { slackTicks: slack }),
      ...(hal !== undefined && { hal: pathToFileURL(hal).href }),
      ...(c !== undefined && { hal: cTargetModule(c.request) }),
    },
    limits: {
      ...(programs !== undefined && programLimits),
      ...(bound !== undefined && { bound }),
      ...(length !== undefined && { length }),
      ...(maskedMax !== undefined && { maskedMax }),
      ...(first && { stopAtFirst: true }),
    },
    random: randomOf(options),
    shard,
    workers,
    hal,
    c,
  };
}

/** The driver in C that the words name; nothing where they name none. */
function cAsked({ words, options }: ExploreContext): CAsked | undefined {
  const { merge, hal, include, define, device, optimize, cc, word } = options;
  if (merge || words.length === 0 || !words.every(isCName)) return undefined;
  if (hal !== undefined) throw cliErrors.extraWord({ word: "--hal", usage: "<file.c...>" });
  const sources = driverSources(words, { folders: include, defines: define });
  const wordBytes = word === "1" ? 1 : word === "2" ? 2 : 4;
  const absolute = (paths: readonly string[] = []) => paths.map((path) => resolve(path));
  return {
    words: [
      ...words,
      ...include.flatMap((folder) => ["--include", folder]),
      ...define.flatMap((macro) => ["--define", macro]),
      ...device.flatMap((each) => ["--device", each]),
      ...(optimize === "0" ? [] : ["--optimize", optimize]),
      ...(cc === undefined ? [] : ["--cc", cc]),
      ...(wordBytes === 4 ? [] : ["--word", word]),
    ],
    request: {
      files: absolute(sources.files),
      includeFolders: absolute(sources.includeFolders),
      defines: sources.defines ?? [],
      optimize: `-O${optimize}`,
      wordBytes,
      devices: deviceNames(device).map(({ model, ...place }) => ({
        ...place,
        model: Object.hasOwn(deviceModels, model) ? model : resolve(model),
      })),
      ...(cc !== undefined && { clang: cc }),
    },
  };
}

function lawIds(laws: readonly Law[], { only, all }: Options): readonly string[] {
  const isUsual = ({ id }: Law): boolean => GROUPS.some((group) => id.startsWith(`${group}-`));
  const chosen = only.length > 0 ? selectLaws({ laws, only }) : all ? laws : laws.filter(isUsual);
  return chosen.map(({ id }) => id);
}

function profileNames(
  { profile: given, hal, all }: Options,
  usual: readonly string[],
): readonly string[] {
  // A module of the user's says itself what it has.
  if (hal !== undefined) return given;
  const known = Object.keys(simProfiles);
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw cliErrors.unknownProfile({ profile: unknown, profiles: known.join(", ") });
  }
  if (given.length > 0) return given;
  return all ? known : usual;
}

function randomOf({ random, pct, depth, seed, programs }: Options): RandomLimits | undefined {
  if (random !== undefined && pct !== undefined) throw cliErrors.twoDraws();
  const schedules = random ?? pct;
  if (schedules !== undefined) {
    const kind = random === undefined ? "pct" : "random";
    return { kind, schedules, depth: depth ?? DEPTH, seed: seed ?? 0 };
  }
  if (depth !== undefined) throw cliErrors.depthOption();
  if (seed !== undefined && programs === undefined) throw cliErrors.seedOption();
  return undefined;
}
