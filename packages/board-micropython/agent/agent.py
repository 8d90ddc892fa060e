# Runs the programs of the suite over machine.Timer and keeps a record of what happened.
#
# A handler runs with the heap locked, so nothing in its reach allocates: records go into an array that
# was made before, callbacks are functions that were made before, and times stay below 2^30, where an
# int is no object. A record takes its place and its time under one short mask, so that the order of the
# records is the order of time. `#---` ends a piece that is sent by itself.
import machine, time, gc, sys
from array import array
try:
    from micropython import alloc_emergency_exception_buf
    alloc_emergency_exception_buf(100)
except ImportError:
    pass
from binascii import b2a_base64
Timer = machine.Timer
ONE = Timer.ONE_SHOT
PER = Timer.PERIODIC
tk = time.ticks_us
add = time.ticks_add
di = getattr(machine, 'disable_irq', None)
ei = getattr(machine, 'enable_irq', None)
if di is None:
    di = lambda: 0
    ei = lambda state: None
FULL = add(0, -1)
M = FULL
# Timers of a program; the second interrupt has one more.
NT = 16
LIM = 20000
RECLEN = 7
# Requests: `E(crc, b'number:expression')`. A number that was seen gets the kept reply once more, so
# that a request which is repeated on a bad line is not carried out again.
last = -1
reply = b''
def E(want, text):
    global last, reply
    if crc(text) != want:
        print('~bad.%x~' % want)
        return
    cut = text.find(b':')
    number = int(text[:cut])
    if number != last:
        try:
            reply = b'\0' + eval(text[cut + 1:].decode())
        except Exception as e:
            reply = b'\1' + ('%s: %s' % (type(e).__name__, e)).encode()
        last = number
    send(number)

# Each line is a frame with its own checksum: what else is printed falls between them, or damages one,
# and that one is asked for again.
def send(number):
    total = (len(reply) + 179) // 180
    for i in range(total):
        part = b2a_base64(reply[180 * i:180 * i + 180]).decode().strip()
        body = '%x.%x.%x.%s' % (number, i, total, part)
        print('\n~%s.%x~' % (body, crc(body.encode())))
