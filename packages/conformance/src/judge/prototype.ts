// @ts-nocheck: replaced piece by piece by the judge that follows.
// judge(program, trace, description) -> { violations, unsupported }
// Reference model run along the trace; each timer is a set of hypotheses, filtered by every record.
const REFUSAL = new Set([
  "invalid-argument",
  "capacity-exhausted",
  "stale-handle",
  "timer-shut-down",
  "hal-closed",
  "reentrant-service",
  "in-interrupt",
  "callback-threw",
  "overflow-missed",
  "not-supported",
  "driver-fault",
]);
const TIMER_OPS = new Set([
  "init",
  "start",
  "startAt",
  "stop",
  "stopSync",
  "shutdown",
  "deinit",
  "setPeriod",
  "remaining",
  "pending",
  "overruns",
  "count",
  "spawn",
]);
const WAITS = new Set([
  "spin",
  "sleep",
  "phase",
  "service",
  "deinitAll",
  "collect",
  "readMany",
  "restore",
  "spawn",
  "init",
]);
const INF = Infinity;
class Stop extends Error {}

export function judgeByPrototype(program, trace, desc, opts = {}) {
  const violations = [];
  const iters = [];
  let cur = null;
  trace.records.forEach((r, i) => {
    if (r.kind === "iteration") {
      cur = { value: r.value, recs: [{ ...r, i }] };
      iters.push(cur);
    } else cur?.recs.push({ ...r, i });
  });
  const wanted = program.sweep?.count ?? 1;
  if (iters.length !== wanted)
    violations.push({ rule: "WIRE", message: `${iters.length} iterations, expected ${wanted}` });
  let judged = 0,
    lenient = 0;
  for (const it of iters) {
    const j = new Iter(program, it, desc, opts, violations);
    try {
      j.run();
    } catch (e) {
      if (!(e instanceof Stop)) throw e;
    }
    judged++;
    if (j.lenient) lenient++;
    if (violations.length > 20) break;
  }
  return { violations, judged, lenient };
}

class Iter {
  constructor(program, it, desc, opts, violations) {
    this.gapTicks = desc.latencies.lateTicks + (opts.slack ?? 0);
    this.p = program;
    this.v = it.value;
    this.recs = it.recs;
    this.d = desc;
    this.o = opts;
    this.out = violations;
    this.pos = 1;
    this.late = desc.latencies.lateTicks;
    this.op = desc.latencies.opTicks;
    this.min = desc.latencies.minDeltaTicks;
    this.cap = new Set(desc.capabilities);
    this.nesting = this.cap.has("nesting");
    this.sem = { softRearm: "service", order: "due", ...opts.semantics };
    this.cutAt = INF;
    this.lap = desc.counterBits > 32 ? INF : 2 ** desc.counterBits;
    this.lenient = false;
    this.ids = 0;
    this.entries = 0;
  }
  say(rule, message, rec, timer) {
    if (rec && (rec.until ?? rec.at) >= this.cutAt) throw new Stop();
    this.out.push({ rule, message, timer, record: rec?.i, at: rec?.at, variable: this.v });
  }
  fail(rule, message, rec) {
    this.say(rule, message, rec);
    throw new Stop();
  }
  val(x) {
    return typeof x === "number" ? x : this.v + x.offset;
  }
  peek() {
    return this.recs[this.pos];
  }

  // ---------- phase 1: the tree
  parse() {
    const root = { kind: "main", ctx: 0, ops: [], rec: this.recs[0], at: this.recs[0].at };
    this.inits = [];
    while (
      this.peek()?.kind === "call" &&
      this.peek().op === "init" &&
      REFUSAL.has(this.peek().result) &&
      this.inits.length < this.p.timers.length
    ) {
      // refused set-ups at the iteration's beginning; only where the period is bad
      const spec = this.p.timers[this.peek().subject];
      const per = this.val(spec.period);
      if (per >= 1 && per <= this.d.maxDelayTicks) break;
      this.inits.push(this.recs[this.pos++]);
    }
    this.counts = this.p.timers.map(() => 0);
    this.list(this.p.main, root, 0, null);
    root.until = this.lastAt;
    root.tail = [];
    while (this.peek()) {
      const r = this.peek();
      if (this.repeatSeen) {
        this.pos++;
        continue;
      }
      const isError = r.kind === "error";
      if (r.context > 0 && !isError) {
        root.tail.push(this.activity(r));
        continue;
      }
      if (isError) {
        this.error(r);
        this.pos++;
        continue;
      }
      this.fail("WIRE", `record after the end of the main list: ${show(r)}`, r);
    }
    return root;
  }
  error(r) {
    this.timeLost ??= r;
    this.errors ??= [];
    this.errors.push(r);
  }
  list(ops, act, entry, service) {
    for (const op of ops) {
      if (op.op === "when") {
        if (op.count !== entry) return;
        continue;
      }
      if (op.op === "repeat") {
        this.repeatSeen = true;
        this.lenient = true;
        act.cut = true;
        this.lastAt = this.recs[this.pos - 1].until ?? this.recs[this.pos - 1].at;
        throw new Cut();
      }
      if (op.op === "throw" && this.cap.has("exceptions")) {
        act.threw = true;
        return;
      }
      const node = { node: "op", op, name: op.op, kids: [], ctx: act.ctx };
      act.ops.push(node);
      for (;;) {
        const r = this.peek();
        if (r === undefined)
          this.fail("WIRE", `the trace ends before ${JSON.stringify(op)}`, this.recs.at(-1));
        const nested =
          r.kind === "error"
            ? false
            : r.context > act.ctx ||
              (op.op === "service" &&
                r.kind === "expiry" &&
                r.context === act.ctx &&
                this.p.timers[r.timer]?.dispatch === "soft");
        if (r.kind === "error") {
          this.error(r);
          this.pos++;
          continue;
        }
        if (nested) {
          node.kids.push(this.activity(r, node));
          continue;
        }
        if (!matches(op, r))
          this.fail("WIRE", `expected the record of ${JSON.stringify(op)}, found ${show(r)}`, r);
        this.pos++;
        node.rec = r;
        node.at = r.at;
        node.until = r.until ?? Math.max(r.at, ...node.kids.map((k) => k.until));
        this.lastAt = node.until;
        break;
      }
    }
  }
  activity(r, within) {
    this.pos++;
    if (r.kind === "expiry") {
      const spec = this.p.timers[r.timer];
      const act = {
        kind: "handler",
        timer: r.timer,
        ctx: r.context,
        rec: r,
        at: r.at,
        ops: [],
        within,
        spec,
        id: ++this.ids,
      };
      const entry = ++this.counts[r.timer];
      act.entry = entry;
      if (spec.handler.length === 0) {
        act.until = r.at;
        act.empty = true;
        return act;
      }
      this.list(spec.handler, act, entry, null);
      if (act.threw) {
        let e;
        while ((e = this.peek()) && e.context > act.ctx && e.kind !== "error") {
          this.gap(act, this.activity(e));
        }
        e = this.peek();
        if (e?.kind !== "error" || e.code !== "callback-threw")
          this.fail("CALL-05", `a handler threw and nothing was reported`, e ?? r);
        this.pos++;
        act.until = e.at;
        return act;
      }
      for (;;) {
        const e = this.peek();
        if (e === undefined) this.fail("WIRE", "the trace ends inside a handler", r);
        if (e.kind === "error") {
          this.error(e);
          this.pos++;
          continue;
        }
        if (e.context > act.ctx) {
          this.gap(act, this.activity(e));
          continue;
        }
        if (e.kind !== "exit" || e.timer !== r.timer || e.context !== r.context)
          this.fail(
            "CALL-17",
            `inside the handler of ${r.timer}, expected its exit, found ${show(e)}`,
            e,
          );
        this.pos++;
        act.until = e.at;
        return act;
      }
    }
    if (r.kind === "interrupt") {
      const act = { kind: "interrupt", ctx: r.context, rec: r, at: r.at, ops: [], id: ++this.ids };
      this.list(this.p.interrupts[r.interrupt], act, 0, null);
      act.until = act.ops.length ? (last(act.ops).until ?? r.at) : r.at;
      return act;
    }
    this.fail("WIRE", `a record at level ${r.context} belongs to no handler: ${show(r)}`, r);
  }

