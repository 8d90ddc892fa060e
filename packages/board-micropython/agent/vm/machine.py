# machine.Timer on @escapement/core: one Timer for all ports.
#
# A hard callback runs with the heap locked, as on a chip. Whatever goes to the timers allocates in this
# VM, so the lock is lifted for that long. Nothing is thrown across: a result that is a text is an error.
import _esc, sys, micropython
lock = micropython.heap_lock
unlock = micropython.heap_unlock
d = 0
def _int(x):
    if isinstance(x, int):
        if not -0x80000000 <= x <= 0x7fffffff:
            raise OverflowError('overflow converting long int to machine word')
        return int(x)
    raise TypeError("can't convert %s to int" % type(x).__name__)
class Timer:
    ONE_SHOT = 0
    PERIODIC = 1
    def __init__(self, *args, **kw):
        if 'id' in kw:
            raise TypeError('extra keyword arguments given')
        if args and _int(args[0]) != -1:
            raise ValueError("Timer doesn't exist")
        self._h = _esc.make()
        self._mode = 1
        self._us = 1000000
        self._cb = None
        self._hard = False
        if len(args) > 1:
            raise TypeError('extra positional arguments given')
        for k in kw:
            if k not in ('mode', 'period', 'freq', 'tick_hz', 'callback', 'hard'):
                raise TypeError('extra keyword arguments given')
        if kw:
            self.init(**kw)
    def init(self, *args, mode=1, period=-1, freq=-1, tick_hz=1000, callback=None, hard=False):
        if d:
            unlock()
        try:
            _esc.stop(self._h)
            if args:
                raise TypeError('extra positional arguments given')
            self._set(mode, period, freq, tick_hz, callback, hard)
            self._arm()
        finally:
            if d:
                lock()
    def _set(self, mode, period, freq, tick_hz, callback, hard):
        mode = _int(mode)
        period = _int(period)
        tick_hz = _int(tick_hz)
        if not isinstance(freq, (int, float)):
            raise TypeError("can't convert %s to float" % type(freq).__name__)
        us = self._us
        if freq != -1:
            if freq <= 0:
                raise ValueError('period too large')
            us = int(1000000 / freq)
        elif period != -1:
            if period < 0 or tick_hz <= 0:
                raise ValueError('period too large')
            us = period * 1000000 // tick_hz
        if us >= 0x40000000 * 1000:
            raise ValueError('period too large')
        self._mode = 0 if mode == 0 else 1
        # Less than can be told is a millisecond, and no interrupt without end.
        self._us = us or 1000
        self._hard = bool(hard)
        self._cb = callback
    def _arm(self):
        e = _esc.arm(self._h, self._mode == 0, float(self._us), self._hard, self._make())
        if e == 'capacity-exhausted':
            raise OSError(12)
        if e:
            raise ValueError(e)
    def _make(self):
        cb = self._cb
        hard = self._hard
        def tick(_):
            global d
            r = None
            if hard:
                d += 1
                lock()
            try:
                if cb is not None:
                    cb(self)
            except Exception as ex:
                r = ex
            if hard:
                unlock()
                d -= 1
            if r is None:
                return 0
            if hard:
                print('Uncaught exception in IRQ callback handler')
            sys.print_exception(r)
            return 1
        return tick
    # Of the RFC: the setting stays, and the first callback comes one period after start().
    def start(self):
        if d:
            unlock()
        try:
            _esc.stop(self._h)
            self._arm()
        finally:
            if d:
                lock()
    def stop(self):
        self.deinit()
    def deinit(self, *args):
        if args:
            raise TypeError('function takes 1 positional arguments but %d were given' % (1 + len(args)))
        if d:
            unlock()
        _esc.stop(self._h)
        if d:
            lock()
    def value(self):
        if d:
            unlock()
        try:
            return int(_esc.remaining(self._h)) // 1000
        finally:
            if d:
                lock()
    def __repr__(self):
        return 'Timer(mode=%s, tick_hz=1000000, period=%d)' % ('PERIODIC' if self._mode else 'ONE_SHOT', self._us)
_di = _esc.disable
_ei = _esc.enable
def disable_irq():
    if d:
        unlock()
    r = _di()
    if d:
        lock()
    return r
def enable_irq(s=1):
    if d:
        unlock()
    _ei(s)
    if d:
        lock()
def soft_reset():
    raise SystemExit
reset = soft_reset
