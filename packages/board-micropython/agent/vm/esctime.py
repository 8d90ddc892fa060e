# The time module in virtual time: a look at the clock takes some microseconds, and sleeping lets the
# timers run.
import _esc
import machine as _m
from time import ticks_add, ticks_diff
_t = _esc.ticks
def ticks_us():
    if _m.d:
        _m.unlock()
    r = _t()
    if _m.d:
        _m.lock()
    return r
ticks_cpu = ticks_us
def ticks_ms():
    if _m.d:
        _m.unlock()
    r = int(_esc.now() // 1000) & 0x3fffffff
    if _m.d:
        _m.lock()
    return r
def sleep_us(us):
    if _m.d:
        _m.unlock()
    _esc.sleep(float(us))
    if _m.d:
        _m.lock()
def sleep_ms(ms):
    sleep_us(ms * 1000)
def sleep(s):
    sleep_us(int(s * 1000000))
def time():
    return int(_esc.now() // 1000000)
def time_ns():
    return int(_esc.now()) * 1000
