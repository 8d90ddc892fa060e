import type { usart0Config } from "avr8js";
import type { CorrectedCpu, InterruptSource } from "./corrected-cpu.js";

const RXC = 0x80;
const TXC = 0x40;
const UDRE = 0x20;
const DOR = 0x08;
const U2X = 0x02;
const MPCM = 0x01;
const RXEN = 0x10;
const TXEN = 0x08;

/** Characters that the receiver holds besides the one in its shift register. */
const RECEIVE_BUFFER = 2;

/** What a {@link CorrectedUsart} was at one time. */
export interface UsartState {
  receiving: boolean;
  buffer: readonly number[];
  shifting: number | undefined;
  waiting: number | undefined;
}

/**
 * USART0 in asynchronous mode, as the ATmega328P datasheet describes it (section 20), attached
 * through register hooks in place of the library's.
 *
 * Against the library's: a write to UCSR0A keeps the flags; a write to UCSR0B keeps a received
 * character; the receiver holds two characters and a third in its shift register, and says DOR
 * when a fourth is lost; the transmitter has its second buffer, and a character is out when its
 * stop bit is. Not modelled: frame and parity errors, nine bits, synchronous modes.
 */
export class CorrectedUsart {
  /** Called with each character when its last bit has left. */
  onTransmit: ((byte: number) => void) | undefined;
  /** Called when a character has come in whole, also one that is then lost. */
  onReceived: (() => void) | undefined;
  readonly #cpu: CorrectedCpu;
  readonly #config: typeof usart0Config;
  readonly #received: InterruptSource;
  readonly #empty: InterruptSource;
  readonly #transmitted: InterruptSource;
  #receiving = false;
  readonly #buffer: number[] = [];
  #shifting: number | undefined;
  #waiting: number | undefined;

  /** Attaches a USART of this configuration to the CPU. */
  constructor(cpu: CorrectedCpu, config: typeof usart0Config) {
    this.#cpu = cpu;
    this.#config = config;
    const { UCSRA, UCSRB } = config;
    const source = (address: number, mask: number, constant: boolean): InterruptSource => ({
      address,
      flagRegister: UCSRA,
      flagMask: mask,
      enableRegister: UCSRB,
      enableMask: mask,
      constant,
    });
    this.#received = source(config.rxCompleteInterrupt, RXC, true);
    this.#empty = source(config.dataRegisterEmptyInterrupt, UDRE, true);
    this.#transmitted = source(config.txCompleteInterrupt, TXC, false);
    cpu.data[UCSRA] = UDRE;
    cpu.data[config.UCSRC] = 0x06;
    this.#hookControl();
    this.#hookData();
  }

  /** Whether a character is coming in now. */
  get receiving(): boolean {
    return this.#receiving;
  }

  /** Whether a character is going out, or waits to. */
  get transmitting(): boolean {
    return this.#shifting !== undefined;
  }

  /** Cycles that one character takes on the line, at the speed the firmware has set. */
  get cyclesPerCharacter(): number {
    const { UCSRA, UCSRC, UBRRH, UBRRL } = this.#config;
    const { data } = this.#cpu;
    const control = data[UCSRC] as number;
    const bits = 5 + ((control >> 1) & 3);
    const parity = (control & 0x20) !== 0 ? 1 : 0;
    const stops = (control & 0x08) !== 0 ? 2 : 1;
    const divisor = (((data[UBRRH] as number) << 8) | (data[UBRRL] as number)) + 1;
    const samples = ((data[UCSRA] as number) & U2X) !== 0 ? 8 : 16;
    return divisor * samples * (1 + bits + parity + stops);
  }

  /** A place for {@link CorrectedUsart.save}. */
  newState(): UsartState {
    return { receiving: false, buffer: [], shifting: undefined, waiting: undefined };
  }

  /** Copies what decides what comes next, but for the registers, which the CPU keeps. */
  save(state: UsartState): void {
    state.receiving = this.#receiving;
    state.buffer = this.#buffer.slice();
    state.shifting = this.#shifting;
    state.waiting = this.#waiting;
  }

  /** Goes back to what was saved. */
  restore(state: UsartState): void {
    this.#receiving = state.receiving;
    this.#buffer.splice(0, this.#buffer.length, ...state.buffer);
    this.#shifting = state.shifting;
    this.#waiting = state.waiting;
  }

  /** Begins to send a character to the chip. Returns false, and does nothing, when the receiver is off or the line in use. */
  receive(byte: number): boolean {
    const enabled = ((this.#cpu.data[this.#config.UCSRB] as number) & RXEN) !== 0;
    if (!enabled || this.#receiving) return false;
    this.#receiving = true;
    this.#cpu.addClockEvent(() => this.#arrive(byte), this.cyclesPerCharacter);
    return true;
  }

  #arrive(byte: number): void {
    const { UCSRA, UCSRB } = this.#config;
    const { data } = this.#cpu;
    this.#receiving = false;
    if (((data[UCSRB] as number) & RXEN) !== 0) {
      // One more than the buffer holds stays in the shift register until the next one needs it.
      if (this.#buffer.length > RECEIVE_BUFFER) data[UCSRA] = (data[UCSRA] as number) | DOR;
      else this.#buffer.push(byte);
      this.#cpu.setInterruptFlag(this.#received);
    }
    this.onReceived?.();
  }

  #hookControl(): void {
    const { UCSRA, UCSRB } = this.#config;
    const cpu = this.#cpu;
    cpu.writeHooks[UCSRA] = (value, old) => {
      cpu.data[UCSRA] = (old & ~(U2X | MPCM)) | (value & (U2X | MPCM));
      if ((value & TXC) !== 0) cpu.clearInterrupt(this.#transmitted);
      return true;
    };
    cpu.writeHooks[UCSRB] = (value) => {
      cpu.data[UCSRB] = value;
      if ((value & RXEN) === 0) {
        this.#buffer.length = 0;
        cpu.clearInterrupt(this.#received);
      }
      for (const source of [this.#received, this.#empty, this.#transmitted]) {
        cpu.updateInterruptEnable(source, value);
      }
      return true;
    };
  }

  #hookData(): void {
    const { UCSRA, UCSRB, UDR } = this.#config;
    const cpu = this.#cpu;
    cpu.readHooks[UDR] = () => {
      const byte = this.#buffer.shift() ?? 0;
      cpu.data[UCSRA] = (cpu.data[UCSRA] as number) & ~DOR;
      if (this.#buffer.length === 0) cpu.clearInterrupt(this.#received);
      return byte;
    };
    cpu.writeHooks[UDR] = (value) => {
      const enabled = ((cpu.data[UCSRB] as number) & TXEN) !== 0;
      if (!enabled || this.#waiting !== undefined) return true;
      if (this.#shifting === undefined) {
        this.#shift(value);
      } else {
        this.#waiting = value;
        cpu.clearInterrupt(this.#empty);
      }
      return true;
    };
  }

  #shift(byte: number): void {
    this.#shifting = byte;
    this.#cpu.addClockEvent(this.#sent, this.cyclesPerCharacter);
  }

  readonly #sent = (): void => {
    const byte = this.#shifting;
    const next = this.#waiting;
    this.#shifting = undefined;
    this.#waiting = undefined;
    if (next === undefined) {
      this.#cpu.setInterruptFlag(this.#transmitted);
    } else {
      this.#shift(next);
      this.#cpu.setInterruptFlag(this.#empty);
    }
    if (byte !== undefined) this.onTransmit?.(byte);
  };
}
