/**
 * What a source uses and its missing headers would have declared: names of types, of registers and of constants.
 * Firmware is mostly sent around without its vendor's headers; what interrupts do to its variables can be
 * searched all the same.
 *
 * A name with members is a peripheral, `TIM2->CR1`; one that is written, or whose address is taken, is a register;
 * any other is a constant, and each of these has a bit of its own, so that a test of one is not always false.
 */

const types: Readonly<Record<string, string>> = {
  bool: "_Bool",
  boolean: "_Bool",
  BOOL: "int",
  BOOLEAN: "unsigned char",
  bit: "unsigned char",
  byte: "unsigned char",
  BYTE: "unsigned char",
  WORD: "unsigned short",
  DWORD: "unsigned",
  uchar: "unsigned char",
  ushort: "unsigned short",
  uint: "unsigned",
  ulong: "unsigned long",
  size_t: "unsigned long",
  uintptr_t: "unsigned long",
  irqflags_t: "int",
  __IO: "volatile",
  __I: "volatile const",
  __O: "volatile",
  __IM: "volatile const",
  __OM: "volatile",
  __IOM: "volatile",
  irqreturn_t: "int",
  TickType_t: "unsigned",
  BaseType_t: "int",
  UBaseType_t: "unsigned",
  spinlock_t: "int",
  portMUX_TYPE: "int",
};

/** Words of compilers that say nothing here: they go. */
const words = new Set(
  `__weak __packed __root __no_init __ramfunc __task __near __far near far __persistent __eeprom __flash
  __STATIC_INLINE __STATIC_FORCEINLINE __forceinline __INLINE __inline RAM_FUNC __RAM_FUNC __used __unused __code
  __data __xdata __idata __pdata __bank __reentrant __xtal ISR_ATTR ICACHE_FLASH_ATTR DRAM_ATTR __not_in_flash
  __irq_handler asmlinkage __init __exit __user __iomem __always_inline`.split(/\s+/),
);

const constants: Readonly<Record<string, string>> = {
  TRUE: "1",
  FALSE: "0",
  true: "1",
  false: "0",
  NULL: "((void *)0)",
  HIGH: "1",
  LOW: "0",
  ON: "1",
  OFF: "0",
  ENABLE: "1",
  DISABLE: "0",
  SET: "1",
  RESET: "0",
  GIE: "8",
  IRQ_HANDLED: "1",
  IRQ_NONE: "0",
  pdTRUE: "1",
  pdFALSE: "0",
  pdPASS: "1",
};

/** A type of whole numbers by its width: `uint8_t`, `u16`, `INT32U`, `UINT8`. */
function numberType(name: string): string | undefined {
  const [, one, bits = ""] =
    /^(?:_*)?(u?int|u|s|i|U|S|I|UINT|INT|u_int|uint_fast|uint_least|int_fast|int_least)_?(8|16|32|64)(?:_t|U|S|u|s)?$/.exec(
      name,
    ) ?? [];
  if (one === undefined) return undefined;
  const base = { 8: "char", 16: "short", 32: "int", 64: "long long" }[Number(bits)] ?? "int";
  const isSigned = (/^[sSiI]/.test(one) && !/U$/.test(name)) || /S$/.test(name);
  return `${isSigned ? "signed" : "unsigned"} ${base}`;
}

/** The meaning of a name that is a type, or of a word that says nothing. */
function typeOrWord(name: string): string | undefined {
  return words.has(name) ? "" : (types[name] ?? numberType(name));
}

/** Declares what a compiler's messages say is undeclared; undefined where nothing can be. */
export class MissingNames {
  readonly #text: string;
  readonly #declared = new Map<string, string>();
  #bits = 0;

  /** Of sources, all of them together. */
  constructor(texts: Iterable<string>) {
    this.#text = [...texts].join("\n").replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, " ");
  }

  /** Names that are taken for variables or constants, so that a report can say so. */
  readonly assumed: string[] = [];

  /** All declarations, as text of a header. */
  get header(): string {
    return [...this.#declared.values()].join("");
  }

  /** Looks at a compiler's messages; returns whether they led to any new declaration. */
  add(messages: string): boolean {
    const before = this.#declared.size;
    for (const [, name = ""] of messages.matchAll(/error: unknown type name '(\w+)'/g)) {
      const meaning = typeOrWord(name);
      if (meaning !== undefined) this.#declare(name, `#define ${name} ${meaning}\n`);
    }
    for (const [, name = ""] of messages.matchAll(/error: use of undeclared identifier '(\w+)'/g)) {
      const meaning = typeOrWord(name) ?? constants[name];
      if (meaning !== undefined) this.#declare(name, `#define ${name} ${meaning}\n`);
      else if (/[A-Z]/.test(name)) this.#declare(name, this.#assume(name));
    }
    return this.#declared.size > before;
  }

  #declare(name: string, line: string): void {
    if (!this.#declared.has(name)) this.#declared.set(name, line);
  }

  #assume(name: string): string {
    this.assumed.push(name);
    const text = this.#text;
    const members = new Map<string, boolean>();
    const member = new RegExp(`\\b${name}\\s*(?:->|\\.)\\s*(\\w+)\\s*(\\[)?`, "g");
    for (const [, found = "", index] of text.matchAll(member)) {
      members.set(found, (members.get(found) ?? false) || index !== undefined);
    }
    if (members.size > 0) {
      const fields = [...members]
        .map(([each, isArray]) => each + (isArray ? "[16]" : ""))
        .join(", ");
      const isPlain = new RegExp(`\\b${name}\\s*\\.`).test(text);
      return `extern struct { volatile unsigned ${fields}; } ${name}${isPlain ? "" : "[1]"};\n`;
    }
    if (new RegExp(`\\b${name}\\s*\\[`).test(text))
      return `extern volatile unsigned ${name}[16];\n`;
    const written = `\\b${name}\\s*(?:=(?!=)|[-+*/%&|^]=|<<=|>>=|\\+\\+|--)|(?:\\+\\+|--|[(,=]\\s*&)\\s*${name}\\b`;
    if (new RegExp(written).test(text)) return `extern volatile unsigned ${name};\n`;
    const bit = this.#bits % 16;
    this.#bits += 1;
    return `#define ${name} (1u << ${bit})\n`;
  }
}
