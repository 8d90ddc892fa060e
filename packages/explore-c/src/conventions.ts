/**
 * What functions of interrupt-driven programs usually mean, by their names. Everything here can be said
 * otherwise by an option, and the report lists what was assumed. What they do to masks is in `mask-names.ts`.
 */
import { maskEffectOf, words } from "./mask-names.js";

const attaching = words(
  "attach_?[iI]nterrupt attachInterruptArg gpio_isr_handler_add attach_isr (bsd_|sysv_)?signal sigset",
);

const registering =
  words(`irq_set_(exclusive|shared)?_?handler irq_add_shared_handler (__)?NVIC_SetVector
  (register|install|set|connect|add)_?(isr|irq|interrupt|intr|vector)(_?handler)?
  (isr|irq|interrupt|intr|vector)_?(register|install|set|connect|attach)(_?handler|_dynamic)?
  request_irq IRQ_CONNECT IRQ_DIRECT_CONNECT esp_intr_alloc IntRegister arch_irq_connect_dynamic dvSetVector setvect timer_isr_(callback_add|register)
  hardware_alarm_set_callback (set|register)_?(interrupt|isr|irq)_?(handler|callback|routine)`);

/** Whether a call of that name registers a handler that it is given; and whether that enables it, too. */
export function registersHandler(name: string): { readonly enables: boolean } | undefined {
  if (attaching.test(name)) return { enables: true };
  return registering.test(name) ? { enables: false } : undefined;
}

/** Whether a call of that name gives the interrupt of a number a priority: a lower one is more urgent. */
export function setsPriority(name: string): boolean {
  return /^(?:__|HAL_)?NVIC_SetPriority$|^irq_set_priority$/.test(name);
}

/**
 * Whether a search has to know when a function of the program begins, as its name says that it masks.
 * What such a function does itself is run as well.
 */
export function isAnnounced(name: string): boolean {
  return maskEffectOf(name) !== undefined;
}

const noReturn = /^(exit|_exit|_Exit|pthread_exit|quick_exit|longjmp)$/;

/** Whether a call of that name ends the program. */
export function endsProgram(name: string): boolean {
  return noReturn.test(name);
}

/** Whether a call of that name says that something is wrong. */
export function failsProgram(name: string): boolean {
  return /^(abort|__assert_fail|__assert_func|__assert|assert_failed|__builtin_trap|reach_error|__VERIFIER_error)$/.test(
    name,
  );
}

/** Whether a call of that name says that something is wrong where its first argument is 0. */
export function failsWithZero(name: string): boolean {
  return /^(__VERIFIER|__CPROVER|klee)_assert$/.test(name);
}

/** Whether the program is of no matter from a call of that name on where its first argument is 0. */
export function endsWithZero(name: string): boolean {
  return /^((__VERIFIER|__CPROVER|klee)_)?assume$|^assume_abort_if_not$/.test(name);
}

const printing = words(
  "v?f?printf (print|trace|debug)f? printk v?syslog f?puts f?putc putchar fflush perror fwrite uart_?printf",
);

/** Whether a call of that name only shows something: what it returns is of no matter. */
export function onlyPrints(name: string): boolean {
  return printing.test(name);
}

/** Handlers of faults of the processor, or that are never requested by a peripheral. */
const notRequested =
  /^(Reset|NMI|HardFault|MemManage|BusFault|UsageFault|SVC|DebugMon|PendSV|Default)_Handler$/;

/** Whether a handler of that name, in a table of vectors, is one that a peripheral requests. */
export function isRequested(name: string): boolean {
  return !notRequested.test(name) && !/^_*(?:start|reset|default)/i.test(name);
}

/** A handler that was found by its name. */
export interface NamedHandler {
  /** The function. */
  readonly name: string;
  /** Its number, as masks name it; −2 where its name has none. */
  readonly number: number;
  /** Its priority: the number where the name has one, as usual; 1 else. */
  readonly priority: number;
}

/** The handler that a function of that name is, if its name says so; `numbers` are those of interrupts by their names. */
export function handlerNamed(
  name: string,
  numbers: ReadonlyMap<string, number> = new Map(),
): NamedHandler | undefined {
  const [, digits] =
    /(?:^|_)(?:isr|Isr|ISR|irq|IRQ|interrupt)_?(\d+)$/.exec(name) ??
    /^__vector_(\d+)$/.exec(name) ??
    [];
  if (digits !== undefined) {
    const isVector = name.startsWith("__vector_");
    return { name, number: Number(digits), priority: isVector ? 1 : Math.max(1, Number(digits)) };
  }
  const usual =
    /(_IRQHandler|_irq_?handler|_IrqHandler|_vect|_isr|_ISR|Isr|ISR|_interrupt|_int_handler|[a-z\d]_?[iI]nterrupt_?[hH]andler|[a-z\d](?:Isr|Irq|ISR|IRQ)_?[hH]andler|_irqhandler|_handler_isr)$/.test(
      name,
    );
  const cortex = /^(SysTick_Handler|TIM\d+\w*_Handler|[A-Z0-9]+_Handler|\w+_IRQ_Handler)$/.test(
    name,
  );
  const front =
    /^(isr_|ISR_|irq_handler_|on_interrupt_|(?:irq|isr|interrupt)_\w+_handler$)/.test(name) ||
    /^(isr|irq_handler)$/.test(name);
  const handles = (usual || cortex || front) && !notRequested.test(name);
  if (!handles || notHandling.test(name) || maskEffectOf(name) || registersHandler(name)) {
    return undefined;
  }
  const short = name.replace(/_(?:IRQHandler|IRQ_Handler|Handler)$/, "");
  return { name, number: numbers.get(short) ?? -2, priority: 1 };
}

/** Functions about handlers, which are none. */
const notHandling =
  /^(enable|disable|init|set|clear|attach|detach|register|unregister|install|in|is|wait|before|after|lock|unlock)(_|[A-Z])/;

/** Whether a handler of that name is of a processor that has no priorities: one that opens the mask lets every other in. */
export function isWithoutPriorities(name: string): boolean {
  return /_vect$|^__vector_\d+$/.test(name);
}

/** Whether a function is a main program, by its name. */
export function isMainNamed(name: string): boolean {
  return name === "main" || /_main$/.test(name);
}

/** The names that a compiler for WebAssembly gives `main`, best first. */
export const compiledMain = ["__original_main", "__main_void", "__main_argc_argv", "main"] as const;
