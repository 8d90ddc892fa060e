# The first thing on the board: takes the agent piece by piece, each with its checksum, so that a
# damaged line never leaves a damaged agent.
try:
    from binascii import crc32 as crc
except ImportError:
    def crc(text):
        value = 0xffffffff
        for byte in text:
            value ^= byte
            for _ in range(8):
                value = (value >> 1) ^ (0xedb88320 if value & 1 else 0)
        return value ^ 0xffffffff
def load(want, text):
    if crc(text) != want:
        print('~bad.%x~' % want)
        return
    try:
        exec(text.decode(), globals())
    except Exception as e:
        print('~no.%x.%s: %s~' % (want, type(e).__name__, e))
    else:
        print('~ok.%x~' % want)
