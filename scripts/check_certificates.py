#!/usr/bin/env python3
"""Checks the certificates of mean-field-limit a second time, sharing no code with the first checker: the numbers come
from Arb (python-flint), the rules and the format from docs/proofs.md.

    python3 -m venv .check && .check/bin/pip install --require-hashes -r requirements-check.txt
    .check/bin/python scripts/check_certificates.py [--json] [FILES...]     default: data/certificates/*.json

Exit code 0 if all hold, 1 if one does not. A line each; with --json one JSON document.
"""
import json
import re
import sys
from fractions import Fraction
from math import isqrt
from pathlib import Path

from flint import arb, ctx, fmpq

ctx.prec = 128
sys.setrecursionlimit(20000)
FORMAT = 'mean-field-limit certificate 1'
INF = arb('inf')


class Refused(Exception):
    """Why a certificate does not hold."""


class NoValue(Exception):
    """A function that is not defined, or not differentiable, where it is asked for."""


def need(condition, why):
    if not condition:
        raise Refused(why)


def rational(text):
    need(isinstance(text, str) and re.fullmatch(r'[+-]?\d+(\.\d+)?(e[+-]?\d{1,4})?(/\d+)?', text), f'no rational: {text}')
    numerator, _, denominator = text.partition('/')
    need(denominator == '' or int(denominator) != 0, f'no rational: {text}')
    return Fraction(numerator) / Fraction(denominator or 1)


# ---------------------------------------------------------------------------------------- intervals
# An interval is a pair of exact arbs; an infinite end is no bound.

def around(ball):
    return (-INF, INF) if ball.is_nan() else (ball.lower(), ball.upper())


def exactly(q):
    return around(arb(fmpq(q.numerator, q.denominator)))


ZERO, ONE, TWO, WHOLE = exactly(Fraction(0)), exactly(Fraction(1)), exactly(Fraction(2)), (-INF, INF)
PI = around(arb.pi())


def add(a, b):
    return ((a[0] + b[0]).lower() if a[0] > -INF and b[0] > -INF else -INF,
            (a[1] + b[1]).upper() if a[1] < INF and b[1] < INF else INF)


def neg(a):
    return (-a[1], -a[0])


def sub(a, b):
    return add(a, neg(b))


def end_product(x, y):
    return arb(0) if x == 0 or y == 0 else x * y


def mul(a, b):
    products = [end_product(x, y) for x in a for y in b]
    return (min(p.lower() for p in products), max(p.upper() for p in products))


def inv(a):
    if a[0] == 0 and a[1] == 0:
        raise NoValue
    if a[0] < 0 and a[1] > 0:
        return WHOLE
    lo = -INF if a[1] == 0 else (1 / a[1]).lower() if a[1] < INF else arb(0)
    hi = INF if a[0] == 0 else (1 / a[0]).upper() if a[0] > -INF else arb(0)
    return (lo, hi)


def div(a, b):
    return ZERO if a == ZERO and b != ZERO else mul(a, inv(b))


def hull(a, b):
    return (min(a[0], b[0]), max(a[1], b[1]))


def positive_part(a):
    if a[1] < 0:
        raise NoValue
    return (max(a[0], arb(0)), a[1])


def rising(f, a):
    """The range of a function that rises."""
    return (f(a[0]).lower(), f(a[1]).upper())


def exp_end(x):
    return x.exp() if -INF < x < INF else arb(0) if x < 0 else INF


def exp(a):
    return rising(exp_end, a)


def log(a):
    a = positive_part(a)
    if a[1] == 0:
        raise NoValue
    return (-INF if a[0] == 0 else a[0].log().lower(), INF if a[1] == INF else a[1].log().upper())


def sqrt(a):
    return rising(lambda x: x if x == INF else x.sqrt(), positive_part(a))


def absolute(a):
    return a if a[0] >= 0 else neg(a) if a[1] <= 0 else (arb(0), max(-a[0], a[1]))


def integer_power(a, n):
    if n < 0:
        return inv(integer_power(a, -n))
    if n == 0:
        return ONE
    if n % 2 == 0:
        a = absolute(a)
    end = lambda x: x if not -INF < x < INF else x ** n
    return rising(end, a)


def power(a, r):
    if r.denominator == 1:
        return integer_power(a, r.numerator)
    a = positive_part(a)
    if a[1] == 0:
        if r < 0:
            raise NoValue
        return ZERO
    return exp(mul(exactly(r), log(a)))


