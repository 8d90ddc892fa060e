/* The Arduino Uno as a board for the agent: serial line, reference clock, second interrupt,
 * phase. */
#include <util/delay_basic.h>

#include "esc_agent.h"
#include "esc_board.h"
#include "esc_board_atmega328p.h"
#include "esc_hal.h"
#include "esc_port.h"
#include "esc_clock.h"

/** Least distance of the second interrupt from its request. */
#define REQUEST_LEAD 64
/** Ticks from reading the old counter to the new value's effect in preset(). */
#define PRESET_TICKS 6
/** Ticks of exact delay between a preset and the tick it is for. */
#define PHASE_LEAD 64

/** Moduli of the two reference timers. */
#define SECOND_MODULUS 251u

static struct {
    /** What the counter was preset forward by; the reference is a clock that was moved with it. */
    uint16_t reference_offset;
    /** How far Timer2's count was from Timer0's when both were first read. */
    uint8_t reference_skew;
    /** When the second interrupt is due. */
    uint32_t request;
    bool requested;
} board;

/* ---- Interrupts ------------------------------------------------------------------------------ */

ISR(TIMER1_OVF_vect)
{
    esc_clock_count_wrap();
}

ISR(TIMER1_COMPA_vect)
{
    GPIOR0++;
    esc_on_compare();
    GPIOR0--;
}

/** Compare B matches once a lap; the request is served by the match of its own lap. Its priority is
 * above the overflow's, so a wrap that is pending is counted here (READ-21). */
ISR(TIMER1_COMPB_vect)
{
    if ((int32_t)(board.request - esc_clock_update()) <= 0) {
        TIMSK1 &= (uint8_t)~_BV(OCIE1B);
        board.requested = false;
        GPIOR0++;
        esc_agent_on_interrupt();
        GPIOR0--;
    }
}

/* A match that comes between reading the time and clearing the old flag is wiped out with it; it
   would come again a lap later. So the time is looked at once more, as in the HAL's own arming. */
static void arm_request(uint32_t delay)
{
    uint32_t lead = delay < REQUEST_LEAD ? REQUEST_LEAD : delay;
    do {
        board.request = esc_clock_update() + lead;
        OCR1B = (uint16_t)board.request;
        TIFR1 = _BV(OCF1B);
        lead = REQUEST_LEAD;
    } while ((int32_t)(board.request - esc_clock_update()) <= 0 && (TIFR1 & _BV(OCF1B)) == 0);
    TIMSK1 |= _BV(OCIE1B);
    board.requested = true;
}

void esc_board_request_interrupt(uint32_t delay)
{
    uint8_t state = esc_port_save_and_mask();
    arm_request(delay);
    esc_port_restore(state);
}

void esc_board_cancel_interrupt(void)
{
    uint8_t state = esc_port_save_and_mask();
    TIMSK1 &= (uint8_t)~_BV(OCIE1B);
    TIFR1 = _BV(OCF1B);
    board.requested = false;
    esc_port_restore(state);
}

uint8_t esc_board_level(void)
{
    return GPIOR0;
}

bool esc_board_interrupts_enabled(void)
{
    return (SREG & _BV(SREG_I)) != 0;
}

/* ---- Time ------------------------------------------------------------------------------------ */

void esc_board_burn(uint16_t ticks)
{
    /* Four cycles a turn. */
    _delay_loop_2((uint16_t)(ticks / 4 + 1));
}

/** Writes the counter, and moves the reference by as much. Masked, and always in the same time. */
static void preset(uint16_t counter)
{
    uint16_t old;
    __asm__ volatile("lds %A0, %2\n\t"
                     "lds %B0, %3\n\t"
                     "sts %3, %B1\n\t"
                     "sts %2, %A1\n\t"
                     : "=&r"(old)
                     : "r"(counter), "i"(_SFR_MEM_ADDR(TCNT1L)), "i"(_SFR_MEM_ADDR(TCNT1H)));
    uint16_t jump = (uint16_t)(counter - (uint16_t)(old + PRESET_TICKS));
    uint32_t offset = (uint32_t)board.reference_offset + jump;
    if (offset >= ESC_BOARD_REFERENCE_MODULUS) {
        offset -= ESC_BOARD_REFERENCE_MODULUS;
    }
    if (offset >= ESC_BOARD_REFERENCE_MODULUS) {
        offset -= ESC_BOARD_REFERENCE_MODULUS;
    }
    board.reference_offset = (uint16_t)offset;
}

