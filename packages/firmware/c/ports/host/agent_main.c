/*
 * The agent on standard input and output, over the host port's virtual time: the same
 * conversation as on a board, for anything that can talk to a child process. Time stands still
 * between requests.
 */
#include <stdio.h>

#include "esc_agent.h"
#include "esc_board_host.h"
#include "esc_port.h"

/** A sign of life must not wait for the end of its step. */
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
        (void)esc_agent_byte((uint8_t)byte);
    }
    return 0;
}