def wave(f, halves, a):
    """The cosine (halves = 0) or the sine (1): extrema at (m + halves/2) pi, values between them at the ends."""
    if not (a[0] > -INF and a[1] < INF) or a[1] - a[0] > 7:
        return (arb(-1), arb(1))
    lo, hi = hull(around(f(a[0])), around(f(a[1])))
    first = int(float((a[0] / arb.pi()).lower())) - 2
    for m in range(first, first + 8):
        at = around(arb(2 * m + halves) * arb.pi() / 2)
        if at[0] <= a[1] and at[1] >= a[0]:
            lo, hi = (lo, arb(1)) if m % 2 == 0 else (arb(-1), hi)
    return (max(lo, arb(-1)), min(hi, arb(1)))


def cos(a):
    return wave(arb.cos, 0, a)


def sin(a):
    """0 at 0 exactly, so that its sign is seen there."""
    return wave(arb.sin, 1, a)


def unimodal(f, at, top, a):
    """The range of a function with one extremum `top` at `at`."""
    ends = hull(around(f(a[0])), around(f(a[1])))
    return ends if at[0] > a[1] or at[1] < a[0] else hull(ends, top)


def xlogx(a):
    end = lambda x: x if x == 0 or x == INF else x * x.log()
    return unimodal(end, exp(neg(ONE)), neg(exp(neg(ONE))), positive_part(a))


def decay(a, k):
    if k < 0:
        raise NoValue
    kk = exactly(k)[0] if k.denominator == 1 else arb(fmpq(k.numerator, k.denominator))
    end = lambda x: arb(0) if x == INF else (arb(1) if k == 0 else arb(0) if x == 0 else x ** kk) * (-x).exp()
    top = ONE if k == 0 else mul(power(exactly(k), k), exp(neg(exactly(k))))
    return unimodal(end, exactly(k), top, positive_part(a))


def end_or(limit, f):
    """A function that has a limit at both infinities."""
    return lambda x: f(x) if -INF < x < INF else (limit if x > 0 else -limit)


def larger(a, b):
    return (max(a[0], b[0]), max(a[1], b[1]))


def smaller(a, b):
    return (min(a[0], b[0]), min(a[1], b[1]))


UNARY = {
    'sqrt': sqrt, 'exp': exp, 'log': log, 'sin': sin, 'cos': cos, 'abs': absolute, 'xlogx': xlogx,
    'atan': lambda a: rising(end_or(arb.pi() / 2, lambda x: x.atan()), a),
    'erf': lambda a: rising(end_or(arb(1), lambda x: x.erf()), a),
    'W': lambda a: rising(lambda x: x if x == INF else x.lambertw(), positive_part(a)),
}

# ------------------------------------------------------------------------------------ derivatives
# A jet is (value, gradient, hessian as a dict on i >= j or None).


def safe(f, *parts):
    try:
        return f(*parts)
    except NoValue:
        return WHOLE


def square(a):
    return integer_power(a, 2)


def gauss(a):
    return mul(div(TWO, sqrt(PI)), exp(neg(square(a))))


def on_positive(f):
    return lambda a, v: WHOLE if a[0] < 0 else f(a, v)


def pole(a):
    """Whether 0 may be a value: slopes on both sides of a pole say nothing of the jump between."""
    return a[0] <= 0 <= a[1]


def on_strictly_positive(f):
    return lambda a, v: f(a, v) if a[0] > 0 else WHOLE


def lambert_slope(a, w):
    return div(exp(neg(w)), add(ONE, w))


HALF = div(ONE, TWO)
SLOPES = {
    'sqrt': (on_positive(lambda a, v: div(HALF, v)), on_positive(lambda a, v: neg(div(div(HALF, TWO), integer_power(v, 3))))),
    'exp': (lambda a, v: v, lambda a, v: v),
    'log': (on_strictly_positive(lambda a, v: inv(a)), on_strictly_positive(lambda a, v: neg(inv(square(a))))),
    'sin': (lambda a, v: cos(a), lambda a, v: neg(v)),
    'cos': (lambda a, v: neg(sin(a)), lambda a, v: neg(v)),
    'atan': (lambda a, v: inv(add(ONE, square(a))), lambda a, v: neg(div(mul(TWO, a), square(add(ONE, square(a)))))),
    'erf': (lambda a, v: gauss(a), lambda a, v: neg(mul(mul(TWO, a), gauss(a)))),
    'abs': (lambda a, v: ONE if a[0] >= 0 else neg(ONE) if a[1] <= 0 else (arb(-1), arb(1)),
            lambda a, v: WHOLE if a[0] < 0 and a[1] > 0 else ZERO),
    'W': (on_positive(lambert_slope),
          on_positive(lambda a, w: neg(div(mul(exp(neg(mul(TWO, w))), add(TWO, w)), integer_power(add(ONE, w), 3))))),
    'xlogx': (on_positive(lambda a, v: add(log(a), ONE)), on_positive(lambda a, v: inv(a))),
}


def chain(a, value, first, second):
    slope = safe(first)
    bend = safe(second)
    gradient = [mul(slope, g) for g in a[1]]
    hessian = {(i, j): add(mul(slope, h), mul(bend, square(a[1][i]) if i == j else mul(a[1][i], a[1][j])))
               for (i, j), h in a[2].items()}
    return (value, gradient, hessian)


