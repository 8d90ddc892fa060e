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
  /** Enables or disables it, as its second argument says. */
  | "set one"
  /** Opens the mask of all interrupts. */
  | "enable all"
  /** Closes the mask of all interrupts. */
  | "disable all"
  /** Closes it, and returns what it was. */
  | "save and disable"
  /** Sets it to what it was: 0 is open for a `PRIMASK`. */
  | "restore"
  /** Returns the mask: 0 is open. */
  | "read mask"
  /** Closes it, as often as it is called. */
  | "enter"
  /** Opens it when it was called as often as the one that closes it. */
  | "leave";

const words = (text: string): RegExp => new RegExp(`^(?:${text.trim().split(/\s+/).join("|")})$`);

const maskNames: readonly (readonly [names: RegExp, effect: MaskEffect])[] = [
  [
    words(`enable_isr enable_interrupt enableInterrupt irq_enable irqEnable irq_enable_one enable_irq EnableIRQ
      (__|HAL_)?NVIC_EnableIRQ enable_intr intr_enable_one interrupt_enable_one attach_isr unmask_isr unmask_irq`),
    "enable one",
  ],
  [
    words(`disable_isr disable_interrupt disableInterrupt irq_disable irqDisable irq_disable_one disable_irq DisableIRQ
      (__|HAL_)?NVIC_DisableIRQ disable_intr intr_disable_one interrupt_disable_one mask_isr mask_irq detachInterrupt`),
    "disable one",
  ],
  [words("irq_set_enabled irq_set_mask_enabled interrupt_set_enabled"), "set one"],
  [
    words(`sei __enable_irq interrupts (en|En)able_?[iI]nterrupts (en|En)able_?(all|global)_?(irqs?|interrupts?|isrs?)
      __enable_interrupts? _enable_interrupts __sti sti local_irq_enable interrupts_(on|enable) irqs?_on int_enable
      esc_race_unmask EI ei _EI __EI EINT _EINT __eint __builtin_enable_interrupts INTEnableInterrupts
      unlock_interrupts global_interrupts?_enable irq_enable_all intr_on intr_enable`),
    "enable all",
  ],
  [
    words(`cli __disable_irq noInterrupts (dis|Dis)able_?[iI]nterrupts (dis|Dis)able_?(all|global)_?(irqs?|interrupts?|isrs?)
      __disable_interrupts? _disable_interrupts __cli local_irq_disable interrupts_(off|disable) irqs?_off int_disable
      esc_race_mask DI di _DI __DI DINT _DINT __dint __builtin_disable_interrupts INTDisableInterrupts
      lock_interrupts global_interrupts?_disable irq_disable_all intr_off intr_disable`),
    "disable all",
  ],
  [
    words(`esc_race_save_and_mask irq_save save_and_disable_interrupts irq_lock disable_interrupts_save
      rt_hw_interrupt_disable enter_critical_section up_irq_save save_interrupts interrupts_save
      portSET_INTERRUPT_MASK_FROM_ISR taskENTER_CRITICAL_FROM_ISR raw_local_irq_save`),
    "save and disable",
  ],
  [
    words(`esc_race_restore irq_restore restore_interrupts irq_unlock __set_PRIMASK __set_BASEPRI
      rt_hw_interrupt_enable leave_critical_section up_irq_restore interrupts_restore
      portCLEAR_INTERRUPT_MASK_FROM_ISR taskEXIT_CRITICAL_FROM_ISR`),
    "restore",
  ],
  [words("esc_race_get_mask __get_PRIMASK __get_BASEPRI"), "read mask"],
  [
    words(`(task|port|vPort|vTask|OS_|os_|CPU_|__)?(ENTER|Enter|enter)_?(CRITICAL|Critical|critical)(_?(SECTION|Section|section))?
      (CRITICAL|critical)_(SECTION_|section_)?(ENTER|enter|BEGIN|begin) core_util_critical_section_enter
      (task|port)DISABLE_INTERRUPTS chSysLock(FromISR)? osalSysLock local_irq_save spin_lock_irqsave
      begin_critical critical_begin lock_irq irq_lock_all`),
    "enter",
  ],
  [
    words(`(task|port|vPort|vTask|OS_|os_|CPU_|__)?(EXIT|Exit|exit|LEAVE|Leave|leave)_?(CRITICAL|Critical|critical)(_?(SECTION|Section|section))?
      (CRITICAL|critical)_(SECTION_|section_)?(EXIT|exit|END|end|LEAVE|leave) core_util_critical_section_exit
      (task|port)ENABLE_INTERRUPTS chSysUnlock(FromISR)? osalSysUnlock local_irq_restore spin_unlock_irqrestore
      end_critical critical_end unlock_irq irq_unlock_all`),
    "leave",
  ],
];

/** What a function of that name does to the masks, if that is known. */
export function maskEffectOf(name: string): MaskEffect | undefined {
  return maskNames.find(([names]) => names.test(name))?.[1];
}

const attaching = words("attach_?[iI]nterrupt attachInterruptArg gpio_isr_handler_add attach_isr");

const registering =
  words(`irq_set_(exclusive|shared)?_?handler irq_add_shared_handler (__)?NVIC_SetVector
  (register|install|set|connect|add)_?(isr|irq|interrupt|intr|vector)(_?handler)?
  (isr|irq|interrupt|intr|vector)_?(register|install|set|connect|attach)(_?handler|_dynamic)?
  request_irq esp_intr_alloc IntRegister arch_irq_connect_dynamic dvSetVector setvect timer_isr_(callback_add|register)
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

/** The handler that a function of that name is, if its name says so; `numbers` are those of interrupts by their names. */
export function handlerNamed(
  name: string,
  numbers: ReadonlyMap<string, number> = new Map(),
): NamedHandler | undefined {
  const [, digits] =
    /(?:^|_)(?:isr|ISR|irq|interrupt)_?(\d+)$/.exec(name) ?? /^__vector_(\d+)$/.exec(name) ?? [];
  if (digits !== undefined) {
    const isVector = name.startsWith("__vector_");
    return { name, number: Number(digits), priority: isVector ? 1 : Math.max(1, Number(digits)) };
  }
  const usual =
    /(_IRQHandler|_irq_?handler|_IrqHandler|_vect|_isr|_ISR|Isr|ISR|_interrupt|_int_handler|_irqhandler|_handler_isr)$/.test(
      name,
    );
  const cortex = /^(SysTick_Handler|TIM\d+\w*_Handler|[A-Z0-9]+_Handler|\w+_IRQ_Handler)$/.test(
    name,
  );
  const front =
    /^(isr_|ISR_|irq_handler_|on_interrupt_)/.test(name) || /^(isr|irq_handler)$/.test(name);
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

/** Whether a function is a main program, by its name. */
export function isMainNamed(name: string): boolean {
  return name === "main" || /_main$/.test(name);
}

/** The names that a compiler for WebAssembly gives `main`, best first. */
export const compiledMain = ["__original_main", "__main_void", "__main_argc_argv", "main"] as const;
