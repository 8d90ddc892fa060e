import type { Point } from "./point.js";

/** The sites of points that have none of their own. */
export const siteless = { mask: -1, end: -2 } as const;

/** One point for each depth of contexts: a handler that is entered at one has points of its own. */
export class Points {
  readonly #byDepth: Point[] = [];

  /** The point of that depth, with these members. */
  at(
    depth: number,
    accesses: number,
    site: number,
    address: number,
    size: number,
    write: boolean,
  ): Point {
    let point = this.#byDepth[depth];
    if (point === undefined) {
      point = { accesses, piece: 0, site, address, size, write };
      this.#byDepth[depth] = point;
    }
    point.accesses = accesses;
    point.piece = 0;
    point.site = site;
    point.address = address;
    point.size = size;
    point.write = write;
    return point;
  }
}
