import { createSimBoard, type SimProfileName, simProfiles } from "@escapement/board-sim";
import { openUnoBoard } from "@escapement/board-uno";
import type { Board } from "@escapement/scenario";
import { openNativeAgent } from "../native-agent.js";
import { makeListBoard } from "../second-hal/boards.js";

/** An implementation of the contract that the judge must not accuse. */
export type SubjectName = "sim" | "second" | "uno" | "native";

/** How an implementation is run, and on which boards. */
export interface Subject {
  /** Its short name. */
  readonly name: SubjectName;
  /** What it is, for a table. */
  readonly title: string;
  /** Random programs of a full run, on all its boards together. */
  readonly programs: number;
  /** Random programs of a quick run. */
  readonly quickPrograms: number;
  /** Programs that are run at a stretch: what is lost when a run is broken off. */
  readonly chunk: number;
  /** Its boards, by name. */
  readonly boards: readonly string[];
  /** Opens one of them; `agent` is the path of the native agent. */
  open(board: string, agent: string | undefined): Promise<Board>;
}

const profiles = Object.keys(simProfiles);

/** All implementations. */
export const subjects: readonly Subject[] = [
  {
    name: "sim",
    title: "the HAL in TypeScript, simulated chips",
    programs: 1_000_000,
    quickPrograms: 1_200,
    chunk: 500,
    boards: profiles,
    open: async (profile) => createSimBoard({ profile: profile as SimProfileName }),
  },
  {
    name: "second",
    title: "the second HAL, simulated chips",
    programs: 50_000,
    quickPrograms: 300,
    chunk: 500,
    boards: profiles,
    open: async (profile) => makeListBoard(profile as SimProfileName),
  },
  {
    name: "uno",
    title: "the HAL in C, emulated Uno",
    programs: 20_000,
    quickPrograms: 40,
    chunk: 20,
    boards: ["uno"],
    open: () => openUnoBoard(),
  },
  {
    name: "native",
    title: "the HAL in C, this machine",
    programs: 200_000,
    quickPrograms: 200,
    chunk: 200,
    boards: ["native"],
    open: async (_, agent = "") => openNativeAgent(agent),
  },
];