gc.collect()
CAP = min(7000, max(0, gc.mem_free() // 10) // RECLEN * RECLEN)
rec = array('i', (0 for _ in range(CAP)))
n = 0
lvl = 0
live = False
muted = False
fault = 0
steps = 0
var = 0
soft = False
# Ticks of ticks_us in one tick of the timers, how many of those make a second, and the beginning of one
# where starts count from the running one.
GRAN = 1
HZ = 1000000
GRID = -1
OFF = 0
tm = [None] * NT
per = array('i', (0 for _ in range(NT)))
cnt = array('i', (0 for _ in range(NT)))
sch = array('i', (0 for _ in range(2 * NT)))
gen = array('i', (0 for _ in range(NT)))
act = array('i', (0 for _ in range(NT)))
arms = array('i', (0 for _ in range(NT)))
rel = array('i', (0 for _ in range(NT)))
reg = array('i', (0 for _ in range(4)))
msk = [0] * 8
mk = 0
mkb = 0
spec = ()
ints = ()
cbs = [None] * (2 * NT)
icb = [None] * 4
itm = None
BOOM = RuntimeError('thrown on purpose')
def put(kind, at, a, b, c, d):
    global n, fault
    s = di()
    u = tk()
    i = n
    if i + RECLEN <= CAP:
        n = i + RECLEN
        rec[i] = kind | (lvl << 4)
        rec[i + 1] = at if at >= 0 else u
        rec[i + 2] = a
        rec[i + 3] = b
        rec[i + 4] = c
        rec[i + 5] = u
        rec[i + 6] = d
    else:
        fault = 8
    ei(s)

def enter(t, g, at):
    global lvl, steps, fault
    if not live:
        return
    lvl += 1
    steps += 1
    sp = spec[t]
    if fault or steps > LIM:
        fault = fault or 11
        tm[t].deinit()
        lvl -= 1
        return
    cnt[t] += 1
    entry = cnt[t]
    k = 2 * t + g
    due = sch[k]
    if sp[0]:
        sch[k] = add(due, (per[t] + GRAN - 1) // GRAN * GRAN)
    if not sp[3]:
        put(4, at, t, due, 0, 0)
    arm = arms[t]
    try:
        nested(sp[4], entry)
        if sp[4] and not sp[3] and not muted:
            put(5, -1, t, 0, 0, 0)
    finally:
        if not sp[0] and arm == arms[t]:
            act[t] = 0
        lvl -= 1

# A handler's list; masks that it leaves are restored, as a return from interrupt does.
def nested(ops, entry):
    global mk, mkb
    outer = mkb
    mkb = mk
    try:
        lst(ops, entry)
    finally:
        while mk > mkb:
            mk -= 1
            ei(msk[mk])
        mkb = outer
def mkcb(t, g):
    def cb(_):
        enter(t, g, tk())
    return cb

def mkint(i):
    def cb(_):
        global lvl
        at = tk()
        if not live or fault:
            return
        lvl += 1
        if not muted:
            put(6, at, i, 0, 0, 0)
        nested(ints[i], 0)
        lvl -= 1
    return cb

for _t in range(NT):
    cbs[2 * _t] = mkcb(_t, 0)
    cbs[2 * _t + 1] = mkcb(_t, 1)
for _t in range(4):
    icb[_t] = mkint(_t)

def start(t):
    sp = spec[t]
    g = 1 - gen[t]
    gen[t] = g
    ticks = (per[t] + GRAN - 1) // GRAN
    at = tk()
    if GRID >= 0:
        # Counted from the beginning of the tick that runs. Near its end nobody could say which one
        # the timer will take for that, so the next one is waited for.
        gone = ((at - GRID) & M) % GRAN
        if gone > GRAN - 400:
            spin(GRAN - gone)
            at = tk()
            gone = ((at - GRID) & M) % GRAN
        at = (at - gone - OFF) & M
    sch[2 * t + g] = add(at, ticks * GRAN + EARLY)
    act[t] = 1
    arms[t] += 1
    tm[t].init(mode=PER if sp[0] else ONE, period=ticks, tick_hz=HZ, callback=cbs[2 * t + g], hard=not soft)

def stop(t):
    tm[t].deinit()
    act[t] = 0

def spin(d):
    t0 = tk()
    while (tk() - t0) & M < d:
        pass
def lst(ops, entry):
    for op in ops:
        if fault:
            return
        if not do(op, entry):
            return

def do(op, entry):
    global steps, muted, mk, fault
    o = op[0]
    steps += 1
    if steps > LIM:
        fault = fault or 11
        return False
    if o == 0x20:
        return op[1] == entry
    if o == 0x1f:
        put(9, -1, 0x87, 0, 0, 0)
        raise BOOM
    at = tk()
    x = op[1]
    v = op[2]
    if op[3]:
        v += var
    res = 0
    val = 0
    try:
        if o == 0x02:
            if rel[x]:
                res = 0x82
            else:
                start(x)
                res = 1
        elif o == 0x04:
            if rel[x]:
                res = 0x82
            else:
                stop(x)
        elif o == 0x17:
            if mk == 0 and lvl == 0:
                time.sleep_us(v)
            else:
                spin(v)
        elif o == 0x16:
            spin(v)
        elif o == 0x01:
            stop(x)
            per[x] = spec[x][1] + (var if spec[x][2] else 0)
            rel[x] = 0
        elif o == 0x07:
            stop(x)
            rel[x] = 1
        elif o == 0x0a:
            val = act[x]
        elif o == 0x0c:
            val = cnt[x]
        elif o == 0x10 or o == 0x11:
            u = tk()
            if o == 0x11:
                reg[x] = u
            if not muted:
                put(3, at, u, 0, 0, 0)
            return True
        elif o == 0x12:
            val = many(v)
        elif 0x13 <= o <= 0x15:
            if o == 0x13 and mk < 4:
                msk[mk] = di()
                mk += 1
            elif o == 0x14 and mk > mkb:
                mk -= 1
                ei(msk[mk])
            elif o == 0x15:
                s = di()
                ei(s)
                val = 1 if s == EN else 0
            else:
                res = 0x80
        else:
            return other(op, o, x, v, at)
    except OSError:
        res = 0x81
    except RuntimeError:
        raise
    except Exception:
        res = 0x91
    if muted and res < 0x80:
        return True
    put(2, at, o, x, res, val)
    return True
def many(v):
    wrong = 0
    before = tk()
    for _ in range(v):
        u = tk()
        if (u - before) & M > M >> 1:
            wrong += 1
        before = u
    return wrong

def other(op, o, x, v, at):
    global steps, muted
    res = 0
    if o == 0x19:
        itm.init(mode=ONE, period=max(1, (v + GRAN - 1) // GRAN + (GRAN > 1)), tick_hz=HZ, callback=icb[x], hard=True)
    elif o == 0x1c:
        for t in range(len(spec)):
            stop(t)
            rel[t] = 1
    elif o == 0x1d:
        if not muted:
            put(7, at, x, 0, 0, 0)
        return True
    elif o == 0x21:
        muted = True
        for _ in range(v):
            steps = 0
            lst(op[4], 0)
        muted = False
        return True
    else:
        res = 0x90
    if muted and res < 0x80:
        return True
    put(2, at, o, x, res, 0)
    return True

EN = di()
ei(EN)
EARLY = 1
def finish():
    global live, mk, muted, lvl
    live = False
    muted = False
    for t in tm:
        if t is not None:
            t.deinit()
    itm.deinit()
    while mk > 0:
        mk -= 1
        ei(msk[mk])
    lvl = 0

def iterate(value):
    global var, live, steps, fault, mk, mkb, muted, lvl
    var = value
    steps = fault = mk = mkb = lvl = 0
    muted = False
    for t in range(len(spec)):
        per[t] = spec[t][1] + (var if spec[t][2] else 0)
        cnt[t] = act[t] = arms[t] = rel[t] = 0
    for r in range(4):
        reg[r] = 0
    gc.collect()
    live = True
    put(1, -1, value, 0, 0, 0)
    try:
        lst(main, 0)
    finally:
        finish()

def setup(timers, lists, code, sweep, is_soft, gran, early):
    global spec, ints, itm, main, sw, soft, GRAN, HZ, GRID, EARLY
    spec = timers
    ints = lists
    main = code
    sw = sweep
    soft = is_soft
    GRAN = gran
    HZ = 1000000 // gran
    EARLY = early
    GRID = grid() if gran > 1 and early == 0 else -1
    make(len(spec))
    return b''

# Such timers go by the milliseconds of ticks_ms; one of them began at most OFF before the time found.
def grid():
    global OFF
    ms = time.ticks_ms()
    t0 = before = now = tk()
    while time.ticks_ms() == ms and (now - t0) & M < 5000:
        before = now
        now = tk()
    now = tk()
    OFF = (now - before) & M
    return now

def make(count):
    global itm
    for t in range(count):
        if tm[t] is None:
            tm[t] = Timer(-1)
    if itm is None:
        itm = Timer(-1)
# Runs iterations from number `i` on, as many as the buffer and half a second allow; the reply is how
# many, the fault, and the trace as in docs/wire.md.
def step(i):
    global n
    n = 0
    first = i
    t0 = time.ticks_ms()
    while i < sw[1]:
        before = n
        iterate(sw[0] + i * sw[2])
        i += 1
        if fault or n + 2 * (n - before) > CAP or time.ticks_diff(time.ticks_ms(), t0) > 500:
            if fault == 8 and before > 0:
                # Too much for the rest of the buffer: this one comes first the next time.
                n = before
                i -= 1
                return trace(i - first, 0)
            break
    return trace(i - first, fault)

def varint(out, v):
    while v > 127:
        out.append(v & 127 | 128)
        v >>= 7
    out.append(v)

def zigzag(out, v):
    varint(out, 2 * v if v >= 0 else -2 * v - 1)

def near(at, x):
    return ((x - at + (M >> 1) + 1) & M) - (M >> 1) - 1

def trace(count, failed):
    out = bytearray()
    varint(out, count)
    out.append(failed)
    # Times are told from the first record on, which is at 0; the next part goes on from there.
    told = 0
    until = 0
    before = rec[5] if n else 0
    for i in range(0, n, RECLEN):
        kind = rec[i] & 15
        u = rec[i + 5]
        until += (u - before) & M
        before = u
        at0 = rec[i + 1]
        at = until - ((u - at0) & M)
        a = rec[i + 2]
        out.append(rec[i] | (128 if kind == 2 and rec[i + 6] else 0))
        zigzag(out, at - told)
        told = at
        if kind == 1:
            varint(out, a)
        elif kind == 2:
            out.append(a)
            out.append(rec[i + 3])
            out.append(rec[i + 4])
            varint(out, until - at)
            if rec[i + 6]:
                varint(out, rec[i + 6])
        elif kind == 3:
            zigzag(out, near(at0, a))
        else:
            out.append(a)
            if kind == 4:
                zigzag(out, -near(at0, rec[i + 3]))
    return bytes(out)
# How many timers can be armed at once: a port that loses their places shows it here.
cans = []
def canary():
    k = 0
    try:
        for t in range(NT + 1):
            if t == len(cans):
                cans.append(Timer(-1))
            cans[t].init(mode=ONE, period=HZ, tick_hz=HZ, callback=idle)
            k += 1
    except OSError:
        pass
    for t in cans:
        t.deinit()
    return bytes([k])
def idle(_):
    pass
def can_be_hard():
    t = Timer(-1)
    try:
        t.init(mode=ONE, period=1000, callback=idle, hard=True)
    except (ValueError, TypeError):
        return 0
    t.deinit()
    return 1
def has_tick_hz():
    t = Timer(-1)
    try:
        t.init(mode=ONE, period=1000000, tick_hz=1000000, callback=idle)
    except (ValueError, TypeError):
        return 0
    t.deinit()
    return 1
# What a start and a stop take, in ticks of ticks_us.
def op_us():
    t = Timer(-1)
    most = 0
    for _ in range(5):
        t0 = tk()
        t.init(mode=ONE, period=1000, callback=idle)
        t.deinit()
        most = max(most, (tk() - t0) & M)
    return most
def ask():
    v = sys.implementation
    facts = (sys.platform, '.'.join(str(x) for x in v[1][:3]), M.bit_length() if hasattr(M, 'bit_length') else len(bin(M)) - 2,
        can_be_hard(), has_tick_hz(), 1 if hasattr(Timer, 'value') else 0, 1 if hasattr(machine, 'disable_irq') else 0,
        canary()[0], op_us(), CAP, gc.mem_free())
    return ' '.join(str(x) for x in facts).encode()
