export { type Clock, systemClock } from "./clock.js";
export type { AgentInfo } from "./description.js";
export { encodeFrame, type Frame, FrameDecoder } from "./frame.js";
export type { LinkCounters } from "./link-counters.js";
export { type ListPortsOptions, listPorts, type PortInfo } from "./list-ports.js";
export { type DeviceEnd, type MemoryPair, memoryPair } from "./memory-pair.js";
export { type ProgramTransportOptions, programTransport } from "./program-transport.js";
export {
  type CreateTransportOptions,
  createTransport,
  type PortTarget,
  type ProgramTarget,
  type ResolvePortOptions,
  resolvePort,
  type SerialTarget,
  type TcpTarget,
} from "./resolve-port.js";
export { openSerialBoard, type SerialBoard, type SerialBoardOptions } from "./serial-board.js";
export type {
  ListedPort,
  SerialPackage,
  SerialPortClass,
  SerialPortObject,
} from "./serial-package.js";
export { type SerialTransportOptions, serialTransport } from "./serial-transport.js";
export { SerialSession } from "./session.js";
export type {
  RequestOptions,
  SessionOptions,
  SessionState,
  SessionTimeouts,
} from "./session-options.js";
export { type TcpTransportOptions, tcpTransport } from "./tcp-transport.js";
export type { Transport } from "./transport.js";
