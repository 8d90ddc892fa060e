/* The MPS2 board for the agent: line, second interrupt, reference clock, phase. */
#include "esc_agent.h"
#include "esc_board.h"
#include "esc_board_mps2_an385.h"
#include "esc_hal.h"
#include "esc_port.h"

/** Least distance of the second interrupt from its request. */
#define REQUEST_LEAD 4u
/** A phase counts as reached up to this many ticks behind it: the loop that waits steps over some. */
#define PHASE_LATE 8u
/** Up to here before a phase the time is burnt in one go; more than an overflow interrupt takes. */
#define PHASE_NEAR 512u
/** Turns of the delay loop that are timed at boot. */
#define TIMED_TURNS 4096u

static struct {
    /** How deep in interrupts the processor is. */
    volatile uint8_t level;
    volatile bool requested;
    /** What TIMED_TURNS take, in ticks. */
    uint32_t timed_ticks;
} board;

/* ---- Interrupts ------------------------------------------------------------------------------ */

void mps2_dual_handler(void)
{
    board.level++;
    esc_on_interrupt();
    board.level--;
    /* The acknowledgement has to reach the timer before the return, or the interrupt comes again. */
    __asm__ volatile("dsb" : : : "memory");
}

/** Of a higher priority than the dual timer, so that it interrupts the timer's own interrupt. */
void mps2_second_handler(void)
{
    board.level++;
    if (board.requested) {
        esc_board_cancel_interrupt();
        esc_agent_on_interrupt();
    }
    board.level--;
    __asm__ volatile("dsb" : : : "memory");
}

void esc_board_request_interrupt(uint32_t delay)
{
    esc_port_state state = esc_port_save_and_mask();
    esc_board_cancel_interrupt();
    board.requested = true;
    MPS2_SECOND->value = delay < REQUEST_LEAD ? REQUEST_LEAD : delay;
    MPS2_SECOND->control = MPS2_TIMER_ENABLE | MPS2_TIMER_INTERRUPT;
    esc_port_restore(state);
}

void esc_board_cancel_interrupt(void)
{
    esc_port_state state = esc_port_save_and_mask();
    board.requested = false;
    MPS2_SECOND->control = 0;
    MPS2_SECOND->clear = 1;
    NVIC_FORGET = UINT32_C(1) << MPS2_SECOND_IRQ;
    esc_port_restore(state);
}

uint8_t esc_board_level(void)
{
    return board.level;
}

bool esc_board_interrupts_enabled(void)
{
    uint32_t primask;
    __asm__ volatile("mrs %0, primask" : "=r"(primask) : : "memory");
    return primask == 0;
}

/* ---- Time ------------------------------------------------------------------------------------ */

static void turn(uint32_t turns)
{
    __asm__ volatile("1: subs %0, #1\n\tbne 1b" : "+r"(turns) : : "cc");
}

/** Turns of a loop and not looks at a timer: an emulator is many times faster at them. */
void esc_board_burn(uint16_t ticks)
{
    turn(ticks * TIMED_TURNS / board.timed_ticks + 1u);
}

/** Waits for it, masked: just behind the wrap its interrupt would take the counter past the value. */
static bool wait_near(uint16_t counter)
{
    esc_port_state state = esc_port_save_and_mask();
    bool near = (uint16_t)(counter - esc_port_read_counter() + PHASE_LATE) <= 2u * PHASE_NEAR;
    while (near && (uint16_t)(esc_port_read_counter() - counter) >= PHASE_LATE) {
    }
    esc_port_restore(state);
    return near;
}

/** Waits, so that neither time nor reference jumps: a lap takes 2.6 ms. */
bool esc_board_phase(uint32_t counter)
{
    if (counter > UINT16_MAX) {
        return false;
    }
    while (!wait_near((uint16_t)counter)) {
        esc_board_burn((uint16_t)(counter - esc_port_read_counter() - PHASE_NEAR));
    }
    return true;
}

uint32_t esc_board_reference(void)
{
    return 0u - MPS2_REFERENCE->value;
}

uint32_t esc_board_reference_ticks(uint32_t taken)
{
    return taken & (ESC_BOARD_REFERENCE_MODULUS - 1u);
}

static void start_timers(void)
{
    MPS2_REFERENCE->reload = UINT32_MAX;
    MPS2_REFERENCE->value = UINT32_MAX;
    MPS2_REFERENCE->control = MPS2_TIMER_ENABLE;
    MPS2_SECOND->reload = UINT32_MAX;
    /* In the middle of a lap: nothing may rely on 0. */
    MPS2_COUNTER->load = 0x6000;
    MPS2_DISTANCE->load = UINT16_MAX;
    MPS2_DISTANCE->control = MPS2_DUAL_ENABLE;
    MPS2_COUNTER->control = MPS2_DUAL_ENABLE | MPS2_DUAL_INTERRUPT;
    MPS2_COUNTER->clear = 1;
    MPS2_DISTANCE->clear = 1;
    uint32_t begin = esc_board_reference();
    turn(TIMED_TURNS);
    board.timed_ticks = esc_board_reference() - begin;
}

/* ---- Serial line ----------------------------------------------------------------------------- */

void esc_board_write(uint8_t byte)
{
    while ((MPS2_UART->state & MPS2_UART_TX_FULL) != 0) {
    }
    MPS2_UART->data = byte;
}

bool esc_board_read(uint8_t *byte)
{
    if ((MPS2_UART->state & MPS2_UART_RX_FULL) == 0) {
        return false;
    }
    *byte = (uint8_t)MPS2_UART->data;
    return true;
}

void esc_board_open(void)
{
    MPS2_UART->divider = ESC_PORT_FREQUENCY_HZ / 115200u;
    MPS2_UART->control = MPS2_UART_BOTH_WAYS;
    start_timers();
    NVIC_PRIORITY[MPS2_SECOND_IRQ] = 0x40;
    NVIC_PRIORITY[MPS2_DUAL_IRQ] = 0x80;
    NVIC_ENABLE = UINT32_C(1) << MPS2_DUAL_IRQ | UINT32_C(1) << MPS2_SECOND_IRQ;
}