  run() {
    let root;
    this.quiet = this.p.timers.some((t) => t.quiet);
    if (this.p.timers.some((t) => t.quiet && t.handler.length > 0)) {
      this.lenient = true;
      return this.simple();
    }
    try {
      root = this.parse();
    } catch (e) {
      if (!(e instanceof Cut)) {
        this.simple();
        throw e;
      }
      this.simple();
      return;
    } // programs with repeat: only simple checks
    this.spans = [];
    this.collectSpans(root);
    // READ-16: a whole lap masked, by the program or by one handler; nothing is promised after it
    const end = this.recs.at(-1).until ?? this.recs.at(-1).at;
    for (const { from, to } of this.spans)
      if (Math.min(to, end) - from >= this.lap - this.op)
        this.cutAt = Math.min(this.cutAt, from + this.lap - this.op);
    this.spans.sort((a, b) => a.from - b.from);
    let most = -INF;
    for (const x of this.spans) x.most = most = Math.max(most, x.to);
    this.simple();
    for (const e of this.errors ?? []) this.say("ERR", `the HAL reported ${e.code}`, e);
    if (this.errors?.length) throw new Stop();
    this.start(root);
    this.walk(root);
    this.finish(root);
  }

  // checks that need no structure
  simple() {
    let lastRead = null;
    const ends = [];
    const reads = [];
    for (let k = 1; k < this.recs.length; k++) {
      const r = this.recs[k];
      if (r.kind === "expiry") {
        if (r.at < r.scheduled)
          this.say("ARM-01", `timer ${r.timer} ran ${r.scheduled - r.at} before its moment`, r);
        const hard = this.p.timers[r.timer].dispatch === "hard";
        if (hard !== r.context > 0)
          this.say(hard ? "CALL-01" : "CALL-02", `timer ${r.timer} ran at level ${r.context}`, r);
      }
      if (r.kind === "call" && r.until < r.at)
        this.say("READ-03", `time went back inside ${r.op}: ${r.at}..${r.until}`, r);
      // stamps at one level, and of what interrupted it, never go back; what it interrupted may have been stamped before
      const c = r.kind === "stats" ? 0 : r.context;
      if (r.kind !== "stats") {
        let low = -INF;
        for (let l = 0; l <= c; l++) low = Math.max(low, ends[l] ?? -INF);
        const t = r.op === "service" ? r.until : r.at;
        if (t < low) this.say("READ-03", `records go back in time: ${low} then ${t}`, r);
        ends[c] = r.until ?? r.at;
      }
      if (r.kind === "read") {
        if (r.value < r.at)
          this.say("READ-01", `read ${r.value}, ${r.at - r.value} below the stamp before it`, r);
        const next = this.recs[k + 1];
        if (
          next &&
          (next.kind === "call" ? next.context >= r.context : true) &&
          !(next.kind === "exit" && next.context < r.context)
        ) {
          const t = next.kind === "call" ? next.until : next.at;
          if (
            r.value > t &&
            !(
              (next.kind === "read" || next.kind === "mark" || next.kind === "stats") &&
              (next.context ?? 0) < r.context
            )
          )
            this.say("READ-01", `read ${r.value}, ${r.value - t} above the stamp after it`, r);
        }
        if (
          lastRead &&
          r.value < lastRead.value &&
          !(r.context < lastRead.context && r.at <= lastRead.at)
        )
          this.say("READ-03", `read ${r.value} after ${lastRead.value}`, r);
        lastRead = r;
        for (const b of reads.slice(-3)) this.reference(b, r);
        reads.push(r);
      }
    }
  }
  reference(one, two) {
    const clock = this.d.reference;
    if (!clock || !one.reference || !two.reference) return;
    const M = clock.modulusTicks,
      mod = (x) => ((x % M) + M) % M,
      scale = clock.frequencyHz / this.d.frequencyHz;
    const width =
        mod(one.reference.return - one.reference.call) +
        mod(two.reference.return - two.reference.call),
      rounding = Math.max(1, scale);
    if (width + 2 * rounding >= M / 2) return;
    const over = mod(
      (two.value - one.value) * scale - (two.reference.call - one.reference.return - rounding),
    );
    if (over > width + 2 * rounding)
      this.say(
        "READ-01",
        `a read is ${Math.round((over > M / 2 ? over - M : over - width - 2 * rounding) / scale)} ticks off the reference clock`,
        two,
      );
  }

  // ---------- what holds a hard handler back
  collectSpans(act) {
    const masks = [];
    const each = (node) => {
      for (const k of node.kids) {
        this.collectSpans(k);
        if (k.ctx > 0) this.spans.push({ from: k.at, to: k.until + this.op });
      }
      if (node.node !== "op") return;
      if (node.name === "mask" && node.rec.result === "ok") masks.push(node.at);
      if (node.name === "restore" && node.rec.result === "ok") {
        const from = masks.pop();
        this.spans.push({ from, to: node.until });
      }
      if (
        act.ctx === 0 &&
        !["spin", "sleep", "phase", "service", "mark", "enabled", "count"].includes(node.name)
      )
        (this.opSpans ??= []).push(node);
    };
    for (const n of act.ops) each(n);
    for (const k of act.tail ?? []) {
      this.collectSpans(k);
      this.spans.push({ from: k.at, to: k.until + this.op });
    }
    for (const from of masks)
      this.spans.push({ from, to: act.kind === "main" ? INF : act.until + this.op });
  }
  // the latest moment at which a hard handler that is due at s has to have been entered
  bound(s) {
    let b = s;
    const gap = this.gapTicks;
    const S = this.spans;
    let i = 0,
      j = S.length; // the first span that may reach s
    while (i < j) {
      const k = (i + j) >> 1;
      if (S[k].most <= b) i = k + 1;
      else j = k;
    }
    for (; i < S.length; i++) {
      const { from, to } = S[i];
      if (from > b + gap) break;
      if (to > b) b = to;
    }
    return b + gap;
  }

