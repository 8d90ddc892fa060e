import { checksum } from "./agent-source.js";

/** A frame of a reply: `~number.index.total.base64.checksum~`, all numbers in hex. */
const frameForm = /~(([0-9a-f]+)\.([0-9a-f]+)\.([0-9a-f]+)\.([A-Za-z0-9+/=]*))\.([0-9a-f]{1,8})~/g;

/** The most that a reply may hold: more than any buffer on a board makes. */
const mostFrames = 4096;

/**
 * Collects the frames of one reply out of whatever else a board prints: whole frames count, everything
 * between them is somebody else's, and a damaged one is as one that never came.
 */
export class ReplyFrames {
  readonly #number: number;
  readonly #parts: (Uint8Array | undefined)[] = [];
  #total: number | undefined;

  /** For the reply to the request of that number. */
  constructor(number: number) {
    this.#number = number;
  }

  /** Takes what was printed so far; the same text again changes nothing. */
  take(text: string): void {
    for (const found of text.matchAll(frameForm)) {
      const [, body = "", number = "", index = "", total = "", payload = "", sum = ""] = found;
      if (checksum(body) !== Number.parseInt(sum, 16)) continue;
      if (Number.parseInt(number, 16) !== this.#number) continue;
      this.#total = Math.min(mostFrames, Number.parseInt(total, 16));
      this.#parts[Number.parseInt(index, 16)] = Buffer.from(payload, "base64");
    }
  }

  /** The whole reply; nothing while a frame is missing. */
  get reply(): Uint8Array | undefined {
    if (this.#total === undefined) return undefined;
    const parts: Uint8Array[] = [];
    for (let index = 0; index < this.#total; index += 1) {
      const part = this.#parts[index];
      if (part === undefined) return undefined;
      parts.push(part);
    }
    return Uint8Array.from(Buffer.concat(parts));
  }
}
