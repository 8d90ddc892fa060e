import { thrownText } from "@escapement/scenario";
import { type LoadOptions, loadVm, type WasmMicroPython } from "./load-vm.js";

/*
 * The REPL of the VM, byte by byte.
 *
 * The package has a REPL of its own for a person; its raw REPL lacks raw-paste and the soft reset. So
 * the raw one is here, as `shared/runtime/pyexec.c` documents itself on a line, and the friendly one is
 * the package's.
 */

const pasteWindow = 128;
const rawPrompt = "raw REPL; CTRL-B to exit\r\n>";

type Mode = "friendly" | "raw" | "paste";

/** How a VM behaves. */
export interface VmOptions extends LoadOptions {
  /** Whether raw-paste is refused, as old firmware does. */
  readonly refusesPaste?: boolean;
}

/** A MicroPython without hardware, from the line's side: bytes in, bytes out. */
export class VmRepl {
  /** Called with what the board sends. */
  onBytes: ((bytes: Uint8Array) => void) | undefined;
  readonly #options: VmOptions;
  readonly #waiting: number[] = [];
  #vm: WasmMicroPython | undefined;
  #mode: Mode = "friendly";
  #typed = "";
  #pasted = "";
  #printed = "";
  #isLineEmpty = true;
  #isBusy = false;

  constructor(options: VmOptions = {}) {
    this.#options = options;
  }

  /** Starts Python and prints its banner. */
  async start(): Promise<void> {
    this.#isBusy = true;
    await this.#boot();
    this.#vm?.replInit();
    this.#send("");
    this.#isBusy = false;
    await this.#drain();
  }

  /** Whether it is at work on what it received. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Takes bytes of the line. */
  receive(bytes: Uint8Array): void {
    for (const byte of bytes) this.#waiting.push(byte);
    void this.#drain();
  }

  async #boot(): Promise<void> {
    const stdout = (bytes: Uint8Array): void => this.#print(Buffer.from(bytes).toString("latin1"));
    this.#vm = await loadVm(stdout, this.#options);
  }

  async #drain(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (;;) {
      const byte = this.#waiting.shift();
      if (byte === undefined) break;
      const isReset = this.#take(byte);
      if (isReset) await this.#reset();
    }
    this.#isBusy = false;
  }

  /** Takes a byte; whether Python is to be restarted. */
  #take(byte: number): boolean {
    switch (this.#mode) {
      case "friendly":
        return this.#takeFriendly(byte);
      case "raw":
        return this.#takeRaw(byte);
      case "paste":
        return this.#takePasted(byte);
    }
  }

  #takeFriendly(byte: number): boolean {
    if (byte === 1) {
      this.#enterRaw();
      return false;
    }
    if (byte === 4 && this.#isLineEmpty) return true;
    this.#isLineEmpty = byte === 13 || byte === 3;
    this.#vm?.replProcessChar(byte);
    this.#send("");
    return false;
  }

  #takeRaw(byte: number): boolean {
    const typed = this.#typed;
    switch (byte) {
      case 1:
        if (typed.startsWith("\x05")) this.#askedForPaste(typed);
        else this.#enterRaw();
        return false;
      case 2:
        this.#mode = "friendly";
        this.#isLineEmpty = true;
        this.#vm?.replInit();
        this.#send("");
        return false;
      case 3:
        this.#typed = "";
        return false;
      case 4:
        this.#typed = "";
        this.#send("OK");
        if (typed === "") return true;
        return this.#execute(typed);
      default:
        this.#typed += String.fromCharCode(byte);
        return false;
    }
  }

  #askedForPaste(typed: string): void {
    if (this.#options.refusesPaste === true) {
      this.#enterRaw();
      return;
    }
    this.#typed = "";
    if (typed !== "\x05A") {
      this.#send("R\x00");
      return;
    }
    this.#mode = "paste";
    this.#pasted = "";
    // The window, and at once leave to send one more.
    this.#send(`R\x01${String.fromCharCode(pasteWindow)}\x00\x01`);
  }

  #takePasted(byte: number): boolean {
    if (byte === 3) {
      this.#mode = "raw";
      this.#send("\x04\x04\r\nKeyboardInterrupt: \r\n\x04>");
      return false;
    }
    if (byte === 4) {
      this.#mode = "raw";
      this.#send("\x04");
      return this.#execute(this.#pasted);
    }
    this.#pasted += String.fromCharCode(byte);
    if (this.#pasted.length % pasteWindow === 0) this.#send("\x01");
    return false;
  }

  #execute(source: string): boolean {
    let traceback = "";
    try {
      this.#vm?.runPython(Buffer.from(source, "latin1").toString("utf8"));
    } catch (error) {
      traceback = `${thrownText(error).trimEnd()}\n`;
    }
    this.#send("\x04");
    this.#print(traceback);
    this.#send("\x04");
    if (/^SystemExit/m.test(traceback)) return true;
    this.#send(">");
    return false;
  }

  async #reset(): Promise<void> {
    this.#send("\r\nMPY: soft reboot\r\n");
    await this.#boot();
    this.#typed = "";
    if (this.#mode === "friendly") {
      this.#vm?.replInit();
      this.#send("");
    } else {
      this.#enterRaw();
    }
  }

  #enterRaw(): void {
    this.#mode = "raw";
    this.#typed = "";
    this.#send(rawPrompt);
  }

  /** The VM prints letter by letter; a line goes out as one. */
  #print(text: string): void {
    this.#printed += text.replace(/\r?\n/g, "\r\n");
    if (this.#printed.endsWith("\n")) this.#send("");
  }

  #send(more: string): void {
    const text = this.#printed + more;
    this.#printed = "";
    if (text !== "") this.onBytes?.(Uint8Array.from(Buffer.from(text, "latin1")));
  }
}
