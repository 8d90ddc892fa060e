import { createServer, type Server, type Socket } from "node:net";
import { thrownText } from "@escapement/scenario";
import { mpyErrors } from "../mpy-errors.js";
import { VmRepl } from "./vm-repl.js";

/** A MicroPython without hardware, behind a path or an address that any serial program can open. */
export interface ServedMicroPython {
  /** The path of a tty, or `tcp://localhost:port`. */
  readonly path: string;
  /** Settles when the tty or the server is gone: resolved after `close`, rejected when it failed. */
  readonly closed: Promise<void>;
  /** Takes it away; a program that has it open sees the line hang up. Twice is fine. */
  close(): Promise<void>;
}

/** Where {@link serveMicroPython} puts the board. */
export interface ServeOptions {
  /** A TCP port of this computer in place of a tty; 0 takes a free one. One program at a time. */
  readonly tcpPort?: number;
}

/** The board's end of a line. */
interface BoardEnd {
  readonly path: string;
  readonly closed: Promise<void>;
  onData: ((bytes: Uint8Array) => void) | undefined;
  write(bytes: Uint8Array): void;
  close(): Promise<void>;
}

/**
 * Puts a MicroPython without hardware behind a real tty, or behind TCP: the WebAssembly port with a
 * machine.Timer on `@escapement/core`, in virtual time. It is there for scripts, for any serial tool and
 * for {@link openMicroPythonBoard}, and runs in this process until `close`.
 *
 * A script that never ends holds the process.
 *
 * @throws BoardError `port-failed` where there is no tty to be had, where the TCP port is taken, or where
 * `@micropython/micropython-webassembly-pyscript` is not installed.
 *
 * @example
 * ```ts
 * import { serveMicroPython } from "@escapement/board-micropython";
 *
 * const served = await serveMicroPython();
 * console.log(`open ${served.path} with any serial tool`);
 * await served.close();
 * ```
 */
export async function serveMicroPython(options: ServeOptions = {}): Promise<ServedMicroPython> {
  const repl = new VmRepl();
  await repl.start();
  const { tcpPort } = options;
  const end = tcpPort === undefined ? await ttyEnd() : await tcpEnd(tcpPort);
  end.onData = (bytes) => repl.receive(bytes);
  repl.onBytes = (bytes) => end.write(bytes);
  return { path: end.path, closed: end.closed, close: () => end.close() };
}

async function ttyEnd(): Promise<BoardEnd> {
  const { openPty } = await import("@escapement/board-uno");
  const line = await openPty();
  const { closed, resolve, reject } = settling();
  line.onFailed = () => reject(mpyErrors.lost({ line: line.path, reason: "the tty failed" }));
  const end: BoardEnd = {
    path: line.path,
    closed,
    onData: undefined,
    write: (bytes) => line.write(bytes),
    async close() {
      await line.close();
      resolve();
    },
  };
  line.onData = (bytes) => end.onData?.(bytes);
  return end;
}

async function tcpEnd(port: number): Promise<BoardEnd> {
  let client: Socket | undefined;
  const server = createServer((socket) => {
    // A serial line has one program at a time: the newer one gets it.
    client?.destroy();
    client = socket;
    socket.setNoDelay(true);
    socket.on("data", (bytes) => end.onData?.(Uint8Array.from(bytes)));
    socket.on("error", () => {});
    socket.on("close", () => {
      if (client === socket) client = undefined;
    });
  });
  const taken = await listening(server, port);
  const { closed, resolve } = settling();
  const end: BoardEnd = {
    path: `tcp://localhost:${taken}`,
    closed,
    onData: undefined,
    write: (bytes) => void client?.write(bytes),
    async close() {
      client?.destroy();
      await new Promise<void>((done) => server.close(() => done()));
      resolve();
    },
  };
  return end;
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      reject(mpyErrors.noTcp({ port, reason: thrownText(cause) }, { cause }));
    });
    server.listen(port, "localhost", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

interface Settling {
  readonly closed: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

function settling(): Settling {
  let resolve = (): void => {};
  let reject = (_error: Error): void => {};
  const closed = new Promise<void>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  // Nobody has to wait for it; a failure that nobody asks for must not end the process.
  closed.catch(() => {});
  return { closed, resolve, reject };
}