  // ---------- phase 2: the model
  start(root) {
    this.step = 0;
    this.regs = [0, 0, 0, 0];
    this.masks = 0;
    this.maskStack = [];
    this.anon = this.p.timers.map(() => []);
    this.counted = this.p.timers.map(() => 0);
    this.pre = [];
    this.ghosts = [];
    this.progress = []; // ops in progress, outermost first
    this.acts = [];
    this.releases = 0;
    this.drained = 0;
    this.service = null;
    const both = new Set();
    const spawned = new Set(),
      named = new Set();
    const scan = (ops) =>
      ops.forEach((o) => {
        if (o.op === "spawn") spawned.add(o.timer);
        if (o.op === "start" || o.op === "startAt") named.add(o.timer);
      });
    scan(this.p.main);
    this.p.timers.forEach((t) => scan(t.handler));
    this.p.interrupts.forEach(scan);
    for (const t of spawned) if (named.has(t)) both.add(t);
    this.timers = this.p.timers.map((spec, n) => {
      const per = this.val(spec.period);
      const bad = !(per >= 1 && per <= this.d.maxDelayTicks);
      return {
        n,
        spec,
        taint: spec.quiet || both.has(n),
        bad,
        hyps: [
          {
            life: bad ? 3 : 0,
            arm: null,
            infl: [],
            fired: false,
            ovLo: 0,
            ovHi: 0,
            period: per,
            done: 0,
          },
        ],
        reason: null,
      };
    });
    if (this.timers.length > this.d.timers) this.lenient = true;
  }
  now(node) {
    return node.at;
  }
  // steps
  walk(act) {
    act.ops.forEach((n, i) => {
      // what a handler leaves masked is taken back at its list's end
      if (n.node === "gap" && i === act.ops.length - 1 && this.maskStack.length) {
        [this.masks, this.maskCtx] = this.maskStack[0];
        this.maskStack = [];
      }
      this.node(n, act);
    });
    (act.tail ?? []).forEach((k, i) => this.runActivity(k, null, act.tail, i));
  }
  // exits whose bookkeeping may have been interrupted are over now
  settle(level) {
    const [go, stay] = [
      this.ghosts.filter((a) => a.ctx >= level),
      this.ghosts.filter((a) => a.ctx < level),
    ];
    this.ghosts = stay;
    for (const a of go) this.leave(a);
  }
  gap(act, k) {
    const g = act.ops.at(-1);
    if (g?.node === "gap") g.kids.push(k);
    else act.ops.push({ node: "gap", kids: [k] });
  }
  node(n, act) {
    if (n.node === "gap") {
      n.kids.forEach((k, i) => this.runActivity(k, null, n.kids, i));
      this.settle(act.ctx);
      return;
    }
    const kids = n.kids;
    let first = 0;
    // children that began before the op did come first
    while (first < kids.length && kids[first].until < n.at) {
      this.runActivity(kids[first], null, kids, first);
      first++;
    }
    this.begin(n, act);
    if (n.name === "restore" && n.rec.result === "ok" && this.maskStack.length) {
      n.lifted = true;
      [this.masks, this.maskCtx] = this.maskStack.pop();
    }
    let lo = n.at;
    let k = first;
    // on a real board an interrupt may come between the stamp of the return and the record
    for (
      ;
      k < kids.length && (kids[k].at <= n.until || n.name === "service" || n.rec.kind !== "call");
      k++
    ) {
      this.maybe(n, lo, kids[k].at);
      this.runActivity(kids[k], n, kids, k);
      lo = Math.max(lo, kids[k].until);
    }
    this.settle(n.ctx);
    this.maybe(n, lo, Math.max(lo, n.until));
    this.end(n, act);
    for (; k < kids.length; k++) this.runActivity(kids[k], null, kids, k);
    this.settle(n.ctx);
  }
  begin(n, act) {
    this.step++;
    n.step0 = this.step;
    n.rel0 = this.releases;
    n.anon0 = this.anon.flat().length + this.anonLive;
    if (n.name === "deinit") this.releases++;
    if (n.name === "deinitAll") this.releases += this.timers.length + this.anon.flat().length;
    n.count0 = TIMER_OPS.has(n.name) ? this.counted[n.op.timer] : 0;
    n.reg0 = [...this.regs];
    this.progress.push(n);
    if (n.name === "service" && n.rec.result === "ok") {
      n.firstSoft = n.kids.find((k) => k.kind === "handler" && k.ctx === n.ctx);
      n.beginHi = n.firstSoft ? n.firstSoft.at : n.until;
      n.softRan = 0;
      n.outerService = this.service;
      this.service = n;
    }
    if (n.name === "spawn" && n.rec.result === "armed") {
      const p = this.val(this.p.timers[n.op.timer].period);
      this.anon[n.op.timer].push({
        lo: n.at + 1 + p,
        hi: n.until + 1 + p,
        armLo: n.at,
        armHi: n.until,
      });
    }
    if (act.ctx === 0) this.overdue(n.at, n.rec);
  }
  affects(n) {
    if (n.name === "deinitAll") return this.timers;
    if (TIMER_OPS.has(n.name) && n.name !== "spawn" && n.name !== "count")
      return [this.timers[n.op.timer]];
    return [];
  }
  bit(n) {
    return 1 << this.progress.indexOf(n);
  }
  // the op may take effect in this gap
  maybe(n, lo, hi) {
    this.step++;
    if (n.name === "stats" && n.rec.kind === "stats") this.statRange(n, lo, hi);
    const e = { lo, hi: Math.max(lo, hi), aLo: n.step0, aHi: this.step };
    const bit = this.bit(n);
    for (const t of this.affects(n)) {
      if (t.taint) continue;
      const add = [];
      for (const h of t.hyps)
        if (!(h.done & bit))
          for (const g of this.effect(h, t, n, e)) {
            g.done |= bit;
            add.push(g);
          }
      t.hyps = dedupe(t.hyps.concat(add));
      if (t.hyps.length > 400) {
        t.taint = true;
        this.blown = (this.blown ?? 0) + 1;
      }
    }
  }
  end(n, act) {
    const bit = this.bit(n);
    for (const t of this.affects(n)) {
      if (t.taint) continue;
      const was = t.hyps;
      t.hyps = dedupe(was.filter((h) => h.done & bit).map((h) => ({ ...h, done: h.done & ~bit })));
      if (t.hyps.length === 0)
        this.reject(
          t,
          t.reason?.rule ?? "?",
          `${n.name}(${n.op.timer ?? ""}) answered ${n.rec.result} ${n.rec.value ?? ""}: ${t.reason?.text ?? ""}; model: ${was.map(brief).join(" | ")}`,
          n.rec,
        );
    }
    this.progress.pop();
    this.machine(n, act);
    this.step++;
  }
  reject(t, rule, message, rec) {
    this.say(rule, `timer ${t.n}: ${message}`, rec, t.n);
    throw new Stop();
  }
  why(t, rule, text) {
    t.reason = { rule, text };
    return [];
  }

