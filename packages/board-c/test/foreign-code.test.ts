import { expect, test } from "vitest";
import { compileDriver, npmClang } from "../src/index.js";

/** What drivers for microcontrollers have in them besides C. */
const source = `#include <inttypes.h>
#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <string.h>
#include <stdio.h>
#include "stm32f4xx.h"
#include "esc_driver.h"
typedef struct { volatile uint32_t CR1, SR, CNT; } TIM_TypeDef;
#define TIM2 ((TIM_TypeDef *)0x40000000UL)
static atomic_int depth;
static inline __attribute__((always_inline)) uint32_t irq_lock(void) {
  uint32_t key;
  __asm__ volatile("mrs %0, primask\\n cpsid i" : "=r"(key) :: "memory");
  return key;
}
static inline void irq_unlock(uint32_t key) { __asm__ volatile("msr primask, %0" :: "r"(key) : "memory"); }
__attribute__((section(".ramfunc"), noinline, used)) static esc_ticks now(void) { __DMB(); return TIM2->CNT; }
static esc_result start(esc_timer timer, esc_ticks delay, esc_ticks period) {
  uint32_t key = irq_lock(), primask = __get_PRIMASK();
  struct { char bytes[400]; } copy = { { 0 } }, second = copy;
  __disable_irq();
  memset(&copy, second.bytes[3], sizeof copy);
  atomic_fetch_add(&depth, 1);
  printf("%" PRIu32, key);
  __set_PRIMASK(primask);
  irq_unlock(key);
  return ESC_OK;
}
static esc_result stop(esc_timer timer) { __NOP(); __DSB(); __ISB(); return ESC_IDLE; }
void TIM2_IRQHandler(void) { TIM2->SR = 0; }
const struct esc_driver esc_driver = { .capacity = 4, .max_delay_ticks = 1000, .now = now, .start = start,
  .stop = stop, .on_interrupt = TIM2_IRQHandler };
`;

test.each(["-O0", "-Os"] as const)(
  "code with intrinsics, assembly and attributes compiles at %s",
  async (optimize) => {
    const read = (path: string) => (path.endsWith("d.c") ? source : undefined);
    const request = { files: ["d.c"], optimize, hooks: "guard", read } as const;
    const { facts, missingHeaders } = await compileDriver(request, { compiler: npmClang() });
    expect(missingHeaders).toEqual(["stm32f4xx.h"]);
    expect([facts.capacity, facts.maxDelayTicks, facts.periodic]).toEqual([4, 1000, true]);
    expect([...facts.members].sort()).toEqual(["now", "onInterrupt", "start", "stop"]);
  },
);

test("C++ without exceptions is taken, too", async () => {
  const text = `#include "esc_driver.h"
struct Pool { int used = 0; bool take() { return used < 4 && ++used; } };
static Pool pool;
static esc_ticks now() { return esc_chip_read_counter(); }
static esc_result start(esc_timer, esc_ticks, esc_ticks) { return pool.take() ? ESC_OK : ESC_CAPACITY_EXHAUSTED; }
static esc_result stop(esc_timer) { return ESC_IDLE; }
static void expired() { esc_expire(0); }
static struct esc_driver table() {
  struct esc_driver made = {};
  made.capacity = 4; made.max_delay_ticks = 9; made.one_shot_only = true;
  made.now = now; made.start = start; made.stop = stop; made.on_compare = expired;
  return made;
}
extern const struct esc_driver esc_driver = { "pool", 4, 9, true, false, 0, 0, 0, nullptr, nullptr, now, nullptr,
  nullptr, nullptr, start, nullptr, stop };
`;
  const read = (path: string) => (path.endsWith("d.cpp") ? text : undefined);
  const request = { files: ["d.cpp"], hooks: "guard", read } as const;
  await expect(compileDriver(request, { compiler: npmClang() })).rejects.toMatchObject({
    code: "bad-driver",
    message: "the driver table lacks on_compare",
  });
});