def linear(f):
    return lambda a, b: (f(a[0], b[0]), [f(x, y) for x, y in zip(a[1], b[1])], {k: f(h, b[2][k]) for k, h in a[2].items()})


def jet_mul(a, b):
    gradient = [add(mul(x, b[0]), mul(a[0], y)) for x, y in zip(a[1], b[1])]
    hessian = {(i, j): add(add(mul(h, b[0]), mul(a[0], b[2][i, j])), add(mul(a[1][i], b[1][j]), mul(a[1][j], b[1][i])))
               for (i, j), h in a[2].items()}
    return (mul(a[0], b[0]), gradient, hessian)


def jet_div(a, b):
    q = div(a[0], b[0])
    if pole(b[0]):
        return (q, [WHOLE] * len(a[1]), {k: WHOLE for k in a[2]})
    g = [div(sub(x, mul(q, y)), b[0]) for x, y in zip(a[1], b[1])]
    hessian = {(i, j): div(sub(sub(h, mul(q, b[2][i, j])), add(mul(g[i], b[1][j]), mul(g[j], b[1][i]))), b[0])
               for (i, j), h in a[2].items()}
    return (q, g, hessian)


def jet_extreme(pick, sign):
    def of(a, b):
        above, below = (a, b) if sign > 0 else (b, a)
        if above[0][0] >= below[0][1]:
            return a
        if above[0][1] <= below[0][0]:
            return b
        return (pick(a[0], b[0]), [hull(x, y) for x, y in zip(a[1], b[1])], {k: WHOLE for k in a[2]})
    return of


def jet_power(a, r):
    value = power(a[0], r)
    if r == 0:
        return chain(a, value, lambda: ZERO, lambda: ZERO)
    rough = (r.denominator != 1 and a[0][0] < 0) or (r < 0 and pole(a[0]))
    smooth = lambda f: (lambda: WHOLE) if rough else f
    return chain(a, value, smooth(lambda: mul(exactly(r), power(a[0], r - 1))),
                 smooth(lambda: mul(exactly(r * (r - 1)), power(a[0], r - 2))))


def jet_decay(a, k):
    value = decay(a[0], k)
    term = lambda j: decay(a[0], k - j) if k >= j else mul(power(a[0], k - j), exp(neg(a[0])))
    scaled = lambda q, j: ZERO if q == 0 else mul(exactly(q), term(j))
    allowed = lambda f: (lambda: WHOLE) if a[0][0] < 0 else f
    return chain(a, value, allowed(lambda: sub(scaled(k, 1), value)),
                 allowed(lambda: add(sub(scaled(k * (k - 1), 2), scaled(2 * k, 1)), value)))


class Jets:
    """Intervals with first and second derivatives."""

    def __init__(self, n):
        self.keys = [(i, j) for i in range(n) for j in range(i + 1)]
        self.n = n

    def constant(self, a):
        return (a, [ZERO] * self.n, {k: ZERO for k in self.keys})

    def variable(self, i, a):
        return (a, [ONE if j == i else ZERO for j in range(self.n)], {k: ZERO for k in self.keys})

    def rational(self, q):
        return self.constant(exactly(q))

    add, sub, mul, div = (staticmethod(f) for f in (linear(add), linear(sub), jet_mul, jet_div))
    larger, smaller = staticmethod(jet_extreme(larger, 1)), staticmethod(jet_extreme(smaller, -1))
    power, decay = staticmethod(jet_power), staticmethod(jet_decay)
    range = staticmethod(lambda a: a[0])

    def neg(self, a):
        return self.sub(self.constant(ZERO), a)

    def unary(self, name, a):
        value = UNARY[name](a[0])
        first, second = SLOPES[name]
        return chain(a, value, lambda: first(a[0], value), lambda: second(a[0], value))

    def either(self, a, b):
        return (hull(a[0], b[0]), [WHOLE] * self.n, {k: WHOLE for k in self.keys})


class Intervals:
    """Intervals alone."""
    constant = staticmethod(lambda a: a)
    rational = staticmethod(exactly)
    add, sub, mul, div, neg = (staticmethod(f) for f in (add, sub, mul, div, neg))
    larger, smaller, power, decay, either = (staticmethod(f) for f in (larger, smaller, power, decay, hull))
    range = staticmethod(lambda a: a)
    unary = staticmethod(lambda name, a: UNARY[name](a))


