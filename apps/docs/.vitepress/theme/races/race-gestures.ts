/** What a gesture asks of the window: to go on by points, or to zoom around a place. */
export interface Gestures {
  /** Goes on by so many pixels of the drawing. */
  pan(pixels: number): void;
  /** Makes points so many times as wide; the point under x stays where it is. */
  zoom(factor: number, x: number): void;
}

/** How much a turn of a wheel zooms. */
const WHEEL_ZOOM = 0.0022;

/** A pull this long moves the window; a shorter one is a press. */
const PULL_PIXELS = 6;

/**
 * A wheel over the drawing: sideways, or with Shift, it moves the window; with Ctrl, as a touch pad pinches, it
 * zooms. A plain wheel is the page's.
 */
export function wheelOver(event: WheelEvent, x: number, { pan, zoom }: Gestures): void {
  const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
  if (event.ctrlKey || event.metaKey) zoom(Math.exp(-event.deltaY * WHEEL_ZOOM), x);
  else if (sideways !== 0 && Math.abs(sideways) >= Math.abs(event.shiftKey ? 0 : event.deltaY))
    pan(sideways);
  else return;
  event.preventDefault();
}

/** Follows one or two pointers: one pulls the window, two pinch it. */
export class Pointers {
  readonly #places = new Map<number, number>();
  readonly #gestures: Gestures;
  #pulled = 0;

  constructor(gestures: Gestures) {
    this.#gestures = gestures;
  }

  /** How far the first of them was pulled since it came down. */
  get isPull(): boolean {
    return this.#pulled > PULL_PIXELS;
  }

  /** A pointer came down. */
  press(id: number, x: number): void {
    if (this.#places.size === 0) this.#pulled = 0;
    this.#places.set(id, x);
    // Two fingers are no press, wherever they come up again.
    if (this.#places.size > 1) this.#pulled = Number.POSITIVE_INFINITY;
  }

  /** A pointer moved; one that is not down is not followed. */
  move(id: number, x: number): void {
    const before = this.#places.get(id);
    if (before === undefined) return;
    const other = [...this.#places].find(([each]) => each !== id)?.[1];
    this.#places.set(id, x);
    if (other === undefined) {
      this.#pulled += Math.abs(x - before);
      if (this.isPull) this.#gestures.pan(before - x);
      return;
    }
    const [was, is] = [Math.abs(before - other), Math.abs(x - other)];
    if (was > 8 && is > 8) this.#gestures.zoom(is / was, (x + other) / 2);
  }

  /** A pointer went up, or was lost; returns whether it was a press. */
  release(id: number): boolean {
    const wasDown = this.#places.delete(id);
    return wasDown && this.#places.size === 0 && !this.isPull;
  }
}
