import { closeSync, constants, fstatSync, openSync, write } from "node:fs";
import type { ReadStream } from "node:tty";
import { thrownText } from "@escapement/scenario";
import { unoErrors } from "./uno-errors.js";

/** What `open` of node-pty really gives; its typings leave these members out. */
interface OpenedPty {
  readonly _fd: number;
  readonly _pty: string;
  readonly _master: ReadStream;
  readonly _slave: ReadStream;
}

interface PtyPackage {
  readonly open: (options: { encoding: null }) => OpenedPty;
}

/** How long to wait before a write that found the line full is tried again. */
const RETRY_MS = 1;

/** The near end of a pseudo-terminal whose far end is a path that any serial program can open. */
export interface PtyLine {
  /** The far end. */
  readonly path: string;
  /** Called with bytes written to the far end. */
  onData: ((bytes: Uint8Array) => void) | undefined;
  /** Called once when the line failed by itself. */
  onFailed: (() => void) | undefined;
  /** Queues bytes for the far end; while nobody reads there, they wait. */
  write(bytes: Uint8Array): void;
  /** Takes the line away: a program that has the far end open sees it hang up. Twice is fine. */
  close(): Promise<void>;
}

/**
 * Opens a pseudo-terminal in raw mode.
 *
 * @throws BoardError `port-failed` where the optional native package does not load, as on Windows,
 * or where the system has no terminal to give.
 */
export async function openPty(): Promise<PtyLine> {
  const opened = await openNative();
  const { _fd: fd, _pty: path, _master: master, _slave: slave } = opened;
  slave.on("error", () => {});
  // Raw before anybody writes: a cooked terminal sends the board's first bytes back to it.
  slave.setRawMode(true);
  // One far end stays open for good, never read: without one, reading the near end fails with EIO.
  const hold = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
  // The package reads the far end as well, and would take what is meant for the host.
  await new Promise<void>((resolve) => {
    slave.once("close", resolve);
    slave.destroy();
  });
  closeLeftOver(hold);
  return new NativePtyLine(fd, path, master, hold);
}

/**
 * The event loop works on a descriptor of its own for a terminal and leaves the first one open,
 * under a number that the package does not give. It was opened before `hold`, so its number is
 * lower; and nobody else knows the path yet, so no other descriptor can be of this terminal.
 */
function closeLeftOver(hold: number): void {
  const { rdev } = fstatSync(hold);
  for (let fd = 3; fd < hold; fd += 1) {
    try {
      const stat = fstatSync(fd);
      if (stat.isCharacterDevice() && stat.rdev === rdev) closeSync(fd);
    } catch {
      // No such descriptor.
    }
  }
}

async function openNative(): Promise<OpenedPty> {
  if (process.platform === "win32") throw unoErrors.noTtyPaths();
  try {
    const loaded: unknown = await import("@lydell/node-pty");
    const { default: fallback } = loaded as { default?: PtyPackage };
    const { open } = fallback ?? (loaded as PtyPackage);
    return open({ encoding: null });
  } catch (cause) {
    const [reason = ""] = thrownText(cause).split("\n");
    throw unoErrors.noTty({ reason }, { cause });
  }
}

class NativePtyLine implements PtyLine {
  onData: ((bytes: Uint8Array) => void) | undefined;
  onFailed: (() => void) | undefined;
  readonly path: string;
  readonly #fd: number;
  readonly #master: ReadStream;
  readonly #hold: number;
  readonly #queue: Uint8Array[] = [];
  #writing: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  #isClosed = false;

  constructor(fd: number, path: string, master: ReadStream, hold: number) {
    this.#fd = fd;
    this.path = path;
    this.#master = master;
    this.#hold = hold;
    master.on("data", (bytes: Uint8Array) => this.onData?.(bytes));
    master.on("error", () => this.#fail());
    master.on("close", () => this.#fail());
  }

  write(bytes: Uint8Array): void {
    if (this.#isClosed || bytes.length === 0) return;
    this.#queue.push(bytes);
    this.#writing ??= this.#drain();
  }

  close(): Promise<void> {
    this.#closing ??= this.#shut();
    return this.#closing;
  }

  async #shut(): Promise<void> {
    this.#isClosed = true;
    // A write under way owns the descriptor's number; closing first could send bytes to whoever gets it next.
    await this.#writing;
    await new Promise<void>((resolve) => {
      if (this.#master.closed) resolve();
      else this.#master.once("close", resolve);
      this.#master.destroy();
    });
    closeSync(this.#hold);
  }

  #fail(): void {
    if (this.#isClosed) return;
    void this.close();
    this.onFailed?.();
  }

  /** Not the stream's own write: that blocks, and with it the whole process, once 4 kB are unread. */
  async #drain(): Promise<void> {
    while (!this.#isClosed) {
      const bytes = this.#queue[0];
      if (bytes === undefined) break;
      const count = await this.#writeSome(bytes);
      if (count === bytes.length) this.#queue.shift();
      else this.#queue[0] = bytes.subarray(count);
    }
    this.#writing = undefined;
  }

  #writeSome(bytes: Uint8Array): Promise<number> {
    return new Promise((resolve) => {
      write(this.#fd, bytes, (error, count) => {
        if (error === null) resolve(count);
        else if (error.code === "EAGAIN") setTimeout(() => resolve(0), RETRY_MS);
        else {
          this.#queue.length = 0;
          resolve(bytes.length);
        }
      });
    });
  }
}