class Exact:
    """Rationals; NoValue for what is none."""
    rational = staticmethod(lambda q: q)
    add, sub, mul = (staticmethod(f) for f in (Fraction.__add__, Fraction.__sub__, Fraction.__mul__))
    neg = staticmethod(Fraction.__neg__)
    larger, smaller = staticmethod(max), staticmethod(min)

    def constant(self, a):
        raise NoValue

    def div(self, a, b):
        if b == 0:
            raise NoValue
        return a / b

    def power(self, a, r):
        if abs(r) > 1000 or r.denominator > 2 or (a == 0 and r < 0):
            raise NoValue
        return (a if r.denominator == 1 else self.unary('sqrt', a)) ** r.numerator

    def decay(self, a, k):
        if a == 0:
            return Fraction(1 if k == 0 else 0)
        raise NoValue

    def unary(self, name, a):
        if name == 'abs':
            return abs(a)
        if name == 'sqrt' and a >= 0:
            p, q = arb(a.numerator).sqrt(), arb(a.denominator).sqrt()
            if p.is_exact() and q.is_exact() and p.is_integer() and q.is_integer():
                return Fraction(int(p.unique_fmpz()), int(q.unique_fmpz()))
        if a == 0 and name in ('exp', 'sin', 'cos', 'atan', 'erf', 'W', 'xlogx'):
            return Fraction(1 if name in ('exp', 'cos') else 0)
        if a == 1 and name in ('log', 'xlogx'):
            return Fraction(0)
        raise NoValue


class Series:
    """Power series to an order, the last coefficient over a panel."""

    def __init__(self, order):
        self.n = order

    def constant(self, a):
        return [a] + [ZERO] * self.n

    def variable(self, a):
        return [a, ONE] + [ZERO] * (self.n - 1)

    def rational(self, q):
        return self.constant(exactly(q))

    def add(self, a, b):
        return [add(x, y) for x, y in zip(a, b)]

    def neg(self, a):
        return [neg(x) for x in a]

    def sub(self, a, b):
        return self.add(a, self.neg(b))

    def total(self, terms):
        sum = ZERO
        for term in terms:
            sum = add(sum, term)
        return sum

    def mul(self, a, b):
        return [self.total(mul(a[j], b[k - j]) for j in range(k + 1)) for k in range(self.n + 1)]

    def div(self, a, b):
        c = []
        for k in range(self.n + 1):
            c.append(div(sub(a[k], self.total(mul(b[j], c[k - j]) for j in range(1, k + 1))), b[0]))
        return c

    def integral(self, first, slope):
        """The series with the given constant term and derivative."""
        return [first] + [mul(slope[k - 1], exactly(Fraction(1, k))) for k in range(1, self.n + 1)]

    def slope(self, a):
        return [mul(exactly(Fraction(k + 1)), a[k + 1]) for k in range(self.n)] + [ZERO]

    def ode(self, a, first, weight):
        """k c_k = sum over j of weight(j, k) a_j c_(k-j)."""
        c = [first]
        for k in range(1, self.n + 1):
            c.append(mul(self.total(mul(mul(exactly(weight(j, k)), a[j]), c[k - j]) for j in range(1, k + 1)),
                         exactly(Fraction(1, k))))
        return c

    def power(self, a, r):
        if r.denominator == 1 and 0 <= r < 1000:
            c = self.constant(ONE)
            for _ in range(r.numerator):
                c = self.mul(c, a)
            return [power(a[0], r)] + c[1:]
        if not a[0][0] > 0:
            raise NoValue
        scaled = [a[0]] + [div(x, a[0]) for x in a[1:]]
        return self.ode(scaled, power(a[0], r), lambda j, k: r * j - k + j)

    def decay(self, a, k):
        return self.mul(self.power(a, k), self.unary('exp', self.neg(a)))

    def unary(self, name, a):
        value = lambda: UNARY[name](a[0])
        if name == 'exp':
            return self.ode(a, value(), lambda j, k: Fraction(j))
        if name in ('sin', 'cos'):
            s, c = [sin(a[0])], [cos(a[0])]
            for k in range(1, self.n + 1):
                next_of = lambda other: mul(self.total(mul(mul(exactly(Fraction(j)), a[j]), other[k - j])
                                                       for j in range(1, k + 1)), exactly(Fraction(1, k)))
                s, c = s + [next_of(c)], c + [neg(next_of(s))]
            return s if name == 'sin' else c
        if name == 'log':
            if not a[0][0] > 0:
                raise NoValue
            return self.integral(value(), self.div(self.slope(a), a))
        if name == 'sqrt':
            return self.power(a, Fraction(1, 2))
        if name == 'atan':
            return self.integral(value(), self.div(self.slope(a), self.add(self.rational(Fraction(1)), self.mul(a, a))))
        if name == 'erf':
            bell = self.unary('exp', self.neg(self.mul(a, a)))
            return self.integral(value(), self.mul(self.constant(div(TWO, sqrt(PI))), self.mul(self.slope(a), bell)))
        if name == 'abs':
            return a if a[0][0] >= 0 else self.neg(a) if a[0][1] <= 0 else [value()] + [WHOLE] * self.n
        if name == 'xlogx':
            return self.mul(a, self.unary('log', a))
        raise NoValue

    def extreme(self, a, b, pick, sign):
        above, below = (a, b) if sign > 0 else (b, a)
        if above[0][0] >= below[0][1]:
            return a
        return b if above[0][1] <= below[0][0] else [pick(a[0], b[0])] + [WHOLE] * self.n

    def larger(self, a, b):
        return self.extreme(a, b, larger, 1)

    def smaller(self, a, b):
        return self.extreme(a, b, smaller, -1)

    def either(self, a, b):
        return [hull(a[0], b[0])] + [WHOLE] * self.n

    range = staticmethod(lambda a: a[0])


