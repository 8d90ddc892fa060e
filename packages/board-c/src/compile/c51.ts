/**
 * The words of compilers for the 8051, Keil's and SDCC's: registers and bits with addresses, kinds of memory. A
 * register becomes a variable; the bit that masks all interrupts becomes calls, as it is what a search has to know.
 */

const marks =
  /\b(?:__)?(?:sfr|sfr16|sbit)\b|\binterrupt\s+\d+\s*(?:using\s+\d+\s*)?[{;\n]|#\s*include\s*[<"]\w*(?:reg|8051|8052|at89|stc)\w*\.h[>"]/i;

/** Whether a source is for such a compiler. */
export function isC51(source: string): boolean {
  return marks.test(source);
}

const blanks = (text: string): string => text.replace(/[^\n]/g, " ");

/** Replaces those words; lines stay where they are. */
export function adaptC51(source: string): string {
  return withGlobalMask(
    source
      .replace(
        /\b(?:__)?(?:sfr|sfr16|sbit)\b\s+(?:__at\s*\(?\s*\w+\s*\)?\s*)?(\w+)\s*(?:=[^;]*)?;/g,
        "volatile unsigned char $1;",
      )
      .replace(/\b(?:__)?bit\b(?=\s+\w+\s*[;=,)])/g, "char")
      .replace(/\b_at_\s+\w+|\b__at\s*\(\s*\w+\s*\)|\b(?:__)?reentrant\b/g, blanks)
      .replace(/\b(?:__)?(?:xdata|idata|pdata|bdata|far)\b(?=[\s*])/g, blanks)
      .replace(/\b__(?:data|code|near)\b/g, blanks)
      .replace(
        /(\b(?:char|int|long|short|unsigned|signed|float|volatile|const|static|uint8_t|uint16_t|u8|u16|uchar|uint)\s+)(data|code)\b(?=\s+[\w*])/g,
        (_, before: string, word: string) => before + blanks(word),
      )
      .replace(
        /\b(?:data|code)\b(?=\s+(?:unsigned|signed|char|int|long|volatile|u?int(?:8|16|32)_t)\b)/g,
        blanks,
      ),
  );
}

/** `EA`, the bit over all interrupts of an 8051. */
function withGlobalMask(source: string): string {
  return source
    .replace(/\bEA\s*=\s*0\s*;/g, "esc_race_mask();")
    .replace(/\bEA\s*=\s*1\s*;/g, "esc_race_unmask();")
    .replace(/\bEA\s*=(?!=)\s*([^;]+);/g, "esc_race_restore(!($1));")
    .replace(/([=(]\s*)EA\b(?!\s*=[^=])/g, "$1(esc_race_get_mask() == 0)");
}
