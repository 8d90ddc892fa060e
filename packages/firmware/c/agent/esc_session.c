/* The session, and the replies to its requests. */
#include "esc_session.h"

#include "esc_wire.h"

#ifndef ESC_ONE_UNIT
struct esc_session esc_session;
#endif

ESC_INTERNAL void esc_send_to(const struct esc_request *request, uint8_t type,
                              const uint8_t *payload, uint8_t length)
{
    const uint8_t header[ESC_FRAME_HEADER] = { type, request->session, request->sequence };
    esc_send(header, payload, length);
}

ESC_INTERNAL void esc_reply(const struct esc_request *request, uint8_t type, uint8_t length)
{
    esc_session.has_reply = true;
    esc_session.sequence = request->sequence;
    esc_session.reply_type = type;
    esc_session.reply_length = length;
    esc_send_to(request, type, esc_session.reply, length);
}

ESC_INTERNAL uint8_t *esc_put_u16(uint8_t *out, uint16_t value)
{
    *out++ = (uint8_t)value;
    *out++ = (uint8_t)(value >> 8);
    return out;
}

ESC_INTERNAL void esc_refuse(const struct esc_request *request, uint8_t code, uint16_t detail)
{
    esc_session.reply[0] = code;
    (void)esc_put_u16(esc_session.reply + 1, detail);
    esc_reply(request, ESC_REQ_ERROR, 3);
}

ESC_INTERNAL void esc_refuse_once(const struct esc_request *request, uint8_t code,
                                  uint16_t detail)
{
    uint8_t error[3] = { code };
    (void)esc_put_u16(error + 1, detail);
    esc_send_to(request, ESC_REQ_ERROR, error, sizeof error);
}

ESC_INTERNAL void esc_accept(const struct esc_request *request)
{
    esc_reply(request, request->type | ESC_REQ_REPLY_BIT, 0);
}