# --------------------------------------------------------------------------------------- formulas

class Names:
    """What texts in formulas stand for."""

    def __init__(self, certificate, proved):
        self.definitions = [(name, formula) for name, formula in certificate.get('definitions', [])]
        self.proved = proved
        names = [name for name, _ in self.definitions]
        need(len(set(names)) == len(names), 'a name is defined twice')

    def value(self, formula, arithmetic, variables):
        known = dict(variables)
        need(not any(name in known or name == 'pi' for name, _ in self.definitions), 'a name is defined twice')
        return self.of(formula, arithmetic, known, len(self.definitions))

    def of(self, e, A, known, scope):
        """The value of a formula that may use the first `scope` definitions."""
        go = lambda part: self.of(part, A, known, scope)
        if isinstance(e, str):
            if e in known:
                return known[e]
            for k, (name, formula) in enumerate(self.definitions[:scope]):
                if name == e:
                    known[e] = self.of(formula, A, known, k)
                    return known[e]
            if e == 'pi':
                return A.constant(PI)
            if e.startswith('@'):
                need(e[1:] in self.proved, f'{e} is not proved')
                return A.constant(self.proved[e[1:]])
            return A.rational(rational(e))
        name, *parts = e
        binary = {'+': A.add, '-': A.sub, '*': A.mul, '/': A.div, 'max': A.larger, 'min': A.smaller}
        if name in binary:
            need(len(parts) >= 2 and (name not in '-/' or len(parts) == 2), f'wrong number of operands of {name}')
            value = go(parts[0])
            for part in parts[1:]:
                value = binary[name](value, go(part))
            return value
        if name == 'neg' or name in UNARY:
            need(len(parts) == 1, f'wrong number of operands of {name}')
            return A.neg(go(parts[0])) if name == 'neg' else A.unary(name, go(parts[0]))
        if name == '^':
            return A.power(go(parts[0]), rational(parts[1]))
        if name == 'decay':
            return A.decay(go(parts[1]), rational(parts[0]))
        if name == 'cases':
            a, r = go(parts[0]), rational(parts[1])
            if isinstance(A, Exact):
                return go(parts[2] if a <= r else parts[3])
            lo, hi = A.range(a)
            if hi <= exactly(r)[0]:
                return go(parts[2])
            return go(parts[3]) if lo > exactly(r)[1] else A.either(go(parts[2]), go(parts[3]))
        need(name == 'algebraic', f'unknown operation {name}')
        return A.constant(algebraic(*parts))


def sign_changes(p, x):
    """Of Sturm's sequence of p at x."""
    sequence = [p, [k * c for k, c in enumerate(p)][1:]]
    while len(sequence[-1]) > 1:
        rest, by = list(sequence[-2]), sequence[-1]
        while len(rest) >= len(by):
            factor = rest[-1] / by[-1]
            for k in range(len(by)):
                rest[len(rest) - len(by) + k] -= factor * by[k]
            rest.pop()
            while rest and rest[-1] == 0:
                rest.pop()
        if not rest:
            break
        sequence.append([-c for c in rest])
    values = [sum(c * x ** k for k, c in enumerate(q)) for q in sequence]
    signs = [v > 0 for v in values if v != 0]
    return sum(a != b for a, b in zip(signs, signs[1:]))


def algebraic(coefficients, a, b):
    p = [rational(c) for c in coefficients]
    lo, hi = rational(a), rational(b)
    while p and p[-1] == 0:
        p.pop()
    need(len(p) >= 2 and lo < hi, 'no algebraic number')
    at = lambda x: sum(c * x ** k for k, c in enumerate(p))
    need(at(lo) != 0 and at(hi) != 0, 'a root at an end')
    first = sign_changes(p, lo)
    count = lambda x: first - sign_changes(p, x)
    need(count(hi) == 1, 'not exactly one root')
    for _ in range(200):
        middle = (lo + hi) / 2
        if at(middle) == 0:
            return exactly(middle)
        lo, hi = (lo, middle) if count(middle) == 1 else (middle, hi)
    return hull(exactly(lo), exactly(hi))