/**
 * Presets, forward only: where the value is behind the counter, the lap is first finished, and its
 * overflow counted. The exact delay at the end lets a value just behind the wrap be reached too.
 */
bool esc_board_phase(uint32_t counter)
{
    if (counter > UINT16_MAX) {
        return false;
    }
    uint8_t state = esc_port_save_and_mask();
    uint16_t lead = PHASE_LEAD;
    if (counter >= PHASE_LEAD && counter < PHASE_LEAD + 256u) {
        /* Too near behind the wrap to get there after counting it: start before it. */
        lead = PHASE_LEAD + 256;
    }
    uint16_t start = (uint16_t)(counter - lead);
    uint32_t request = board.request - esc_clock_update();
    /* In 32 bits: just before the wrap the sum is beyond the counter's width. */
    if ((uint32_t)TCNT1 + 64u > start) {
        if (TCNT1 < 0xff80u) {
            /* A wrap since the time was read is not the one to wait for. */
            esc_serve_overflow();
            preset(0xfff0);
        }
        while (!esc_port_overflow_pending()) {
        }
    }
    esc_serve_overflow();
    preset(start);
    _delay_loop_2((uint16_t)(lead / 4));
    if (board.requested) {
        arm_request((int32_t)request < 0 ? 0 : request);
    }
    esc_port_restore(state);
    return true;
}

/**
 * Timer0 and Timer2, read back to back. Always by these two instructions, so that the cycle between
 * them is the same every time and is part of the skew that was measured once.
 */
uint32_t esc_board_reference(void)
{
    uint8_t first;
    uint8_t second;
    uint8_t state = esc_port_save_and_mask();
    __asm__ volatile("in %0, %2\n\t"
                     "lds %1, %3\n\t"
                     : "=&r"(first), "=r"(second)
                     : "I"(_SFR_IO_ADDR(TCNT0)), "i"(_SFR_MEM_ADDR(TCNT2)));
    esc_port_restore(state);
    return (uint32_t)((uint16_t)second << 8 | first);
}

/** A number below 65536 modulo 251, by 256 being 5 modulo 251. */
static uint8_t modulo(uint16_t number)
{
    while (number >= 256u) {
        number = (uint16_t)((number >> 8) * 5u + (number & 0xffu));
    }
    return (uint8_t)(number >= SECOND_MODULUS ? number - SECOND_MODULUS : number);
}

/**
 * Chinese remainder theorem: the count below 256 * 251 that is `first` modulo 256 and `second`
 * modulo 251. 201 is the inverse of 256 modulo 251.
 */
uint32_t esc_board_reference_ticks(uint32_t taken)
{
    uint8_t first = (uint8_t)taken;
    uint8_t second = (uint8_t)(taken >> 8);
    uint8_t difference =
        modulo((uint16_t)(second + 3u * SECOND_MODULUS - first - board.reference_skew));
    uint8_t laps = modulo((uint16_t)(difference * 201u));
    uint32_t ticks = ((uint32_t)laps << 8 | first) + board.reference_offset;
    return ticks >= ESC_BOARD_REFERENCE_MODULUS ? ticks - ESC_BOARD_REFERENCE_MODULUS : ticks;
}

static void start_timers(void)
{
    TCCR1A = 0;
    TCCR1B = _BV(CS10);
    TIMSK1 = _BV(TOIE1);
    TCCR0A = 0;
    TCCR0B = _BV(CS00);
    OCR2A = SECOND_MODULUS - 1;
    TCCR2A = _BV(WGM21);
    TCCR2B = _BV(CS20);
    uint32_t taken = esc_board_reference();
    board.reference_skew =
        modulo((uint16_t)((uint8_t)(taken >> 8) + 2u * SECOND_MODULUS - (uint8_t)taken));
}

/* ---- Serial line ----------------------------------------------------------------------------- */

void esc_board_write(uint8_t byte)
{
    while ((UCSR0A & _BV(UDRE0)) == 0) {
    }
    UDR0 = byte;
}

bool esc_board_read(uint8_t *byte)
{
    if ((UCSR0A & _BV(RXC0)) == 0) {
        return false;
    }
    *byte = UDR0;
    return true;
}

static void open_line(void)
{
    /* Double speed first: after TXEN, writing UCSR0A could clear UDRE on an emulator. 115200
     * baud. */
    UCSR0A = _BV(U2X0);
    UBRR0 = 16;
    UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
    UCSR0B = _BV(RXEN0) | _BV(TXEN0);
}

void esc_board_open(void)
{
    GPIOR0 = 0;
    open_line();
    start_timers();
}
