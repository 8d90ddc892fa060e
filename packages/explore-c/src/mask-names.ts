/**
 * What functions do to the masks, by their names. Everything here can be said otherwise by an option, and the report
 * lists what was assumed.
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
  | "leave"
  /** Sets bits of a status register, of which one, 8, is the mask of all interrupts: as on an MSP430. */
  | "set status"
  /** Clears bits of it. */
  | "clear status";

/** A pattern of several names, each a pattern of its own. */
export const words = (text: string): RegExp =>
  new RegExp(`^(?:${text.trim().split(/\s+/).join("|")})$`);

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
      portSET_INTERRUPT_MASK_FROM_ISR chSysGetStatusAndLockX taskENTER_CRITICAL_FROM_ISR raw_local_irq_save`),
    "save and disable",
  ],
  [
    words(`esc_race_restore irq_restore restore_interrupts irq_unlock __set_PRIMASK __set_BASEPRI __set_interrupt_state chSysRestoreStatusX
      rt_hw_interrupt_enable leave_critical_section up_irq_restore interrupts_restore
      portCLEAR_INTERRUPT_MASK_FROM_ISR taskEXIT_CRITICAL_FROM_ISR`),
    "restore",
  ],
  [words("esc_race_get_mask __get_PRIMASK __get_BASEPRI __get_interrupt_state"), "read mask"],
  [words("__bis_SR_register _BIS_SR __bis_status_register"), "set status"],
  [words("__bic_SR_register _BIC_SR __bic_status_register"), "clear status"],
  [
    words(`(task|port|vPort|vTask|OS_|os_|CPU_|__)?(ENTER|Enter|enter)_?(CRITICAL|Critical|critical)(_?(SECTION|Section|section))?(_?(ISR|SAFE|FROM_ISR|FromISR))?
      (CRITICAL|critical)_(SECTION_|section_)?(ENTER|enter|BEGIN|begin) core_util_critical_section_enter
      (task|port)DISABLE_INTERRUPTS chSysLock(FromISR)? osalSysLock local_irq_save spin_lock_irqsave
      begin_critical critical_begin lock_irq irq_lock_all k_spin_lock`),
    "enter",
  ],
  [
    words(`(task|port|vPort|vTask|OS_|os_|CPU_|__)?(EXIT|Exit|exit|LEAVE|Leave|leave)_?(CRITICAL|Critical|critical)(_?(SECTION|Section|section))?(_?(ISR|SAFE|FROM_ISR|FromISR))?
      (CRITICAL|critical)_(SECTION_|section_)?(EXIT|exit|END|end|LEAVE|leave) core_util_critical_section_exit
      (task|port)ENABLE_INTERRUPTS chSysUnlock(FromISR)? osalSysUnlock local_irq_restore spin_unlock_irqrestore
      end_critical critical_end unlock_irq irq_unlock_all k_spin_unlock`),
    "leave",
  ],
];

/**
 * What a function of that name does to the masks, if that is known: by its name, else by the words that it is made of.
 *
 * @param takes - how many arguments it takes, where that is known: without one it is about all interrupts
 */
export function maskEffectOf(name: string, takes?: number): MaskEffect | undefined {
  return maskNames.find(([names]) => names.test(name))?.[1] ?? effectByWords(name, takes);
}

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const interrupts = set("irq irqs interrupt interrupts int ints intr intrs isr isrs");
const opening = set("enable enabled on unmask unlock resume allow permit");
const closing = set("disable disabled off mask lock suspend block forbid inhibit");
const entering = set("enter begin start lock acquire open");
const leaving = set("exit leave end unlock stop release close");
const besides =
  set(`hal board sys system cpu arch bsp drv platform mcu port os rtos app osal global all local hw core chip
  soc kernel my do set nvic arm avr nrf section state lib util utils common raw nested critical save restore and the`);

/** Reads a name as a sentence: `Board_InterruptsOff`. One word that says nothing of masks, and nothing is known. */
function effectByWords(name: string, takes: number | undefined): MaskEffect | undefined {
  const parts = name
    .replace(/([a-z])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$3_$2")
    .toLowerCase()
    .split(/_+/)
    .filter((part) => part !== "");
  const has = (words: ReadonlySet<string>): boolean => parts.some((part) => words.has(part));
  const isKnown = (part: string): boolean =>
    [interrupts, opening, closing, entering, leaving, besides].some((words) => words.has(part));
  if (!parts.every(isKnown)) return undefined;
  if (parts.includes("critical")) {
    if (has(entering) === has(leaving)) return undefined;
    return has(entering) ? "enter" : "leave";
  }
  if (!has(interrupts)) return undefined;
  if (parts.includes("save")) return "save and disable";
  if (parts.includes("restore")) return "restore";
  if (has(opening) === has(closing)) return undefined;
  const isOfAll = takes === 0 || has(set("all global"));
  if (has(opening)) return isOfAll ? "enable all" : "enable one";
  return isOfAll ? "disable all" : "disable one";
}