# ------------------------------------------------------------------------------------ certificates

class Extremum:
    """A supremum (or, of minus the expression, an infimum) and its cover."""

    def __init__(self, c, names):
        self.names, self.cover, self.at, self.leaves = names, c['cover'], 0, 0
        self.variables = [v['name'] for v in c['variables']]
        need(1 <= len(self.variables) <= 3 and len(set(self.variables)) == len(self.variables), 'variables')
        self.sign = 1 if c['kind'] == 'supremum' else -1
        self.f = c['expression'] if self.sign > 0 else ['neg', c['expression']]
        self.where = c.get('where', [])
        self.box = [(rational(v['lo']), rational(v['hi'])) for v in c['variables']]
        self.w = [rational(x) for x in c['witness']]
        least, most = (c['lo'], c['hi']) if self.sign > 0 else (c['hi'], c['lo'])
        self.least, self.most = self.sign * rational(least), self.sign * rational(most)
        self.jets = Jets(len(self.variables))

    def exact(self, formula, x):
        try:
            return self.names.value(formula, Exact(), zip(self.variables, x))
        except NoValue:
            return None

    def range(self, formula, box):
        try:
            return self.names.value(formula, Intervals, zip(self.variables, map(side, box)))
        except NoValue:
            return WHOLE

    def jet(self, box):
        x = [self.jets.variable(i, side(b)) for i, b in enumerate(box)]
        try:
            return self.names.value(self.f, self.jets, zip(self.variables, x))
        except NoValue:
            return None

    def check(self):
        need(all(lo < hi for lo, hi in self.box), 'no domain')
        need(len(self.w) == len(self.box) and all(lo <= w <= hi for (lo, hi), w in zip(self.box, self.w)), 'witness outside')
        point = [(w, w) for w in self.w]
        for condition in self.where:
            value = self.exact(condition, self.w)
            need(value >= 0 if value is not None else self.range(condition, point)[0] >= 0, 'witness outside')
        value = self.exact(self.f, self.w)
        reached = value >= self.least if value is not None else self.range(self.f, point)[0] >= exactly(self.least)[1]
        need(reached, 'the witness does not reach the bound')
        self.settle(self.box, False)
        need(self.at == len(self.cover), 'more cover than boxes')
        return self.leaves

    def settle(self, box, on_face):
        need(self.at < len(self.cover), 'a box is missing')
        token = self.cover[self.at]
        self.at += 1
        if token in '012':
            i = self.index(token)
            lo, hi = box[i]
            middle = (lo + hi) / 2
            self.settle(box[:i] + [(lo, middle)] + box[i + 1:], on_face)
            self.settle(box[:i] + [(middle, hi)] + box[i + 1:], on_face)
        elif token in 'LU':
            need(self.at < len(self.cover), 'a variable is missing')
            i = self.index(self.cover[self.at])
            self.at += 1
            jet = self.jet(box)
            need(jet is not None and (jet[1][i][1] <= 0 if token == 'L' else jet[1][i][0] >= 0), 'not monotone')
            end = box[i][0 if token == 'L' else 1]
            self.settle(box[:i] + [(end, end)] + box[i + 1:], True)
        else:
            need(self.settled(token, box, on_face), f'rule {token} does not settle {[(float(a), float(b)) for a, b in box]}')
            self.leaves += 1

    def index(self, token):
        need(token in '012' and int(token) < len(self.variables), 'no such variable')
        return int(token)

    def settled(self, rule, box, on_face):
        if rule == 'o':
            return not on_face and any(self.range(condition, box)[1] < 0 for condition in self.where)
        if rule == 'e':
            need(all(lo == hi for lo, hi in box), 'rule e on a box')
            value = self.exact(self.f, [lo for lo, _ in box])
            return value is not None and value <= self.most
        bound = {'v': self.by_values, 'm': self.by_mean, 't': self.by_taylor, 'c': self.by_concavity}.get(rule)
        need(bound is not None, f'unknown rule {rule}')
        upper = bound(box)
        return upper is not None and upper[1] <= exactly(self.most)[0]

    def by_values(self, box):
        return self.range(self.f, box)

    def along(self, value, gradient, box, c):
        for g, (lo, hi), x in zip(gradient, box, c):
            value = add(value, mul(g, hull(exactly(lo - x), exactly(hi - x))))
        return value

    def by_mean(self, box):
        c = [(lo + hi) / 2 for lo, hi in box]
        over = self.jet(box)
        return over and self.along(self.range(self.f, [(x, x) for x in c]), over[1], box, c)

    def by_taylor(self, box):
        c = [(lo + hi) / 2 for lo, hi in box]
        at, over = self.jet([(x, x) for x in c]), self.jet(box)
        if at is None or over is None:
            return None
        value = self.along(at[0], at[1], box, c)
        gap = [hull(exactly(lo - x), exactly(hi - x)) for (lo, hi), x in zip(box, c)]
        for (i, j), h in over[2].items():
            value = add(value, mul(mul(HALF, h), square(gap[i])) if i == j else mul(h, mul(gap[i], gap[j])))
        return value

    def by_concavity(self, box):
        active = [i for i, (lo, hi) in enumerate(box) if lo != hi or lo != self.w[i]]
        over = self.jet([(min(lo, w), max(hi, w)) for (lo, hi), w in zip(box, self.w)])
        at = self.jet([(w, w) for w in self.w])
        if over is None or at is None:
            return None
        m = [[neg(over[2][max(i, j), min(i, j)]) for j in active] for i in active]
        n = len(active)
        if n == 1 and not m[0][0][0] >= 0:
            return None
        if n > 1 and not all(determinant(m, k)[0] > 0 for k in range(1, n + 1)):
            return None
        flat = [at[1][i] if i in active else ZERO for i in range(len(box))]
        return self.along(at[0], flat, box, self.w)


