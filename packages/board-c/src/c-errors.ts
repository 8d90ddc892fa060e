import { CodedError, errorTable } from "@escapement/core";

/** Everything that can go wrong between a C file and a module that can be run; closed. */
export type CErrorCode =
  /** The compiler cannot be loaded or started. */
  | "no-compiler"
  /** The compiler or the linker refused; the message is its own. */
  | "does-not-compile"
  /** A file that was named cannot be read. */
  | "no-such-source"
  /** The files are no timer driver: they lack the table of `esc_driver.h`, or it lacks something. */
  | "bad-driver"
  /** A file is no model of registers: it lacks the functions of `esc_device.h`, or exports none. */
  | "bad-device"
  /** The WebAssembly module cannot be rewritten or run here. */
  | "bad-module";

/** The error of this package, distinguished by `code`. */
export class CError extends CodedError<CErrorCode> {
  /** `CError`. */
  override readonly name = "CError";
}

/** The errors of compiling and rewriting. */
export const cErrors = errorTable(CError, {
  noNpmClang: {
    code: "no-compiler",
    message: "@yowasp/clang cannot be loaded: {reason}",
    hint: "Install it again (npm install @yowasp/clang), or give a clang of this machine with --cc.",
  },
  noMachineClang: {
    code: "no-compiler",
    message: "{command} cannot be started: {reason}",
    hint: "Give the path of a clang that has the wasm32 target, with wasm-ld beside it; or leave --cc out.",
  },
  refused: {
    code: "does-not-compile",
    message: "{file} does not compile:\n{output}",
    hint: "Fix what the compiler names; -D and -I give it macros and folders of headers.",
  },
  noHeader: {
    code: "does-not-compile",
    message: "{file} does not compile without {header}, which is nowhere:\n{output}",
    hint: "Give its folder with -I. For a vendor's header that is not here, write a small one that declares what the compiler names.",
  },
  notLinked: {
    code: "does-not-compile",
    message: "the files cannot be linked:\n{output}",
    hint: "Give each file once, and every function and variable one definition.",
  },
  cannotRead: {
    code: "no-such-source",
    message: "{file} cannot be read: {reason}",
    hint: "Give the path of a C file, from the folder that the command runs in.",
  },
  nobodyDefines: {
    code: "does-not-compile",
    message: "the files call {names}, which nobody defines",
    hint: "Give the files that have it too, or define it in the adapter: what masks interrupts over esc_chip_save_and_mask() and esc_chip_restore(), what the driver does not depend on as an empty function.",
  },
  noTable: {
    code: "bad-driver",
    message: "the files define no driver table",
    hint: 'Write one in a file beside the driver: #include "esc_driver.h", then const struct esc_driver esc_driver and its members; escapement new driver c <folder> writes an example.',
  },
  tableLacks: {
    code: "bad-driver",
    message: "the driver table lacks {members}",
    hint: "Set it in esc_driver; esc_driver.h says what each member is for.",
  },
  badFact: {
    code: "bad-driver",
    message: "the driver table says that {member} is {value}",
    hint: "Give a number of 1 or more; timers at most 255, ticks at most 2^53 - 1.",
  },
  noDevice: {
    code: "bad-device",
    message: "{file} is no model of registers: it lacks {lacks}",
    hint: '#include "esc_device.h" and define what it declares first: how many bytes, a load, a store.',
  },
  noDeviceModule: {
    code: "bad-device",
    message: "{file} is no model of registers: {reason}",
    hint: "Its default export has to be a function of the chip that returns { bytes, read(offset, size), write(offset, value, size) }.",
  },
  noModule: {
    code: "bad-module",
    message: "{file} is no WebAssembly module that can be read: {reason}",
    hint: "Give C files, or a module that this package compiled.",
  },
  noDriverModule: {
    code: "bad-module",
    message:
      "{file} is a module of WebAssembly, but not of a driver: it lacks __esc_wasm_version or __esc_race_check",
    hint: "Link esc_driver_glue.c, esc_driver_wasm.c and esc_driver_guard.c into it, and export everything: wasm-ld --no-entry --export-all --export-table --export=__stack_pointer --stack-first.",
  },
  otherVersion: {
    code: "bad-module",
    message:
      "{file} has version {version} of a driver's exports; this command reads version {known}",
    hint: "Link it again, with esc_driver_glue.c, esc_driver_wasm.c and esc_driver_guard.c of this version.",
  },
  notSearched: {
    code: "bad-module",
    message: "{file} is finished, without the hooks of a search",
    hint: "A search has to compile it: give its sources.",
  },
  moduleAlone: {
    code: "bad-module",
    message: "{file} is finished, and nothing can be linked to it",
    hint: "Name it alone, or give the sources that it was made of.",
  },
  unknownInstruction: {
    code: "bad-module",
    message: "{place} has an instruction that cannot be rewritten: opcode 0x{opcode}",
    hint: "Compile without -m options: threads, SIMD, bulk memory and exceptions are not supported.",
  },
  noHooks: {
    code: "bad-module",
    message: "the module lacks {name}",
    hint: "Compile it with compileC(), which links the hooks in.",
  },
  tooLarge: {
    code: "bad-module",
    message: "the program's data ends at byte {bytes}; at most {most} can be watched",
    hint: "Make its arrays smaller, with -D where they have a macro.",
  },
});