  effect(h, t, n, e) {
    const { rec, op } = n;
    const a = rec.result,
      v = rec.value;
    const stale = h.life >= 2;
    const refused = (code) =>
      a === code
        ? [{ ...h }]
        : this.why(
            t,
            code === "stale-handle" ? "REG-04" : code === "timer-shut-down" ? "STOP-17" : "LIFE-05",
            `has to be refused with ${code}`,
          );
    const ok = (g) => (a === "ok" ? [g] : this.why(t, "LIFE-05", `refused without reason`));
    const per = t.spec.mode === "periodic";
    const soft = t.spec.dispatch === "soft";
    const over = h.arm && h.arm.lo <= e.hi; // may be due
    switch (n.name) {
      case "start": {
        if (stale) return refused("stale-handle");
        if (h.life === 1) return refused("timer-shut-down");
        if (a !== "armed") return this.why(t, "ARM-02", "a start has to result armed");
        return [this.armed(h, e.lo + 1 + h.period, e.hi + 1 + h.period, e, t)];
      }
      case "startAt": {
        const delta = this.val(op.delta),
          back = this.val(op.back);
        const r0 = n.reg0[op.register];
        if (r0 === null || n.regDirty)
          return [{ ...h, unknown: true }].map((g) => {
            t.taint = true;
            return g;
          });
        const ref = r0 - back;
        const badArg = (!this.sem.wrapRef && ref < 0) || delta > this.d.maxDelayTicks;
        if (badArg && a === "invalid-argument") return [{ ...h }];
        if (stale) return refused("stale-handle");
        if (h.life === 1) return refused("timer-shut-down");
        if (badArg) return refused("invalid-argument");
        if (a === "invalid-argument")
          return ref > e.lo
            ? [{ ...h }]
            : this.why(t, "ARM-05", "refused a reference that is not in the future");
        if (ref > e.hi) return this.why(t, "ARM-23", "took a reference in the future");
        const dl = ref + delta;
        const bad = t.spec.late === "refuse" ? "missed" : "late";
        if (a === "armed")
          return dl > e.lo
            ? [this.armed(h, dl, dl, e, t)]
            : this.why(t, "ARM-06", `the moment ${dl} has passed`);
        if (a !== bad) return this.why(t, "ARM-07", `has to be armed or ${bad}`);
        if (dl > e.hi) return this.why(t, "ARM-08", `the moment ${dl} lies ahead`);
        return a === "missed" ? [{ ...h }] : [this.armed(h, dl, dl, e, t)];
      }
      case "stop":
      case "stopSync":
      case "shutdown": {
        if (n.name === "stopSync" && a === "invalid-argument")
          return this.val(op.timeout) > this.d.maxDelayTicks
            ? [{ ...h }]
            : this.why(t, "STOP-14", "refused");
        if (stale) return refused("stale-handle");
        const want = h.infl.length ? "in-flight" : h.arm ? "removed" : h.fired ? "fired" : "idle";
        if (a !== want)
          return this.why(
            t,
            { "in-flight": "STOP-05", removed: "STOP-06", fired: "STOP-03", idle: "STOP-22" }[want],
            `expected ${want}`,
          );
        const g = {
          ...h,
          arm: null,
          infl: h.infl.map((i) => ({ ...i, stopped: true })),
          life: n.name === "shutdown" ? 1 : h.life,
        };
        if (h.arm && !h.infl.length) g.fired = false;
        // counted when taken, in a dispatch window
        g.ovHi += this.taken(h, t, e);
        return [g];
      }
      case "deinit":
        return ok({ ...h, life: h.life === 3 ? 3 : 2, arm: null, infl: [] });
      case "deinitAll":
        if (a === "in-interrupt") return [{ ...h }];
        return ok({ ...h, life: h.life === 3 ? 3 : 2, arm: null, infl: [] });
      case "init": {
        if (a === "capacity-exhausted" || a === "in-interrupt")
          return stale
            ? [{ ...h }]
            : this.why(t, "LIFE-05", "a live timer is set up anew everywhere");
        if (t.bad) return refused("invalid-argument");
        if (h.life === 1) return refused("timer-shut-down");
        if (
          stale &&
          a === "stale-handle" &&
          (n.kids.length ||
            this.progress.some((x) => x !== n && (x.name === "deinit" || x.name === "deinitAll")))
        )
          return [{ ...h }]; // released in its midst
        if (stale && n.ctx > 0) return this.why(t, "REG-06", "a timer was made in an interrupt");
        return ok({
          ...h,
          life: 0,
          arm: null,
          infl: stale ? [] : h.infl.map((i) => ({ ...i, stopped: true })),
          fired: false,
          ovLo: 0,
          ovHi: 0,
          period: this.val(t.spec.period),
        });
      }
      case "setPeriod": {
        const p = this.val(op.period);
        if (p < 1 || p > this.d.maxDelayTicks)
          return a === "invalid-argument"
            ? [{ ...h }]
            : stale && a === "stale-handle"
              ? [{ ...h }]
              : this.why(t, "ARM-23", "took a bad period");
        if (stale) return refused("stale-handle");
        if (h.life === 1) return refused("timer-shut-down");
        if (a !== "ok") return this.why(t, "PER-06", "refused without reason");
        if (!h.arm) return [{ ...h, period: p }];
        const diff = p - h.period,
          m = h.arm,
          loose = this.sem.softRearm === "expiry" && soft ? this.taken(h, t, e) : 0;
        const moved = {
          ...h,
          period: p,
          ovHi: h.ovHi + loose,
          arm: {
            ...m,
            lo: m.lo + diff,
            hi: m.hi + diff,
            oldP: undefined,
            armLo: e.lo,
            armHi: e.hi,
            aLo: e.aLo,
            aHi: e.aHi,
            id: ++this.ids,
          },
        };
        const res = [];
        const held = this.bound(Math.max(m.hi, m.armHi)); // queued by now at the latest
        if (soft && over) {
          if (m.hi <= e.lo && held < e.lo) {
            res.push({ ...h, period: p, arm: { ...m, was: h.period } });
            if (this.sem.softRearm === "expiry") res.push(moved);
          } else {
            res.push(moved, { ...h, period: p, arm: { ...m, was: h.period } });
          }
        } else {
          res.push(moved);
          if (over && this.nesting && n.ctx > 0)
            res.push({ ...h, period: p, arm: { ...m, oldP: h.period } });
        }
        return res;
      }
      case "remaining": {
        if (stale) return refused("stale-handle");
        if (a !== "ok") return this.why(t, "ARM-24", "refused");
        if (!h.arm)
          return v === 0
            ? [{ ...h }]
            : this.why(t, "ARM-24", `remaining ${v} of a timer that is not pending`);
        const lo = Math.max(0, h.arm.lo - e.hi),
          hi = Math.max(0, h.arm.hi - e.lo);
        const step = h.arm.step ?? 1;
        if (v >= lo && v <= hi) {
          const g = { ...h };
          if (v > 0 && step === 1)
            g.arm = {
              ...h.arm,
              lo: Math.max(h.arm.lo, v + e.lo),
              hi: Math.min(h.arm.hi, v + e.hi),
            };
          return [g];
        }
        if (
          over &&
          per &&
          v <= h.period &&
          ((this.nesting && n.ctx > 0) || (soft && this.sem.softRearm === "expiry"))
        )
          return [{ ...h }];
        return this.why(t, "ARM-24", `remaining ${v}, expected ${lo} to ${hi}`);
      }
      case "pending": {
        if (stale) return refused("stale-handle");
        if (a !== "ok") return this.why(t, "CALL-15", "refused");
        const act = h.arm || h.infl.some((i) => !i.stopped) ? 1 : 0;
        return v === act ? [{ ...h }] : this.why(t, "CALL-15", `active ${v}, expected ${act}`);
      }
      case "overruns": {
        if (stale) return refused("stale-handle");
        if (a !== "ok") return this.why(t, "PER-09", "refused");
        const hi = h.ovHi;
        const cc = per && t.spec.overrun === "coalesce";
        const loose =
          cc && over && (soft ? this.sem.softRearm === "expiry" : this.nesting && n.ctx > 0);
        const extra = loose ? Math.floor((e.hi - h.arm.lo) / h.period) : 0;
        const most = this.sem.overrunMax ?? 2 ** 32 - 1;
        if (v < Math.min(h.ovLo, most) || v > hi + extra)
          return this.why(t, "PER-04", `overruns ${v}, expected ${h.ovLo} to ${hi + extra}`);
        return [{ ...h, ovLo: 0, ovHi: 0, ovTaken: extra ? true : h.ovTaken }];
      }
    }
    return [{ ...h }];
  }
  // overruns that a taken or queued expiry may have counted already, when the call takes it away
  taken(h, t, e) {
    return h.arm && t.spec.mode === "periodic" && t.spec.overrun === "coalesce" && h.arm.lo <= e.hi
      ? Math.floor((e.hi - h.arm.lo) / Math.min(h.period, h.arm.was ?? h.period))
      : 0;
  }
  armed(h, lo, hi, e, t) {
    return {
      ...h,
      fired: false,
      ovHi: h.ovHi + this.taken(h, t, e),
      arm: { lo, hi, step: 1, armLo: e.lo, armHi: e.hi, aLo: e.aLo, aHi: e.aHi, id: ++this.ids },
    };
  }
  dueLo(m) {
    return this.sem.order === "deadline" ? m.lo : Math.max(m.lo, m.armLo);
  }
  dueHi(m) {
    return Math.max(m.hi, m.armHi);
  }

