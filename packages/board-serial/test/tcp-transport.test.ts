import { createServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { openSerialBoard, tcpTransport } from "../src/index.js";
import { errorOf, smallProgram } from "./bench.js";
import { type AgentLine, FakeAgent } from "./fake-agent.js";
import { toyTrace } from "./toy-board.js";

const ends: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A server on any free port of this computer with a fake agent behind each connection. */
async function serve() {
  const sockets: Socket[] = [];
  const agents: FakeAgent[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    const line: AgentLine = { onData: undefined, write: (bytes) => void socket.write(bytes) };
    socket.on("data", (bytes) => line.onData?.(Uint8Array.from(bytes)));
    socket.on("error", () => {});
    agents.push(new FakeAgent(line));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  const stop = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  ends.push(stop);
  return { port: address.port, sockets, agents, stop };
}

test("a whole conversation over TCP", async () => {
  const { port, agents } = await serve();
  const board = await openSerialBoard({ path: `tcp://127.0.0.1:${port}` });
  ends.push(() => board.close());
  expect(board.session.line).toBe(`tcp://127.0.0.1:${port}`);
  expect(await board.run(smallProgram)).toEqual(toyTrace(smallProgram));
  expect(agents[0]?.begins).toBe(1);
});

test("disconnected: the server ends in a run; reset connects again", async () => {
  const { port, agents, sockets } = await serve();
  const board = await openSerialBoard({ path: `tcp://127.0.0.1:${port}` });
  ends.push(() => board.close());
  if (agents[0]) agents[0].isDead = true;
  const run = errorOf(board.run(smallProgram));
  sockets[0]?.destroy();
  expect((await run).code).toBe("disconnected");
  await board.reset();
  expect(await board.run(smallProgram)).toEqual(toyTrace(smallProgram));
  expect(agents).toHaveLength(2);
});

test("port-failed: nobody listens", async () => {
  // A number that was given back may be a stranger's at once; this one is kept, at another address.
  const { port } = await serve();
  const path = `tcp://127.0.0.2:${port}`;
  const error = await errorOf(openSerialBoard({ path }));
  expect(error.code).toBe("port-failed");
  expect(error.message).toContain(path);
});

test.each([0, 65536, 1.5, Number.NaN])("port-not-found: the TCP port %d", async (port) => {
  const error = await errorOf(tcpTransport({ host: "127.0.0.1", port }).open());
  expect(error.code).toBe("port-not-found");
});
