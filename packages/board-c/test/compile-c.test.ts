import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { adaptSource } from "../src/compile/adapt-source.js";
import {
  CError,
  type CErrorCode,
  type CompileRequest,
  cacheFolder,
  compileC,
  folderCache,
  machineClang,
  npmClang,
  prepareProgram,
} from "../src/index.js";

const compiler = npmClang();
const cache = folderCache(cacheFolder());
const scratch = mkdtempSync(join(tmpdir(), "escapement-board-c-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Compiles files that are given as texts by their paths. */
function compileTexts(
  texts: Readonly<Record<string, string>>,
  request: Partial<CompileRequest> = {},
) {
  const [first = ""] = Object.keys(texts);
  const read = (path: string): string | undefined => texts[path];
  return compileC({ files: [first], read, ...request }, { compiler, cache });
}

async function errorOf(work: Promise<unknown>): Promise<CError> {
  const error = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(CError);
  return error as CError;
}

describe("what does not compile", () => {
  it("is an error with the compiler's own words, and the path and line that the user knows", async () => {
    const error = await errorOf(
      compileTexts({ "src/bad.c": "int x = 1;\nint main(void) { return y; }\n" }),
    );
    expect(error.code).toBe<CErrorCode>("does-not-compile");
    expect(error.message).toContain("src/bad.c:2:25: error: use of undeclared identifier 'y'");
  });

  it("names a header that is not there and was needed", async () => {
    const error = await errorOf(
      compileTexts({ "app.c": '#include "vendor/chip.h"\nint main(void) { chip_t chip; }\n' }),
    );
    expect(error.code).toBe<CErrorCode>("does-not-compile");
    expect(error.message).toContain("vendor/chip.h");
    expect(error.message).toContain("app.c:2:18: error: use of undeclared identifier 'chip_t'");
    expect(error.hint).toContain("-I");
  });

  it("is not what a missing header would have declared, if that can be assumed", async () => {
    const compiled = await compileTexts({
      "app.c":
        '#include "chip.h"\nu16 n; int main(void) { TIM2->CR1 |= CR1_EN | CR1_UP; PORT = 1; return n; }\n',
    });
    const program = prepareProgram(compiled);
    expect(program.missingHeaders).toEqual(["chip.h"]);
    expect(program.assumedNames).toEqual(["TIM2", "CR1_EN", "CR1_UP", "PORT"]);
    expect(program.undefinedData).toEqual(["PORT", "TIM2"]);
  });

  it("two definitions of one function are an error of linking", async () => {
    const texts = {
      "one.c": "int f(void) { return 1; }\n",
      "two.c": "int f(void) { return 2; }\n",
    };
    const error = await errorOf(compileTexts(texts, { files: ["one.c", "two.c"] }));
    expect(error.code).toBe<CErrorCode>("does-not-compile");
    expect(error.message).toContain("duplicate symbol: f");
  });

  it("a file that is not there is named", async () => {
    const error = await errorOf(compileTexts({ "app.c": "" }, { files: ["other.c"] }));
    expect(error.code).toBe<CErrorCode>("no-such-source");
    expect(error.message).toContain("other.c");
  });

  it("a compiler that is not there is named", async () => {
    const missing = machineClang("no-such-clang");
    const read = (): string => "int x;\n";
    const error = await errorOf(compileC({ files: ["app.c"], read }, { compiler: missing }));
    expect(error.code).toBe<CErrorCode>("no-compiler");
    expect(error.message).toContain("no-such-clang");
  });
});

describe("what a program consists of", () => {
  it("headers are found beside the file, above it and in folders of -I", async () => {
    const texts = {
      "app/main.c":
        '#include "../common.h"\n#include "near.h"\n#include <far.h>\nint all = A + B + C;\n',
      "common.h": "#define A 1\n",
      "app/near.h": '#include "inner/deep.h"\n',
      "app/inner/deep.h": "#define B 2\n",
      "lib/inc/far.h": "#ifdef USE_FAR\n#define C 4\n#endif\n",
    };
    const request = { includeFolders: ["lib/inc"], defines: ["USE_FAR"] };
    const compiled = await compileTexts(texts, request);
    expect([...compiled.texts.keys()].sort()).toEqual(Object.keys(texts).sort());
    const [all] = prepareProgram(compiled).variables.named("all");
    expect(all?.size).toBe(4);
  });

  it("a header may be named by its whole path", async () => {
    const texts = {
      "/src/app.c": '#include "/opt/kit/a.h"\n#include </opt/kit/b.h>\nint all = A + B;\n',
      "/opt/kit/a.h": "#define A 1\n",
      "/opt/kit/b.h": '#include "c.h"\n#define B C\n',
      "/opt/kit/c.h": "#define C 2\n",
    };
    const compiled = await compileTexts(texts);
    expect(compiled.missingHeaders).toEqual([]);
    expect([...compiled.texts.keys()].sort()).toEqual(Object.keys(texts).sort());
  });

  it("a file of C may have no ending, or an unusual one", async () => {
    for (const name of ["app", "app.C", "app.inc", "app.h"]) {
      const compiled = await compileTexts({ [name]: "int all;\n" });
      expect(prepareProgram(compiled).variables.named("all")).toHaveLength(1);
    }
  });

  it("a header of <...> is taken from -I, and from beside the file where it is only there", async () => {
    const texts = {
      "kernel/timeout.c": "#include <kernel/both.h>\n#include <near.h>\nint all = A + B;\n",
      "kernel/kernel/both.h": "#error beside\n",
      "inc/kernel/both.h": "#define A 1\n",
      "kernel/near.h": '#include "deep/er.h"\n',
      "kernel/deep/er.h": "#define B 2\n",
    };
    const compiled = await compileTexts(texts, { includeFolders: ["inc"] });
    expect(compiled.missingHeaders).toEqual([]);
    expect(prepareProgram(compiled).variables.named("all")).toHaveLength(1);
  });

  it("functions and variables that nobody defines are listed, with what is taken for them", async () => {
    const text =
      "extern int port; long long wait(int); void idle(void);\nint main(void) { idle(); return port + (int)wait(1); }\n";
    const program = prepareProgram(await compileTexts({ "app.c": text }));
    expect(program.undefinedData).toEqual(["port"]);
    expect(program.undefinedFunctions.map(({ name, returns }) => [name, returns])).toEqual([
      ["idle", undefined],
      ["wait", "i64"],
    ]);
  });

  it("accesses have their lines, and bytes the names that C gives them", async () => {
    const text = `struct item { char kind; short sizes[3]; };
struct { int used; struct item items[2]; } queue;
int main(void) {
  queue.items[1].sizes[2] = 5;
  return queue.used;
}
`;
    const { sites, variables } = prepareProgram(await compileTexts({ "app.c": text }));
    const accesses = sites.filter(({ kind, place }) => kind !== "call" && place?.file === "app.c");
    expect(accesses.map(({ kind, size, place }) => [kind, size, place?.line])).toEqual([
      ["store", 2, 4],
      ["load", 4, 5],
    ]);
    const [queue] = variables.named("queue");
    const address = queue?.address ?? 0;
    expect(variables.nameAt(address)).toBe("queue.used");
    expect(variables.nameAt(address + 4 + 8 + 6)).toBe("queue.items[1].sizes[2]");
    expect(variables.nameAt(3)).toBe("0x3");
  });

  it("local variables have no hooks, unless their address leaves the function", async () => {
    const text = `int sum(int *numbers);
int keeps(void) { int i, s = 0; for (i = 0; i < 9; i++) s += i; return s; }
int gives(void) { int numbers[2] = {1, 2}; return sum(numbers) + numbers[0]; }
`;
    const { sites } = prepareProgram(await compileTexts({ "app.c": text }));
    const hooked = (name: string): number =>
      sites.filter((site) => site.function === name && /load|store/.test(site.kind)).length;
    expect(hooked("keeps")).toBe(0);
    expect(hooked("gives")).toBeGreaterThan(0);
  });
});

describe("the cache", () => {
  const tools = (folder: string) => ({ compiler, cache: folderCache(folder) });
  const request = { files: ["app.c"], read: () => "int cached_program;\n" };

  it("gives the same module without compiling", async () => {
    const folder = join(scratch, "cache");
    const first = await compileC(request, tools(folder));
    const second = await compileC(request, tools(folder));
    expect([first.cached, second.cached]).toEqual([false, true]);
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
    expect(second.undefinedData).toEqual(first.undefinedData);
  });

  it("that cannot be written to is a note, and no error", async () => {
    const folder = join(scratch, "a file", "cache");
    writeFileSync(join(scratch, "a file"), "");
    const compiled = await compileC(request, tools(folder));
    expect(compiled.cached).toBe(false);
    expect(compiled.cacheNote).toContain(folder);
    expect(prepareProgram(compiled).variables.named("cached_program")).toHaveLength(1);
  });

  it("with something else in it compiles again", async () => {
    const folder = join(scratch, "spoilt");
    const spoilt = { get: () => Uint8Array.of(1, 2, 3), put: folderCache(folder).put };
    const compiled = await compileC(request, { compiler, cache: spoilt });
    expect(compiled.cached).toBe(false);
  });
});

describe("a module that is none", () => {
  const facts = {
    undefinedData: [],
    missingHeaders: [],
    assumedNames: [],
    markedHandlers: [],
    interruptNumbers: new Map(),
    shownAs: new Map(),
    texts: new Map(),
    cached: false,
    localsInMemory: true,
  };
  const refused = (bytes: Uint8Array): CError => {
    try {
      prepareProgram({ ...facts, bytes });
    } catch (error) {
      if (error instanceof CError) return error;
      throw error;
    }
    throw new Error("it was taken");
  };

  it("is refused by its code", () => {
    expect(refused(new TextEncoder().encode("hello, world")).code).toBe<CErrorCode>("bad-module");
    expect(refused(Uint8Array.of(0, 0x61, 0x73, 0x6d, 9, 0, 0, 0)).message).toContain(
      "version is 9",
    );
    expect(refused(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 10, 99)).code).toBe("bad-module");
    expect(refused(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)).message).toContain("lacks");
  });
});

