/** Before a piece of an access: where it is, how many bytes it has, and which piece it is, from 0. */
export type BeforePiece = (address: number, size: number, place: number) => void;

/**
 * Accesses that are wider than the processor's word, made piece by piece. The value is in scratch memory meanwhile: what
 * a load has gathered so far, or what a store has not yet put in its place. So what comes in between two pieces sees, and
 * leaves, half of it. There is only ever one store on its way: between the hook of a store and the hook behind it nothing
 * else runs.
 */
export class WideAccesses {
  readonly #bytes: Uint8Array;
  readonly #pieceAt: (address: number, end: number) => number;
  #store: { readonly address: number; readonly size: number; readonly scratch: number } | undefined;

  /** @param pieceAt - how many bytes from an address on, and before an end, the processor reaches at once */
  constructor(bytes: Uint8Array, pieceAt: (address: number, end: number) => number) {
    this.#bytes = bytes;
    this.#pieceAt = pieceAt;
  }

  /** A run begins. */
  restart(): void {
    this.#store = undefined;
  }

  /** Gathers what is read. */
  load(address: number, size: number, scratch: number, before: BeforePiece): void {
    this.#move(address, size, before, (at, piece) => {
      this.#bytes.copyWithin(scratch + at, address + at, address + at + piece);
    });
  }

  /** What is stored goes to scratch memory first. */
  begin(address: number, size: number, scratch: number): void {
    this.#store = { address, size, scratch };
  }

  /** Puts what was stored in its place; does nothing where it is there already. */
  end(before: BeforePiece): void {
    const store = this.#store;
    if (store === undefined) return;
    this.#store = undefined;
    const { address, size, scratch } = store;
    this.#move(address, size, before, (at, piece) => {
      this.#bytes.copyWithin(address + at, scratch + at, scratch + at + piece);
    });
  }

  #move(
    address: number,
    size: number,
    before: BeforePiece,
    copy: (at: number, piece: number) => void,
  ): void {
    let place = 0;
    for (let at = 0; at < size; ) {
      const piece = this.#pieceAt(address + at, address + size);
      before(address + at, piece, place);
      copy(at, piece);
      at += piece;
      place += 1;
    }
  }
}
