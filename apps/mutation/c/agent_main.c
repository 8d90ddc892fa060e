/* The agent on standard input and output, as ports/host/agent_main.c, with the limit of guard.c. */
#include <stdio.h>

#include "esc_agent.h"
#include "esc_board_host.h"
#include "esc_port.h"
#include "guard.h"

static void send(void)
{
    (void)fwrite(esc_host_line.bytes, 1, esc_host_line.length, stdout);
    (void)fflush(stdout);
    esc_host_line.length = 0;
}

int main(void)
{
    int byte;
    esc_host_line.on_frame = send;
    esc_host_reset(1);
    esc_agent_init();
    while ((byte = getchar()) != EOF) {
        guard_rewind();
        (void)esc_agent_byte((uint8_t)byte);
    }
    return 0;
}