describe("what is no standard C", () => {
  it("a header that is nowhere is an empty one, and is named", async () => {
    const text = "#include <board.h>\nint main(void) { board_init(); return TIM7_IRQn; }\n";
    const compiled = await compileTexts({ "app.c": text });
    expect(compiled.missingHeaders).toEqual(["board.h"]);
    expect([...compiled.interruptNumbers]).toEqual([["TIM7", 0]]);
    const kept = await compileTexts({ "app.c": text });
    expect(kept.cached).toBe(true);
    expect(kept.missingHeaders).toEqual(["board.h"]);
    expect([...kept.interruptNumbers]).toEqual([["TIM7", 0]]);
  });

  it("brings the types of the standard along", async () => {
    const text =
      '#include "device.h"\nbool flag; uint32_t n; size_t size;\nint main(void) { return n < UINT32_MAX && !flag ? -EINVAL : INT_MAX; }\n';
    const compiled = await compileTexts({ "app.c": text });
    expect(compiled.missingHeaders).toEqual(["device.h"]);
    // What includes all that it needs is none of that kind.
    const error = await errorOf(compileTexts({ "app.c": "uint32_t n;\n" }));
    expect(error.message).toContain("unknown type name 'uint32_t'");
  });

  it("a function may be used above its definition", async () => {
    const text = "main() { f(1); g(); }\nvoid f(int x) { }\nstatic unsigned *g() { return 0; }\n";
    const program = prepareProgram(await compileTexts({ "app.c": text }));
    expect(program.functions.get("f")).toBe(1);
    expect(program.undefinedFunctions).toEqual([]);
  });

  it("static functions of one name in two files stay apart", async () => {
    const texts = {
      "one.c": "static void tick_isr(void) {}\nvoid (*one)(void) = tick_isr;\n",
      "two.c": "static void tick_isr(void) {}\nvoid (*two)(void) = tick_isr;\n",
    };
    const compiled = await compileTexts(texts, { files: ["one.c", "two.c"] });
    expect(prepareProgram(compiled).functionPointers.size).toBe(2);
  });

  it.each([
    ['void f(void) { asm("cpsid i"); }', "void f(void) { esc_race_mask(); }"],
    ['void f(void) { __asm volatile ("sei" ::: "memory"); }', "esc_race_unmask()"],
    [
      'int f(void) { int r; asm("mrs %0, primask" : "=r"(r)); return r; }',
      "(r) = esc_race_get_mask()",
    ],
    ['void f(int s) { asm volatile("msr primask, %0" :: "r"(s)); }', "esc_race_restore(s)"],
    ['void f(void) { if (1) asm("nop"); }', "if (1) ((void)0)"],
    ['/* asm("cli") */ const char *s = "asm(1)";', '/* asm("cli") */ const char *s = "asm(1)";'],
    ['void f(void) __asm__("g");', "void f(void)"],
  ])("assembly: %s", (source, wanted) => {
    const { text } = adaptSource(source);
    expect(text.replace(/ +/g, " ")).toContain(wanted.replace(/ +/g, " "));
    expect(text.replace(/[^\n]/g, "")).toBe(source.replace(/[^\n]/g, ""));
  });
});