  // ---------- handler entries
  runActivity(act, within, kids, index) {
    const after = kids[index + 1];
    const next = lower(kids)[index];
    this.settle(act.ctx);
    // it may have interrupted the entry of the handler that is recorded next, or the exit of the one before
    if (
      next?.kind === "handler" &&
      next.ctx < act.ctx &&
      !this.timers[next.timer].taint &&
      !this.anon[next.timer].length &&
      !(next.spec.dispatch === "soft" && within?.beginHi === undefined)
    ) {
      const t = this.timers[next.timer];
      const r = this.entered(
        t,
        next,
        within,
        this.lastEnd ?? -INF,
        t.hyps.filter((h) => h.early !== next.id),
        act.at,
      );
      t.hyps = dedupe(t.hyps.concat(r.next.map((h) => ({ ...h, early: next.id }))));
    }
    this.step++;
    for (const n of this.progress)
      if (!n.regDirty) {
        const touched = (o) =>
          o.ops.some((x) => (x.node === "op" && x.name === "capture") || x.kids?.some(touched));
        if (touched(act)) n.regDirty = true;
      }
    const pre = this.pre;
    if (next?.kind === "handler" && next.ctx < act.ctx) this.pre = [...pre, next.timer];
    const saved = this.maskStack;
    this.maskStack = [];
    if (act.ctx > 0 && this.masks > 0 && act.ctx > (this.maskCtx ?? 0))
      this.fail("MASK", `a handler ran at level ${act.ctx} while interrupts were masked`, act.rec);
    const savedMasks = this.masks,
      savedMaskCtx = this.maskCtx;
    const prevAct = this.lastEnd ?? -INF;
    if (act.kind === "handler") {
      this.counted[act.timer]++;
      this.enter(act, within, prevAct);
    }
    const outer = this.service;
    if (act.ctx > 0) this.service = null;
    this.acts.push(act);
    this.walk(act);
    this.acts.pop();
    this.service = outer;
    this.pre = pre;
    this.masks = savedMasks;
    this.maskCtx = savedMaskCtx;
    this.maskStack = saved;
    if (act.kind === "handler") {
      if (after && after.ctx > act.ctx) {
        const t = this.timers[act.timer];
        if (!t.taint && !act.anon) {
          t.hyps = dedupe(t.hyps.concat(t.hyps.map((h) => out(h, act.id))));
          this.ghosts.push(act);
        }
      } else this.leave(act);
    }
    this.lastEnd = act.until;
    this.lastEndCtx = act.ctx;
    this.step++;
  }
  enter(act, within, prevEnd) {
    const { rec } = act;
    const t = this.timers[act.timer];
    const s = rec.scheduled,
      at = rec.at;
    const spec = t.spec;
    const soft = spec.dispatch === "soft";
    if (!soft && this.acts.some((a) => a.kind === "handler" && a.ctx > 0))
      this.fail("CALL-17", `the handler of ${act.timer} nests in another`, rec);
    if (soft && !(within && within.name === "service"))
      this.fail("CALL-02", `a soft callback outside service()`, rec);
    if (soft) within.softRan++;
    if (t.taint) return;
    // anonymous?
    const anon = this.anon[act.timer];
    if (anon.length) {
      const i = anon.findIndex((m) => s >= m.lo && s <= m.hi);
      if (i < 0)
        this.fail(
          "REG-01",
          `an anonymous timer of ${act.timer} ran as scheduled ${s}, none was armed for that: ${JSON.stringify(anon)}`,
          rec,
        );
      const [m] = anon.splice(i, 1);
      this.releases++;
      if (!soft && at > this.bound(Math.max(s, m.armHi)))
        this.fail("ARM-03", `an anonymous timer came ${at - s} late`, rec);
      act.anon = true;
      return;
    }
    const early = t.hyps.filter((h) => h.early === act.id).map((h) => ({ ...h, early: undefined }));
    const before = t.hyps.filter((h) => h.early !== act.id);
    const { next, why: w } = this.entered(t, act, within, prevEnd, before);
    let why = w;
    const no = (rule, text) => {
      why ??= { rule, text };
    };
    if (soft && within.firstSoft === act) within.passStep = this.step;
    // order among timers
    if (next.length && !early.length) {
      const mine = t.hyps.filter((h) => h.arm && s >= h.arm.lo).map((h) => h.arm);
      const dl = Math.max(
        ...mine.map((m) =>
          spec.mode === "periodic" && spec.overrun === "skip"
            ? Math.max(m.lo, m.armLo)
            : Math.max(s > m.hi ? m.lo : s, m.armLo),
        ),
      ); // lower bound must be the least
      const dueLo = Math.min(
        ...mine.map((m) =>
          spec.overrun === "skip" && spec.mode === "periodic"
            ? this.dueLo(m)
            : this.dueLo({ ...m, lo: s }),
        ),
      );
      const exact =
        mine.length === 1 &&
        mine[0].armHi <= s &&
        (spec.overrun !== "skip" || spec.mode !== "periodic");
      const aLo = Math.min(...mine.map((m) => m.aLo));
      for (const x of this.timers) {
        if (x === t || x.taint || x.spec.dispatch !== spec.dispatch || x.hyps.some((h) => !h.arm))
          continue;
        if (soft && x.hyps.some((h) => h.arm.inPass)) continue;
        const xm = x.hyps.map((h) => h.arm),
          xHi = Math.max(...xm.map((m) => this.dueHi(m)));
        if (soft && mine.some((m) => m.inPass)) {
          continue;
        }
        if (xHi < dueLo) {
          next.length = 0;
          no("ARM-15", `ran (due ${dueLo}) before timer ${x.n}, which was due at ${xHi}`);
          break;
        }
        if (
          exact &&
          xHi === s &&
          xm.length === 1 &&
          xm[0].lo === s &&
          xm[0].hi === s &&
          xm[0].armHi <= s &&
          xm[0].aHi < aLo
        ) {
          next.length = 0;
          no("ARM-14", `ran before timer ${x.n}, which was armed earlier for the same moment ${s}`);
          break;
        }
      }
    }
    next.push(...early);
    if (next.length === 0) {
      this.reject(t, why.rule, why.text + ` [${t.hyps.slice(0, 4).map(brief).join(" | ")}]`, rec);
    }
    t.hyps = dedupe(next);
    if (t.taintSoon) t.taint = true;
  }
  entered(t, act, within, prevEnd, hyps, preAt) {
    const { rec } = act;
    const s = rec.scheduled,
      at = preAt ?? rec.at;
    if (at < s) return { next: [], why: { rule: "ARM-01", text: "ran before its moment" } };
    const spec = t.spec;
    const soft = spec.dispatch === "soft";
    const next = [];
    let why = null;
    const no = (rule, text) => {
      why ??= { rule, text };
    };
    for (const h of hyps) {
      const m = h.arm;
      if (!m) {
        no(
          h.life ? "LIFE-08" : h.fired ? "PER-18" : "STOP-01",
          `ran although nothing was armed (${brief(h)})`,
        );
        continue;
      }
      const p = h.period,
        per = spec.mode === "periodic",
        pm = m.oldP ?? (m.was && m.was < p ? m.was : p); // period in force when it was taken
      const lookHi = at;
      if (soft && this.sem.softRearm === "expiry" && per && m.was !== undefined) {
        if (s > at || s < m.lo) {
          no("PER-02", `scheduled ${s}`);
          continue;
        }
        t.taintSoon = true;
        next.push({ ...h });
        continue;
      } // PER-06 does not say which
      const quickLo = Math.max(s, at - this.op * 2 - this.late);
      // candidates of the deadline it was armed for
      const d0 = s;
      if (per && spec.overrun === "skip") {
        // s is the newest missed: s = d + k*pm
        const lo = m.lo,
          hi = m.hi;
        if (s < lo) {
          no("PER-08", `scheduled ${s}, armed for ${lo}..${hi}`);
          continue;
        }
        const qs = [...new Set([pm, p, m.was ?? p, m.oldP ?? p])];
        if (hi === lo && !qs.some((q) => (s - lo) % q === 0)) {
          no("PER-02", `scheduled ${s}, off the schedule of ${lo} + k*${pm}`);
          continue;
        }
        const step = m.step ?? 1;
        if (step > 1 && hi > lo && !qs.some((q) => (s - lo) % gcd(step, q) === 0)) {
          no("PER-02", `scheduled ${s}, off ${lo}+k*${step}`);
          continue;
        }
        if (hi > lo && s > hi && pm > 0) {
          // some d in [lo,hi] has to fit
          let fits = false;
          for (let d = lo; d <= hi && !fits; d += step)
            fits = qs.some((q) => (s - d) % q === 0) && s >= d;
          if (!fits) {
            no("PER-02", "no deadline fits");
            continue;
          }
        }
        const look = soft ? Math.min(this.freeSince(within.at), at) : this.lookLo(act, s, preAt);
        if (s > hi ? false : false) continue;
        if (look - s >= pm && !m.oldP && !m.was) {
          no("PER-08", `delivered ${s} at ${at}, a newer one of period ${pm} was missed`);
          continue;
        }
      } else {
        const step = m.step ?? 1;
        if (s < m.lo || s > m.hi || (step > 1 && (s - m.lo) % step !== 0)) {
          no(
            spec.mode === "periodic" ? "PER-02" : "CALL-03",
            `scheduled ${s}, armed for ${m.lo}..${m.hi}${step > 1 ? " step " + step : ""}`,
          );
          continue;
        }
      }
      // soft: only what was queued at the pass's entry
      if (soft) {
        if (
          !m.inPass &&
          this.dueLo({ ...m, lo: s >= m.lo ? Math.min(s, m.hi) : m.lo }) > within.beginHi
        ) {
          no("CALL-13", `came due after service() began`);
          continue;
        }
        if (
          !m.inPass &&
          within.firstSoft !== act &&
          m.aLo > within.firstSoft.rec.i * 0 + (within.passStep ?? INF)
        ) {
          no("CALL-13", "was armed after service() began");
          continue;
        }
        if (m.inPass && s > within.beginHi) {
          no("CALL-13", "burst beyond the pass's begin");
          continue;
        }
      }
      // never late
      if (!soft) {
        const dl = this.bound(
          Math.max(per && spec.overrun === "skip" ? Math.min(m.hi, s) : s, m.armHi),
        );
        if (at > dl && !this.quiet && preAt === undefined) {
          no("ARM-03", `came ${at - s} late, allowed until ${dl - s}`);
          continue;
        }
      }
      const g = { ...h, infl: [...h.infl, { id: act.id, stopped: false }] };
      if (!per) {
        g.arm = null;
        g.fired = true;
        next.push(g);
        continue;
      }
      const aLo = this.afterNested(act) ? 0 : this.step;
      const lookLo = soft
        ? Math.max(s, Math.min(this.freeSince(within.at), at))
        : this.lookLo(act, s, preAt);
      if (spec.overrun === "burst") {
        g.arm = {
          lo: s + p,
          hi: s + p,
          step: 1,
          armLo: lookLo,
          armHi: at,
          aLo,
          aHi: this.step,
          id: ++this.ids,
        };
        if (soft) {
          if (s + p <= within.beginHi) {
            next.push({ ...g, arm: { ...g.arm, inPass: within } });
            if (this.sem.softRearm === "expiry" || s + p > within.at - 0) next.push(g);
          } else next.push(g);
        } else next.push(g);
        continue;
      }
      if (spec.overrun === "skip") {
        g.arm = {
          lo: s + p,
          hi: s + p,
          step: 1,
          armLo: lookLo,
          armHi: at,
          aLo,
          aHi: this.step,
          id: ++this.ids,
        };
        if (this.sem.softRearm === "expiry" && soft && at - s >= p) {
          const k = Math.floor((at - s) / p);
          g.arm.hi = s + (k + 1) * p;
          g.arm.step = p;
        }
        next.push(g);
        continue;
      }
      for (const q of new Set([pm, p])) {
        const kLo = Math.max(0, Math.floor((lookLo - s) / q)),
          kHi = Math.max(kLo, Math.floor((lookHi - s) / q));
        if (kHi - kLo > 64) {
          g.arm = {
            lo: s + kLo * q + p,
            hi: s + kHi * q + p,
            step: q,
            armLo: lookLo,
            armHi: at,
            aLo,
            aHi: this.step,
            id: ++this.ids,
          };
          g.ovLo = h.ovLo + kLo;
          g.ovHi = h.ovHi + kHi;
          next.push(g);
        } else
          for (let k = kLo; k <= kHi; k++) {
            const lo0 =
              h.ovTaken || (soft && this.sem.softRearm === "expiry") ? h.ovLo : h.ovLo + k;
            next.push({
              ...g,
              ovTaken: false,
              ovLo: lo0,
              ovHi: h.ovHi + k,
              arm: {
                lo: s + k * q + p,
                hi: s + k * q + p,
                step: 1,
                armLo: lookLo,
                armHi: at,
                aLo,
                aHi: this.step,
                id: ++this.ids,
              },
            });
          }
      }
    }
    return { next, why };
  }
  afterNested(act) {
    return this.nesting;
  }
  // the earliest moment at which the pass can have looked at the clock for this entry
  lookLo(act, s, preAt) {
    const { at } = act;
    if (preAt !== undefined) return Math.max(s, preAt - this.op - 1);
    const nested =
      this.nesting &&
      this.lastEnd !== undefined &&
      this.lastEndCtx > act.ctx &&
      at - this.lastEnd < 4 * this.op;
    if (nested) return s;
    return Math.max(s, at - this.op - 1);
  }
  // a moment up to which everything due is sure to be queued by `at`
  freeSince(at) {
    let f = at;
    for (let k = this.spans.length - 1; k >= 0; k--) {
      const { from, to } = this.spans[k];
      if (from <= f && to + this.late + this.op >= f) f = Math.min(f, from);
    }
    return f - this.late - this.op;
  }
  leave(act) {
    const t = this.timers[act.timer];
    if (t.taint || act.anon) return;
    t.hyps = dedupe(t.hyps.map((h) => out(h, act.id)));
  }
  // what has to have run by now
  overdue(now, rec) {
    if (this.quiet) return;
    for (const t of this.timers) {
      if (t.taint || t.spec.dispatch !== "hard") continue;
      const left = t.hyps.filter((h) => !h.arm || h.done || this.bound(this.dueHi(h.arm)) >= now);
      if (left.length === 0) {
        const m = t.hyps[0].arm;
        this.reject(
          t,
          "ARM-03/LOST",
          `due at ${m.lo}..${m.hi} and not run at ${now} (allowed until ${this.bound(this.dueHi(m))})`,
          rec,
        );
      }
      t.hyps = left;
      for (const m of this.anon[t.n])
        if (this.bound(Math.max(m.hi, m.armHi)) < now)
          this.fail(
            "REG-01/LOST",
            `an anonymous timer of ${t.n}, due at ${m.hi}, did not run until ${now}`,
            rec,
          );
    }
  }
  // ---------- operations on the machine and the registry
  machine(n, act) {
    const { rec, op } = n;
    const thread = n.ctx === 0;
    const a = rec.result;
    const must = (cond, rule, text) => {
      if (!cond) this.say(rule, `${n.name}: ${text}`, rec);
    };
    const own = n.until - n.at - n.kids.reduce((s, k) => s + (k.until - k.at) + 2 * this.op, 0);
    if (rec.kind === "call" && !WAITS.has(n.name) && n.kids.length === 0)
      must(
        own <=
          this.op *
            (1 + this.timers.filter((t) => t.spec.dispatch === "soft" || t.spec.quiet).length),
        "STOP-20",
        `took ${own} ticks, at most ${this.op}`,
      );
    switch (n.name) {
      case "capture":
        if (rec.kind === "read") this.regs[op.register] = rec.value;
        break;
      case "mask":
        must(a === "ok", "MASK", `answered ${a}`);
        if (a === "ok") {
          this.maskStack.push([this.masks, this.maskCtx]);
          this.masks = 1;
          this.maskCtx = n.ctx;
          if (n.kids.some((k) => k.ctx > n.ctx && k.at > n.until)) must(false, "MASK", "?");
        }
        break;
      case "restore":
        if (n.lifted) break;
        if (this.maskStack.length) {
          must(a === "ok", "MASK", `answered ${a}`);
          [this.masks, this.maskCtx] = this.maskStack.pop();
        } else must(a === "invalid-argument", "MASK", `answered ${a} with nothing masked`);
        break;
      case "enabled":
        if (thread)
          must(
            rec.value === (this.masks > 0 ? 0 : 1),
            "READ-05",
            `enabled ${rec.value} with ${this.masks} masks`,
          );
        break;
      case "count":
        must(
          (rec.value >= n.count0 &&
            rec.value <= this.counted[op.timer] + this.pre.filter((x) => x === op.timer).length) ||
            this.timers[op.timer].spec.quiet,
          "PER-18",
          `count ${rec.value}, the trace has ${n.count0}..${this.counted[op.timer]}`,
        );
        break;
      case "readMany":
        must(a === "ok" && rec.value === 0, "READ-03", `${rec.value} reads went back`);
        break;
      case "service": {
        if (!thread) {
          must(a === "in-interrupt", "CALL-14", `answered ${a} in an interrupt`);
          break;
        }
        if (this.acts.some((x) => x.kind === "handler" && x.ctx === 0)) {
          must(a === "reentrant-service", "CALL-14", `answered ${a} in a soft callback`);
          break;
        }
        must(a === "ok", "CALL-13", `answered ${a}`);
        if (!this.quiet)
          must(
            rec.value === (n.softRan ?? 0),
            "CALL-13",
            `answered ${rec.value}, ran ${n.softRan}`,
          );
        this.service = n.outerService ?? null;
        for (const t of this.timers) {
          if (t.taint || t.spec.dispatch !== "soft") continue;
          const left = t.hyps
            .filter(
              (h) =>
                !h.arm ||
                (h.arm.inPass !== n &&
                  (h.arm.aHi > n.step0 || this.bound(this.dueHi(h.arm)) >= n.at)),
            )
            .map((h) => h);
          if (left.length === 0)
            this.reject(
              t,
              "CALL-04",
              `was due at ${t.hyps[0].arm.hi} and did not run in service() at ${n.at}; ${t.hyps.map(brief).join("|")}`,
              rec,
            );
          t.hyps = left;
        }
        this.drained = Math.max(this.drained, n.rel0);
        break;
      }
      case "collect":
        must(a === (thread ? "ok" : "in-interrupt"), "REG-06", `answered ${a}`);
        if (thread) this.drained = Math.max(this.drained, n.rel0);
        break;
      case "deinitAll":
        must(a === (thread ? "ok" : "in-interrupt"), "REG-10", `answered ${a}`);
        if (thread) {
          this.drained = Math.max(this.drained, n.rel0);
          for (let q = 0; q < this.anon.length; q++)
            this.anon[q] = this.anon[q].filter((m) => m.armLo > n.at);
        }
        break;
      case "phase": {
        if (a === "not-supported") break;
        let sure = false,
          may = false;
        for (const t of this.timers) {
          if (t.taint) {
            may = true;
            continue;
          }
          const act2 = t.hyps.map((h) => h.life < 2 && (!!h.arm || h.infl.some((i) => !i.stopped)));
          if (act2.every(Boolean)) sure = true;
          if (act2.some(Boolean)) may = true;
        }
        if (this.masks > 0) sure = true;
        if (n.kids.length) break;
        must(
          !(sure && a === "ok") && !(!sure && !may && a !== "ok"),
          "CALL-15",
          `phase answered ${a}`,
        );
        break;
      }
      case "init":
        if (n.ctx === 0) {
          if (a === "capacity-exhausted") this.exhausted(n, rec);
        }
        break;
      case "spawn": {
        const t = this.timers[op.timer];
        if (!thread) {
          must(a === "in-interrupt", "REG-06", `spawn answered ${a} in an interrupt`);
          break;
        }
        if (a === "capacity-exhausted") {
          this.exhausted(n, rec);
          break;
        }
        if (t.bad) {
          must(a === "invalid-argument", "ARM-23", `answered ${a}`);
          break;
        }
        must(a === "armed", "REG-01", `answered ${a}`);
        break;
      }
      case "stats":
        this.stats(n, rec);
        break;
      case "interrupt":
      case "spin":
      case "sleep":
        must(a === "ok", "WIRE", `answered ${a}`);
        break;
    }
  }
  get retiredHi() {
    return this.releases - this.drained;
  }
  get anonLive() {
    return this.acts.filter((a) => a.anon).length;
  }
  alive() {
    let lo = 0,
      hi = 0;
    for (const t of this.timers) {
      if (t.taint && !t.spec.quiet) {
        hi++;
        continue;
      }
      const l = t.hyps.map((h) => h.life < 2);
      if (l.every(Boolean)) lo++;
      if (l.some(Boolean)) hi++;
    }
    return [lo, hi];
  }
  exhausted(n, rec) {
    const [, hi] = this.alive();
    const anon = Math.max(n.anon0, this.anon.flat().length);
    const tainted = this.timers.some((t) => t.taint);
    if (!tainted && hi + anon < this.d.timers)
      this.say(
        "REG-01",
        `${n.name} found no room with ${hi} timers and ${anon} anonymous ones alive of ${this.d.timers}`,
        rec,
      );
  }
  stats(n, rec) {
    if (rec.kind !== "stats") return;
    const tainted = this.timers.some((t) => t.taint);
    if (tainted) return;
    const R = n.range;
    const live = rec.allocated - rec.retired;
    if (live < R.lLo || live > R.lHi)
      this.say(
        "REG-02",
        `stats: allocated ${rec.allocated}, retired ${rec.retired}, but ${R.lLo}..${R.lHi} timers live`,
        rec,
      );
    if (rec.retired > this.retiredHi + this.anonLive)
      this.say(
        "REG-02",
        `stats: ${rec.retired} retired, but at most ${this.retiredHi} were released since the last drain point`,
        rec,
      );
    if (rec.pending < R.pLo || rec.pending > R.pHi)
      this.say("STATS", `stats: pending ${rec.pending}, expected ${R.pLo}..${R.pHi}`, rec);
  }
  // what the counts may be in this gap; they may have been taken in any
  statRange(n, from, to) {
    if (this.timers.some((t) => t.taint)) return;
    const R = (n.range ??= { lLo: INF, lHi: 0, pLo: INF, pHi: 0 });
    const [lo, hi] = this.alive();
    const until = to + this.op;
    const anonLo = this.anon.flat().filter((m) => m.lo > until && m.armHi <= from).length,
      anonHi = this.anon.flat().length;
    let pLo = anonLo,
      pHi = anonHi;
    for (const t of this.timers) {
      if (t.hyps.every((h) => h.arm && this.dueLo(h.arm) > until)) pLo++;
      if (t.hyps.some((h) => h.arm)) pHi++;
    }
    const flying = this.acts.filter((a) => a.anon).length;
    R.lLo = Math.min(R.lLo, lo + anonLo);
    R.lHi = Math.max(R.lHi, hi + anonHi + flying);
    R.pLo = Math.min(R.pLo, pLo);
    R.pHi = Math.max(R.pHi, pHi);
  }
  finish(root) {
    const t = root.until ?? this.recs.at(-1).at;
    this.overdue(t, this.recs.at(-1));
  }
}
const out = (h, id) => ({ ...h, infl: h.infl.filter((i) => i.id !== id) });
// for each of these, the next one at a lower level
function lower(kids) {
  if (kids.lower) return kids.lower;
  const res = new Array(kids.length);
  const stack = [];
  for (let i = kids.length - 1; i >= 0; i--) {
    while (stack.length && stack.at(-1).ctx >= kids[i].ctx) stack.pop();
    res[i] = stack.at(-1);
    stack.push(kids[i]);
  }
  kids.lower = res;
  return res;
}
class Cut extends Error {}
function matches(op, r) {
  if (r.kind === "call")
    return r.op === op.op && r.subject === (op.timer ?? op.interrupt ?? op.register ?? op.id ?? 0);
  if (op.op === "read" || op.op === "capture") return r.kind === "read";
  if (op.op === "mark") return r.kind === "mark" && r.id === op.id;
  return op.op === "stats" && r.kind === "stats";
}
const last = (a) => a[a.length - 1];
const gcd = (a, b) => {
  while (b) [a, b] = [b, a % b];
  return a;
};
const show = (r) => {
  const { i, ...x } = r;
  return JSON.stringify(x);
};
const brief = (h) =>
  `${["live", "shut", "released", "none"][h.life]}${h.arm ? ` armed ${h.arm.lo}${h.arm.hi > h.arm.lo ? ".." + h.arm.hi : ""}${h.arm.inPass ? " inPass" : ""}` : ""}${h.infl.length ? ` in flight${h.infl.every((i) => i.stopped) ? " stopped" : ""}` : ""}${h.fired ? " fired" : ""} ov ${h.ovLo}..${h.ovHi} T ${h.period}`;
function dedupe(hs) {
  if (hs.length < 2) return hs;
  const seen = new Map();
  for (const h of hs) {
    const m = h.arm;
    const k = `${h.life}|${m ? `${m.lo},${m.hi},${m.step},${m.armLo},${m.armHi},${m.aLo},${m.aHi},${m.oldP},${m.was},${m.inPass ? 1 : 0}` : ""}|${h.infl.map((i) => i.id + (i.stopped ? "s" : "")).join()}|${h.fired}|${h.ovLo},${h.ovHi}|${h.period}|${h.done}|${h.ovTaken ? 1 : 0}|${h.early}`;
    if (!seen.has(k)) seen.set(k, h);
  }
  return [...seen.values()];
}
