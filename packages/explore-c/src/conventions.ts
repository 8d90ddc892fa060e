/**
 * What functions of interrupt-driven programs usually mean, by their names. Everything here can be said
 * otherwise by an option, and the report lists what was assumed.
 */

/** What a call does to the masks. */
export type MaskEffect =
  /** Enables the handler whose number it is given; all of them for −1. */
  | "enable one"
  /** Disables the handler whose number it is given; all of them for −1. */
  | "disable one"
  /** Opens the mask of all interrupts. */
  | "enable all"
  /** Closes the mask of all interrupts. */
  | "disable all"
  /** Closes it, and returns what it was. */
  | "save and disable"
  /** Sets it to what it was: 0 is open for a `PRIMASK`. */
  | "restore"
  /** Returns the mask: 0 is open. */
  | "read mask";

const maskNames: readonly (readonly [names: RegExp, effect: MaskEffect])[] = [
  [
    /^(enable_isr|enable_interrupt|irq_enable|NVIC_EnableIRQ|__NVIC_EnableIRQ|enable_irq|HAL_NVIC_EnableIRQ)$/,
    "enable one",
  ],
  [
    /^(disable_isr|disable_interrupt|irq_disable|NVIC_DisableIRQ|__NVIC_DisableIRQ|disable_irq|HAL_NVIC_DisableIRQ)$/,
    "disable one",
  ],
  [
    /^(sei|__enable_irq|interrupts|enable_interrupts|enableInterrupts|__enable_interrupt|_enable_interrupts|EnableInterrupts|__sti|local_irq_enable|taskENABLE_INTERRUPTS|portENABLE_INTERRUPTS)$/,
    "enable all",
  ],
  [
    /^(cli|__disable_irq|noInterrupts|disable_interrupts|disableInterrupts|__disable_interrupt|_disable_interrupts|DisableInterrupts|__cli|local_irq_disable|taskDISABLE_INTERRUPTS|portDISABLE_INTERRUPTS)$/,
    "disable all",
  ],
  [
    /^(esc_race_save_and_mask|irq_save|save_and_disable_interrupts|irq_lock|disable_interrupts_save)$/,
    "save and disable",
  ],
  [/^(esc_race_restore|irq_restore|restore_interrupts|irq_unlock|__set_PRIMASK)$/, "restore"],
  [/^(__get_PRIMASK)$/, "read mask"],
];

/** What a function of that name does to the masks, if that is known. */
export function maskEffectOf(name: string): MaskEffect | undefined {
  return maskNames.find(([names]) => names.test(name))?.[1];
}

const noReturn = /^(exit|_exit|_Exit|pthread_exit|quick_exit|longjmp)$/;

/** Whether a call of that name ends the program. */
export function endsProgram(name: string): boolean {
  return noReturn.test(name);
}

/** Whether a call of that name says that something is wrong. */
export function failsProgram(name: string): boolean {
  return /^(abort|__assert_fail|__assert_func|__assert|assert_failed|__builtin_trap)$/.test(name);
}

/** Handlers of faults of the processor, or that are never requested by a peripheral. */
const notRequested =
  /^(Reset|NMI|HardFault|MemManage|BusFault|UsageFault|SVC|DebugMon|PendSV|Default)_Handler$/;

/** A handler that was found by its name. */
export interface NamedHandler {
  /** The function. */
  readonly name: string;
  /** Its number, as masks name it; −2 where its name has none. */
  readonly number: number;
  /** Its priority: the number where the name has one, as usual; 1 else. */
  readonly priority: number;
}

/** The handler that a function of that name is, if its name says so. */
export function handlerNamed(name: string): NamedHandler | undefined {
  const [, digits] =
    /(?:^|_)(?:isr|ISR|irq|interrupt)_?(\d+)$/.exec(name) ?? /^__vector_(\d+)$/.exec(name) ?? [];
  if (digits !== undefined) {
    const isVector = name.startsWith("__vector_");
    return { name, number: Number(digits), priority: isVector ? 1 : Math.max(1, Number(digits)) };
  }
  const usual = /(_IRQHandler|_irq_handler|_vect|_isr|_ISR|ISR|_interrupt|_irqhandler)$/.test(name);
  const cortex = /^(SysTick_Handler|TIM\d+\w*_Handler|[A-Z0-9]+_Handler)$/.test(name);
  const front = /^(isr_|ISR_|irq_handler_|on_interrupt_)/.test(name);
  const handles = (usual || cortex || front) && !notRequested.test(name);
  const masks = /^(enable|disable|init|set|clear|attach|detach)/i.test(name);
  return handles && !masks ? { name, number: -2, priority: 1 } : undefined;
}

/** Whether a function is a main program, by its name. */
export function isMainNamed(name: string): boolean {
  return name === "main" || /_main$/.test(name);
}

/** The names that a compiler for WebAssembly gives `main`, best first. */
export const compiledMain = ["__original_main", "__main_void", "main"] as const;
