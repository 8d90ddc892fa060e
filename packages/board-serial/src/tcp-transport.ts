import { connect, type Socket } from "node:net";
import { type BoardError, thrownText } from "@escapement/scenario";
import { systemClock, withLimit } from "./clock.js";
import { lineErrors } from "./line-errors.js";
import type { Transport } from "./transport.js";

/** Which TCP server has the board behind it. */
export interface TcpTransportOptions {
  /** Name or address. */
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
}

const connectLimitMs = 4000;
const writeLimitMs = 2000;

/**
 * A line over TCP: a serial server, an emulator's socket. Raw bytes, no telnet and no RFC 2217.
 * Node only.
 *
 * `open()` rejects with `port-not-found` for an unknown host and with `port-failed` otherwise.
 *
 * @example
 * ```ts
 * import { tcpTransport } from "@escapement/board-serial";
 *
 * const transport = tcpTransport({ host: "localhost", port: 4000 });
 * console.log(transport.description); // tcp://localhost:4000
 * ```
 */
export function tcpTransport(options: TcpTransportOptions): Transport {
  const description = `tcp://${options.host}:${options.port}`;
  let open: Socket | undefined;
  const transport: Transport = {
    description,
    onData: undefined,
    onClose: undefined,
    async open() {
      if (open !== undefined) return;
      const socket = await connectSocket(options, description);
      open = socket;
      socket.on("data", (bytes) => {
        if (open === socket) transport.onData?.(Uint8Array.from(bytes));
      });
      let reason = "the far end closed the connection";
      socket.on("error", (error) => {
        reason = error.message;
      });
      socket.on("close", () => {
        if (open !== socket) return;
        open = undefined;
        transport.onClose?.(reason);
      });
    },
    async write(bytes) {
      const socket = open;
      if (socket === undefined) {
        throw lineErrors.notOpen({ name: description });
      }
      const written = new Promise<void>((resolve, reject) => {
        socket.write(bytes, (error) => (error ? reject(error) : resolve()));
      });
      await withLimit(systemClock, writeLimitMs, written, () => {
        return lineErrors.tcpBlocked({ name: description, limitMs: writeLimitMs });
      });
    },
    async close() {
      const socket = open;
      open = undefined;
      socket?.destroy();
    },
  };
  return transport;
}

async function connectSocket(options: TcpTransportOptions, description: string): Promise<Socket> {
  const { host, port } = options;
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw lineErrors.noTcpPort({ name: description });
  }
  const socket = connect({ host, port, noDelay: true });
  const connected = new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  try {
    await withLimit(systemClock, connectLimitMs, connected, () => {
      return new Error(`no connection within ${connectLimitMs} ms`);
    });
  } catch (cause) {
    // Destroying may emit once more.
    socket.on("error", () => {});
    socket.destroy();
    throw connectFailure(description, cause);
  }
  socket.removeAllListeners("error");
  return socket;
}

function connectFailure(description: string, cause: unknown): BoardError {
  const text = thrownText(cause);
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) {
    return lineErrors.unknownHost({ name: description }, { cause });
  }
  return lineErrors.cannotReach({ name: description, reason: text }, { cause });
}
