import { ByteReader, ByteWriter } from "./bytes.js";
import type { SemanticsMember, Stated, StatedSemantics } from "./semantics.js";
import { semanticsMembers } from "./semantics-members.js";
import { figureCodes } from "./wire-codes.js";

// Every runtime has the two; the language's own library, which is all that this package is built with, does not declare them.
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** What an agent states of its board beyond the reply to `hello`. */
export interface Statements {
  /** The differences that it states. */
  readonly semantics: StatedSemantics;
  /** Its `latencies.dispatchTicks`, where it states one. */
  readonly dispatchTicks?: number;
}

const memberByCode = new Map(
  Object.entries(semanticsMembers).map(([member, { code }]) => [code, member as SemanticsMember]),
);

/**
 * Reads the replies to `state`, one statement each, as docs/wire.md lays them out. What this version
 * does not know is passed over; a word that a known member does not have is left for
 * {@link checkDescription} to refuse.
 *
 * Throws a {@link BoardError} `malformed` for bytes that are no statement.
 */
export function decodeStatements(replies: readonly Uint8Array[]): Statements {
  const semantics: Record<string, Stated<unknown>> = {};
  let dispatchTicks: number | undefined;
  for (const reply of replies) {
    const input = new ByteReader(reply, "statement");
    const code = input.u8();
    const value = input.varint();
    const member = memberByCode.get(code);
    if (code === figureCodes.dispatchTicks) dispatchTicks = value;
    if (member === undefined) continue;
    const source = new TextDecoder().decode(reply.subarray(input.at));
    const { words } = semanticsMembers[member];
    semantics[member] = {
      is: words === undefined ? value : (words[value] ?? `word ${value}`),
      source,
    };
  }
  return {
    semantics: semantics as StatedSemantics,
    ...(dispatchTicks !== undefined && { dispatchTicks }),
  };
}

/** The statement of one difference, as an agent sends it. */
export function encodeStatement<Member extends SemanticsMember>(
  member: Member,
  { is, source }: NonNullable<StatedSemantics[Member]>,
): Uint8Array {
  const { code, words } = semanticsMembers[member];
  const out = new ByteWriter();
  out.u8(code);
  out.varint(words === undefined ? Number(is) : (words as readonly unknown[]).indexOf(is));
  return Uint8Array.of(...out.bytes(), ...new TextEncoder().encode(source));
}