def side(box):
    return (exactly(box[0])[0], exactly(box[1])[1])


def determinant(m, k):
    """The leading minor of a symmetric matrix of intervals, k = 1, 2, 3."""
    if k == 1:
        return m[0][0]
    if k == 2:
        return sub(mul(m[0][0], m[1][1]), square(m[0][1]))
    minor = lambda a, b: sub(mul(m[1][a], m[2][b]), mul(m[1][b], m[2][a]))
    return add(sub(mul(m[0][0], minor(1, 2)), mul(m[0][1], minor(0, 2))), mul(m[0][2], minor(0, 1)))


def inside(value, c):
    lo, hi = exactly(rational(c['lo']))[1], exactly(rational(c['hi']))[0]
    return value[0] >= lo and value[1] <= hi


def number(formula, names):
    try:
        return names.value(formula, Exact(), ())
    except NoValue:
        return names.value(formula, Intervals, ())


def check_enclosure(c, names):
    value = number(c['expression'], names)
    exact = isinstance(value, Fraction)
    need(rational(c['lo']) <= value <= rational(c['hi']) if exact else inside(value, c), 'outside the bounds')
    return 1


def check_inequality(c, names):
    a, b, relation = number(c['left'], names), number(c['right'], names), c['relation']
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        holds = {'<': a < b, '<=': a <= b, '=': a == b}[relation]
    else:
        a, b = (exactly(x) if isinstance(x, Fraction) else x for x in (a, b))
        holds = {'<': a[1] < b[0], '<=': a[1] <= b[0], '=': False}[relation]
    need(holds, 'the inequality is not seen')
    return 1


def check_integral(c, names):
    name, order, panels = c['variable']['name'], c['order'], c['panels']
    need(order % 2 == 0 and 2 <= order <= 40, 'order')
    ends = rational(c['variable']['lo']), rational(c['variable']['hi'])
    need(ends[0] < ends[1], 'no range')
    series = Series(order)
    at, leaves, total = 0, 0, ZERO

    def panel(rule, a, b):
        if rule == 'v':
            return mul(exactly(b - a), names.value(c['expression'], Intervals, [(name, side((a, b)))]))
        middle, h = (a + b) / 2, (b - a) / 2
        point = names.value(c['expression'], series, [(name, series.variable(exactly(middle)))])
        over = names.value(c['expression'], series, [(name, series.variable(side((a, b))))])
        parts = [mul((over if k == order else point)[k], exactly(2 * h ** (k + 1) / (k + 1))) for k in range(0, order + 1, 2)]
        return series.total(parts)

    def walk(a, b):
        nonlocal at, leaves, total
        need(at < len(panels) and panels[at] in 'stv', 'a panel is missing')
        rule = panels[at]
        at += 1
        if rule == 's':
            walk(a, (a + b) / 2)
            walk((a + b) / 2, b)
        else:
            leaves += 1
            total = add(total, panel(rule, a, b))

    walk(*ends)
    need(at == len(panels), 'more panels than the range has')
    need(inside(total, c), f'the sum of the panels is {total}')
    return leaves


def check_zero(c, names):
    lo, hi = rational(c['lo']), rational(c['hi'])
    need(lo < hi, 'no interval')
    at = lambda x: names.value(c['expression'], Intervals, [(c['variable'], exactly(x))])
    a, b = at(lo), at(hi)
    need((a[1] < 0 and b[0] > 0) or (a[0] > 0 and b[1] < 0), 'no change of sign')
    slope = names.value(c['expression'], Jets(1), [(c['variable'], Jets(1).variable(0, side((lo, hi))))])[1][0]
    need(slope[0] >= 0 or slope[1] <= 0, 'not monotone')
    return 1


