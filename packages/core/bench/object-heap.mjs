/** The baseline: a plain binary heap of objects, first in first out on ties, removal by index. */
export class ObjectHeap {
  #heap = [];
  #order = 0;
  now = 0;

  set(delay, callback) {
    this.#order += 1;
    const timer = { due: this.now + delay, order: this.#order, callback, index: this.#heap.length };
    this.#heap.push(timer);
    this.#rise(timer);
    return timer;
  }

  clear(timer) {
    if (timer.index < 0) {
      return;
    }
    const last = this.#heap.pop();
    if (last !== timer) {
      last.index = timer.index;
      this.#heap[last.index] = last;
      this.#rise(last);
      this.#sink(last);
    }
    timer.index = -1;
  }

  next() {
    const timer = this.#heap[0];
    if (timer === undefined) {
      return false;
    }
    this.clear(timer);
    this.now = timer.due;
    timer.callback(timer);
    return true;
  }

  #before(a, b) {
    return a.due < b.due || (a.due === b.due && a.order < b.order);
  }

  #swap(a, b) {
    const index = a.index;
    this.#heap[b.index] = a;
    this.#heap[index] = b;
    a.index = b.index;
    b.index = index;
  }

  #rise(timer) {
    while (timer.index > 0) {
      const parent = this.#heap[(timer.index - 1) >> 1];
      if (this.#before(parent, timer)) {
        return;
      }
      this.#swap(timer, parent);
    }
  }

  #sink(timer) {
    for (;;) {
      const left = this.#heap[2 * timer.index + 1];
      const right = this.#heap[2 * timer.index + 2];
      const child = right !== undefined && this.#before(right, left) ? right : left;
      if (child === undefined || this.#before(timer, child)) {
        return;
      }
      this.#swap(timer, child);
    }
  }
}
