import type { Board } from "@escapement/scenario";

/** A serial port that was found. */
export interface FoundPort {
  /** What to open. */
  readonly path: string;
  /** Whatever the system knows of it. */
  readonly manufacturer?: string;
  /** The USB serial number, for `id:`. */
  readonly serialNumber?: string;
  /** The USB vendor, four hex digits. */
  readonly vendorId?: string;
  /** The USB product, four hex digits. */
  readonly productId?: string;
}

/** A simulated board that can be had. */
export interface ProfileRow {
  /** Its name, without `sim:`. */
  readonly name: string;
  /** What it is like, in a line. */
  readonly about: string;
}

/** Options of `sim`. */
export interface SimRequest {
  /** The profile's name. */
  readonly profile: string;
  /** For models of latency, drift and stalls. */
  readonly seed?: number;
  /** Whether waveforms are to be recorded. */
  readonly record: boolean;
}

/** A firmware of the emulated Uno. */
export interface UnoFirmware {
  /** The program, in Intel HEX. */
  readonly hex: string;
  /** Addresses of its functions and variables. */
  readonly symbols: Readonly<Record<string, number>>;
}

/** Options of the emulated Uno. */
export interface UnoRequest {
  /** The emulator without its corrections. */
  readonly stock: boolean;
  /** Our firmware with a change; the shipped one when absent. */
  readonly image?: UnoFirmware;
  /** In this process, with no tty: quicker, and the same programs take the same cycles. */
  readonly inProcess?: boolean;
}

/** Options of a module's board. */
export interface ModuleRequest {
  /** The module's file. */
  readonly file: string;
  /** For simulated hardware. */
  readonly seed?: number;
  /** Silence after which its driver is taken for caught in a loop, in milliseconds; the usual when absent. */
  readonly silenceMs?: number;
}

/** A timer driver in C. */
export interface CRequest {
  /** Its files: those of C, and folders and response files that name them. */
  readonly files: readonly string[];
  /** The board's name. */
  readonly name: string;
  /** The profile of its chip; the usual when absent. */
  readonly profile?: string;
  /** For the places inside a tick where things fall. */
  readonly seed?: number;
  /** Whether waveforms are to be recorded. */
  readonly record: boolean;
  /** Folders of headers. */
  readonly include: readonly string[];
  /** Macros. */
  readonly define: readonly string[];
  /** How the compiler optimizes. */
  readonly optimize: "0" | "s" | "1" | "2";
  /** Chip models behind addresses, as `0x40000000=stm32-tim2`. */
  readonly device: readonly string[];
  /** A clang of this machine. */
  readonly cc?: string;
  /** Where modules are kept. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called with what is going on, as the first time takes some seconds. */
  readonly onProgress: (text: string) => void;
}

/** A board that was opened, and what is worth saying about how. */
export interface OpenedBoard {
  /** The board; closed by whoever asked for it. */
  readonly board: Board;
  /** For instance that the Uno runs over a tty, and which. */
  readonly note?: string;
  /** Gives the waveform since the last call, where there is one. */
  readonly takeWaveform?: () => string;
}

/** Options of a MicroPython board. */
export interface MicroPythonRequest {
  /** A port, in any form. */
  readonly path: string;
  /** Whether its callbacks are scheduled rather than run in the interrupt. */
  readonly soft: boolean;
  /** Whether the soft reset before the first program is left out. */
  readonly resume: boolean;
  /** How late a callback may come, in microseconds, where that is more than is known of the port. */
  readonly lateUs?: number;
  /** The rate of a serial line; 115 200 when absent. */
  readonly baudRate?: number;
}

/** A board on a tty, or behind a TCP port. */
export interface ServedTty {
  /** What any serial tool can open, or `tcp://host:port`. */
  readonly path: string;
  /** Settles when the tty is gone. */
  readonly closed: Promise<void>;
  /** Gives everything back. */
  close(): Promise<void>;
}

/** Every board that there is, and the way to it; tests put their own in its place. */
export interface BoardWorld {
  /** The simulated profiles with a line about each, in the order they are run. */
  profiles(): Promise<readonly ProfileRow[]>;
  /** Makes a simulated board. */
  openSim(request: SimRequest): Promise<OpenedBoard>;
  /** Starts the emulated Uno, over a real tty where that can be had and is wanted, else in process. */
  openUno(options: UnoRequest): Promise<OpenedBoard>;
  /** Compiles a timer driver in C and puts it on a simulated chip. */
  openC(request: CRequest): Promise<OpenedBoard>;
  /** Opens the board in a module, in a thread of its own. */
  openModule(request: ModuleRequest): Promise<OpenedBoard>;
  /** Opens a board behind a port; the rate is of serial lines only, 115 200 when absent. */
  openPort(name: string, baudRate?: number): Promise<OpenedBoard>;
  /** Opens a MicroPython board behind a port, over its REPL. */
  openMicroPython(request: MicroPythonRequest): Promise<OpenedBoard>;
  /** The serial ports of this machine. */
  listPorts(): Promise<readonly FoundPort[]>;
  /** Puts the emulated Uno on a tty. */
  serveUno(options: { readonly stock: boolean; readonly realTime: boolean }): Promise<ServedTty>;
  /** Puts a MicroPython without hardware on a tty, or behind a TCP port of this computer. */
  serveMicroPython(options: { readonly tcpPort?: number }): Promise<ServedTty>;
}