def check_distance(c, _):
    """All pairs, in whole numbers: coordinates are doubles, so whole multiples of one power of two."""
    p, n, d = c['p'], len(c['from']), len(c['from'][0])
    double = lambda t: Fraction(float(t)) if type(t) in (int, float) else need(False, 'a number')
    points = [[double(t) for t in point] for point in c['from'] + c['to']]
    need(p in ('1', '2', 'infinity') and len(c['to']) == n >= 1 and all(len(q) == d >= 1 for q in points), 'points')
    need(sorted(c['plan']) == list(range(n)) and all(type(j) is int for j in c['plan']), 'the plan is no permutation')
    unit = max(t.denominator for q in points for t in q)
    whole = [[int(t * unit) for t in q] for q in points]
    x, y = whole[:n], whole[n:]
    square = lambda i, j: sum((a - b) ** 2 for a, b in zip(x[i], y[j]))
    v = [double(t) for t in c.get('potentials', [])]
    fine = max([1 << 80] + [t.denominator for t in v])

    def cost(i, j):
        """Bounds of the cost of a pair."""
        if p != '1':
            return (Fraction(square(i, j), unit * unit),) * 2
        radicand = square(i, j) * fine * fine
        root = isqrt(radicand)
        return Fraction(root, unit * fine), Fraction(root + (root * root < radicand), unit * fine)

    high = [cost(i, j)[1] for i, j in enumerate(c['plan'])]
    lo, hi = rational(c['lo']), rational(c['hi'])
    if p == 'infinity':
        need(max(high) <= hi, 'a pair of the plan is longer')
        chosen = set(c.get('set', {}).get('points', []))
        need(all(type(i) is int and 0 <= i < n for i in chosen), 'the set')
        forth = c.get('set', {}).get('side') == 'from'
        near = sorted(min(cost(i, j)[0] if forth else cost(j, i)[0] for i in chosen) for j in range(n)) if chosen else []
        need(lo <= (near[len(chosen) - 1] if chosen else 0), 'the set proves less')
        return n + n * len(chosen)
    need(len(v) == n, 'potentials')
    need(sum(high) <= hi * n, 'the plan costs more')
    need(lo * n <= sum(v) + sum(min(cost(i, j)[0] - v[j] for j in range(n)) for i in range(n)), 'the potentials prove less')
    return n * n


KINDS = {
    'distance': check_distance,
    'enclosure': check_enclosure, 'inequality': check_inequality, 'integral': check_integral, 'zero': check_zero,
    'supremum': lambda c, names: Extremum(c, names).check(), 'infimum': lambda c, names: Extremum(c, names).check(),
}


def references(part):
    if isinstance(part, str):
        return {part[1:]} if part.startswith('@') else set()
    return set().union(*(references(p) for p in part)) if isinstance(part, list) else set()


def check_all(certificates):
    """A result for each: {id, holds, leaves or reason}."""
    by_id, results = {}, {}
    for c in certificates:
        by_id.setdefault(c.get('id'), []).append(c)

    def check(name, path):
        if name in results:
            return results[name]
        try:
            need(len(by_id.get(name, [])) == 1, f'not one certificate of {name}')
            need(name not in path, 'a circle of references')
            [c] = by_id[name]
            need(c.get('format') == FORMAT and c.get('kind') in KINDS, 'unknown format or kind')
            proved = {}
            for other in references([c[k] for k in ('expression', 'left', 'right', 'where', 'definitions') if k in c]):
                need(check(other, path + [name])['holds'] and 'lo' in by_id[other][0], f'{other} does not hold')
                proved[other] = side((rational(by_id[other][0]['lo']), rational(by_id[other][0]['hi'])))
            results[name] = {'id': name, 'holds': True, 'leaves': KINDS[c['kind']](c, Names(c, proved))}
        except (Refused, NoValue, KeyError, TypeError, ValueError, IndexError, ArithmeticError, RecursionError) as error:
            results[name] = {'id': name, 'holds': False, 'reason': f'{error or type(error).__name__}'}
        return results[name]

    return [check(c.get('id'), []) for c in certificates]


def main(arguments):
    files = [Path(a) for a in arguments if a != '--json']
    if not files:
        files = sorted((Path(__file__).resolve().parent.parent / 'data' / 'certificates').glob('*.json'))
    # A file may hold one certificate or a list of them.
    read = [json.loads(file.read_text(encoding='utf-8')) for file in files]
    results = check_all([c for content in read for c in (content if isinstance(content, list) else [content])])
    if '--json' in arguments:
        print(json.dumps(results))
    else:
        for r in results:
            print(f"{r['id']}: " + (f"proved, {r['leaves']} leaves" if r['holds'] else f"NOT PROVED: {r['reason']}"))
        print(f"{sum(r['holds'] for r in results)} of {len(results)} certificates hold")
    return 0 if all(r['holds'] for r in results) else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
