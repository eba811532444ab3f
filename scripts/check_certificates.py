#!/usr/bin/env python3
"""Checks the certificates of mean-field-limit a second time, sharing no code with the first checker: the numbers come
from Arb (python-flint), the rules and the format from docs/proofs.md.

    python3 -m venv .check && .check/bin/pip install --require-hashes -r requirements-check.txt
    .check/bin/python scripts/check_certificates.py [--json] [FILES...]     default: data/certificates/*.json

Exit code 0 if all hold, 1 if one does not. A line each; with --json one JSON document.
"""
import json
import operator
import re
import sys
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, reduce
from math import isqrt
from pathlib import Path

from flint import arb, arb_mat, arb_series, ctx, fmpq, fmpq_poly
from flint.utils.flint_exceptions import DomainError

ctx.prec = 128
sys.setrecursionlimit(20000)
FORMAT = 'mean-field-limit certificate 1'
INF = arb('inf')


class Refused(Exception):
    """Why a certificate does not hold."""


class NoValue(Exception):
    """A function that is not defined where it is asked for."""


def need(condition, why):
    if not condition:
        raise Refused(why)


def rational(text):
    parts = re.fullmatch(r'([+-]?\d+(?:\.\d+)?(?:e[+-]?\d{1,4})?)(?:/(\d+))?', text) if isinstance(text, str) else None
    need(parts, f'no rational: {text}')
    return fmpq(*Fraction(parts[1]).as_integer_ratio()) / int(parts[2] or 1)


# ---------------------------------------------------------------------------------------- intervals
# An interval is a pair of exact arbs; an infinite end is no bound.
WHOLE = (-INF, INF)


def enclose(*balls):
    """The least interval that holds balls; infinity is no member."""
    if any(ball.is_nan() for ball in balls):
        return WHOLE
    lo, hi = min(ball.lower() for ball in balls), max(ball.upper() for ball in balls)
    if lo == INF or hi == -INF:
        raise NoValue
    return lo, hi


def interval(value):
    """Of a rational or an interval."""
    return enclose(arb(value)) if isinstance(value, fmpq) else value


def ends(value):
    """Of a rational, exactly, or an interval."""
    return (value, value) if isinstance(value, fmpq) else value


def between(lo, hi):
    return lo if lo == hi else hull(interval(lo), interval(hi))


def hull(a, b):
    return enclose(*a, *b)


def add(a, b):
    return enclose(a[0] + b[0], a[1] + b[1])


def neg(a):
    return -a[1], -a[0]


def mul(a, b):
    return enclose(*(arb(0) if x == 0 or y == 0 else x * y for x in a for y in b))


def inv(a):
    if a[0] == 0 and a[1] == 0:
        raise NoValue
    if a[0] < 0 and a[1] > 0:
        return WHOLE
    return enclose(-INF if a[1] == 0 else 1 / a[1], INF if a[0] == 0 else 1 / a[0])


def larger(a, b):
    return max(a[0], b[0]), max(a[1], b[1])


def absolute(a):
    return max(a[0], -a[1], arb(0)), max(-a[0], a[1])


def not_negative(a):
    """What of an interval is not negative."""
    if a[1] < 0:
        raise NoValue
    return max(a[0], arb(0)), a[1]


def power(a, r):
    if r < 0:
        return inv(power(a, -r))
    if r == 0:
        return interval(fmpq(1))
    if r.q != 1:
        a = not_negative(a)
    elif r.p % 2 == 0:
        a = absolute(a)
    return enclose(*(x ** r if -INF < x < INF else x for x in a))


def rising(f, least, bottom, top):
    """The range of a function that rises from `bottom` at `least` to `top` at infinity."""
    def of(a):
        if a[1] < least:
            raise NoValue
        return enclose(*(bottom if x <= least else top if x == INF else f(x) for x in a))
    return of


def wave(f, shift):
    """The range of the cosine (shift 0) or the sine (1/2): 1 and -1 in turn at (m + shift) pi, monotone between."""
    def of(a):
        first, last = (a[0] / arb.pi() - shift).lower().ceil(), (a[1] / arb.pi() - shift).upper().floor()
        if not last - first < 1:
            return arb(-1), arb(1)
        return enclose(f(a[0]), f(a[1]), *([arb(1 - 2 * (first.unique_fmpz() % 2))] if first == last else []))
    return of


def unimodal(f, at, extremum, a):
    """The range of a function on [0, infinity) with one extremum."""
    a = not_negative(a)
    return enclose(f(a[0]), f(a[1]), *([] if at < a[0] or at > a[1] else [extremum]))


def xlogx(a):
    return unimodal(lambda x: x if x == 0 or x == INF else x * x.log(), arb(-1).exp(), -arb(-1).exp(), a)


def decay(a, k):
    if k < 0:
        raise NoValue
    return unimodal(lambda x: arb(0) if x == INF else x ** k * (-x).exp(), arb(k), arb(k) ** k * (-arb(k)).exp(), a)


INTERVALS = {
    '+': add, '-': lambda a, b: add(a, neg(b)), '*': mul, '/': lambda a, b: mul(a, inv(b)), 'neg': neg, 'abs': absolute,
    'max': larger, 'min': lambda a, b: neg(larger(neg(a), neg(b))), '^': power, 'decay': decay, 'xlogx': xlogx,
    'sin': wave(arb.sin, 0.5), 'cos': wave(arb.cos, 0),
    'exp': rising(arb.exp, -INF, arb(0), INF), 'log': rising(arb.log, 0, -INF, INF),
    'sqrt': rising(arb.sqrt, 0, arb(0), INF), 'W': rising(arb.lambertw, 0, arb(0), INF),
    'atan': rising(arb.atan, -INF, -arb.pi() / 2, arb.pi() / 2), 'erf': rising(arb.erf, -INF, arb(-1), arb(1)),
}


# --------------------------------------------------------------------------------------- rationals

def exact_power(a, r):
    if abs(r) > 1000 or r.q > 2:
        raise NoValue
    return (a if r.q == 1 else a.sqrt()) ** int(r.p)


EXACT = {
    '+': operator.add, '-': operator.sub, '*': operator.mul, '/': operator.truediv, 'neg': operator.neg,
    'abs': abs, 'max': max, 'min': min, 'sqrt': fmpq.sqrt, '^': exact_power,
}


# ------------------------------------------------------------------------------------ power series
# For integrals, in balls, to the order of ctx.cap.

def series_div(a, b):
    if not (b[0] > 0 or b[0] < 0):
        raise NoValue
    return a / b


def series_power(a, r):
    if not (a[0] > 0 or (r.q == 1 and (r >= 0 or a[0] < 0))):
        raise NoValue
    return a ** (int(r.p) if r.q == 1 else r)


SERIES = {
    **{name: EXACT[name] for name in ('+', '-', '*', 'neg')}, '/': series_div, '^': series_power,
    **{name: getattr(arb_series, name) for name in ('exp', 'log', 'sqrt', 'sin', 'cos', 'atan', 'erf')},
    'W': arb_series.lambertw, 'xlogx': lambda a: a * a.log(), 'decay': lambda a, k: series_power(a, k) * (-a).exp(),
}


# --------------------------------------------------------------------------------------- formulas

@dataclass(frozen=True, eq=False)
class Node:
    """An operation of a formula, equal to itself only. That of `cases` has (r, strict, undecided) as parameter: above
    where the test is > r (>= r unless strict), below where it is <= r, undecided(below, above) on a box with both."""
    name: str
    parameter: object = None
    operands: tuple = ()


def constant(value):
    return Node('constant', value)


PI = constant(enclose(arb.pi()))
ARITY = {'+': 2, '-': 2, '*': 2, '/': 2, 'max': 2, 'min': 2, 'cases': 3}
PARAMETER_AT = {'^': 1, 'cases': 1, 'decay': 0}


def parse(e, names):
    if isinstance(e, str):
        return names['@'](e[1:]) if e.startswith('@') else names[e] if e in names else constant(rational(e))
    name, *parts = e
    if name == 'algebraic':
        return constant(algebraic(*parts))
    parameter = rational(parts.pop(PARAMETER_AT[name])) if name in PARAMETER_AT else None
    parts = [parse(part, names) for part in parts]
    need(name in INTERVALS or name == 'cases', f'unknown operation {name}')
    if name in ('+', '*', 'max', 'min') and len(parts) > 2:
        return reduce(lambda a, b: Node(name, None, (a, b)), parts)
    need(len(parts) == ARITY.get(name, 1), f'wrong number of operands of {name}')
    return Node(name, (parameter, True, hull) if name == 'cases' else parameter, tuple(parts))


def algebraic(coefficients, a, b):
    """Arb isolates the roots and tells which are real."""
    polynomial, lo, hi = fmpq_poly([rational(c) for c in coefficients]), rational(a), rational(b)
    need(polynomial.degree() >= 1 and lo < hi, 'no algebraic number')
    real = [root.real for root, _ in polynomial.complex_roots() if root.imag == 0]
    roots = [root for root in real if not (root < lo or root > hi)]
    need(len(roots) == 1 and lo < roots[0] < hi, 'not exactly one root')
    return enclose(roots[0])


class Ranges:
    """Values of formulas over a box: rationals as long as all steps are, else intervals. Slopes at a point of a box are
    of what a formula is on the `whole` of it: at the kink itself nobody sees which of two it is."""

    def __init__(self, known, whole=None):
        self.known, self.whole, self.seen = known, whole or self, {}

    def of(self, node):
        if node not in self.seen:
            self.seen[node] = self.value(node)
        return self.seen[node]

    def or_whole(self, node):
        try:
            return self.of(node)
        except NoValue:
            return WHOLE

    def value(self, node):
        name, parameter = node.name, node.parameter
        if name == 'constant':
            return parameter
        if name == 'variable':
            return self.known[parameter]
        if name == 'chain':
            return Ranges({'a': self.of(node.operands[0])}).or_whole(parameter)
        if name == 'cases':
            branch = self.branch(node)
            return self.of(branch) if branch else parameter[2](*(interval(self.of(part)) for part in node.operands[1:]))
        parts = [self.of(part) for part in node.operands]
        more = [] if parameter is None else [parameter]
        exact = all(isinstance(part, fmpq) for part in parts)
        if exact and name in EXACT:
            try:
                return EXACT[name](*parts, *more)
            except (NoValue, ZeroDivisionError, DomainError):
                pass
        value = INTERVALS[name](*map(interval, parts), *more)
        return value[0].fmpq() if exact and name != '^' and value[0] == value[1] else value

    def branch(self, node):
        """The operand that `cases` is everywhere, if there is one."""
        (r, strict, _), (test, below, above) = node.parameter, node.operands
        lo, hi = ends(self.whole.of(test))
        return above if lo > r or (lo >= r and not strict) else below if hi <= r else None


def ball(value):
    return arb(value) if isinstance(value, fmpq) else value[0].union(value[1])


class Series(Ranges):
    """Power series about the points of a part of a panel."""

    def __init__(self, name, part, panel):
        super().__init__({name: arb_series([ball(part), 1])}, Ranges({name: panel}))

    def value(self, node):
        if node.name == 'constant':
            return arb_series([ball(node.parameter)])
        if node.name == 'variable':
            return self.known[node.parameter]
        if node.name in ('cases', *KINKS):
            branch = self.branch(kink(node) if node.name in KINKS else node)
            if not branch:
                raise NoValue
            return self.of(branch)
        value = SERIES[node.name](*map(self.of, node.operands), *([] if node.parameter is None else [node.parameter]))
        if value.prec < ctx.cap or any(c.is_nan() for c in value.coeffs()):
            raise NoValue
        return value


# ------------------------------------------------------------------------------------- derivatives
# They are formulas. What has none has the whole line, NOWHERE.
ZERO, ONE, NOWHERE = constant(fmpq(0)), constant(fmpq(1)), constant(WHOLE)
A = Node('variable', 'a')
SLOPES = {
    'exp': ['exp', 'a'], 'log': ['/', '1', 'a'], 'sqrt': ['/', '1/2', ['sqrt', 'a']], 'sin': ['cos', 'a'],
    'cos': ['neg', ['sin', 'a']], 'atan': ['/', '1', ['+', '1', ['^', 'a', '2']]], 'xlogx': ['+', ['log', 'a'], '1'],
    'erf': ['*', ['/', '2', ['sqrt', 'pi']], ['exp', ['neg', ['^', 'a', '2']]]],
    'W': ['/', ['exp', ['neg', ['W', 'a']]], ['+', '1', ['W', 'a']]],
}
# |a|, max and min as cases: of what is compared with 0, what they are below and what above.
KINKS = {
    'abs': lambda a: (a, Node('neg', None, (a,)), a),
    'max': lambda a, b: (Node('-', None, (a, b)), b, a),
    'min': lambda a, b: (Node('-', None, (a, b)), a, b),
}


def kink(node):
    return Node('cases', (fmpq(0), False, hull), KINKS[node.name](*node.operands))


def where(test, strict, node):
    """A slope where test >= 0 (> 0), and none elsewhere."""
    return Node('cases', (fmpq(0), strict, hull), (test, NOWHERE, node))


def times(a, b):
    """Equal factors are a square, which is not negative."""
    if a is ZERO or b is ZERO:
        return ZERO
    if a.name == '*' and a.operands[1] is b:
        return Node('*', None, (a.operands[0], Node('^', fmpq(2), (b,))))
    return Node('*', None, (a, b))


@cache
def derivative(name, r):
    """Of a function of a, and only where it is smooth: no pole, nothing undefined."""
    if name == '^':
        formula = ['*', str(r), ['^', 'a', str(r - 1)]]
    elif name == 'decay':
        first = ['decay', str(r - 1), 'a'] if r >= 1 else ['*', ['^', 'a', str(r - 1)], ['exp', ['neg', 'a']]]
        formula = ['-', ['*', str(r), first], ['decay', str(r), 'a']]
    else:
        formula = SLOPES[name]
    node, integer = parse(formula, {'a': A, 'pi': PI}), name == '^' and r.q == 1
    if name in ('exp', 'sin', 'cos', 'atan', 'erf') or (integer and r >= 0):
        return node
    return where(Node('abs', None, (A,)) if integer else A, name == 'log' or (name == '^' and r < 0), node)


@cache
def slope(node, x):
    """The derivative of a formula in x."""
    if node is NOWHERE:
        return NOWHERE
    if node.name == 'variable':
        return ONE if node.parameter == x else ZERO
    slopes = [slope(part, x) for part in node.operands]
    if all(part is ZERO for part in slopes):
        return ZERO
    if node.name in KINKS:
        test, below, above = kink(node).operands
        return Node('cases', (fmpq(0), False, hull), (test, slope(below, x), slope(above, x)))
    if node.name == 'cases':
        return Node('cases', (*node.parameter[:2], lambda below, above: WHOLE), (node.operands[0], *slopes[1:]))
    if node.name in ('+', '-', 'neg'):
        return Node(node.name, None, tuple(slopes))
    if node.name == '*':
        a, b = node.operands
        return Node('+', None, (times(slopes[0], b), times(a, slopes[1])))
    if node.name == '/':
        top = Node('-', None, (slopes[0], times(node, slopes[1])))
        divisor = node.operands[1]
        return where(Node('abs', None, (divisor,)), True, Node('/', None, (top, divisor)))
    outer = slope(node.parameter, 'a') if node.name == 'chain' else derivative(node.name, node.parameter)
    return times(Node('chain', outer, node.operands), slopes[0])


# ------------------------------------------------------------------------------------ certificates

def formulas(c, proved, *variables):
    """What makes nodes of the formulas of a certificate; proved: of '@id'."""
    names = {'pi': PI, '@': proved}
    for name, formula in [(name, None) for name in variables] + c.get('definitions', []):
        need(re.fullmatch(r'[a-zA-Z]\w*', name) and name not in names, f'{name} is no name, or defined twice')
        names[name] = Node('variable', name) if formula is None else parse(formula, names)
    return lambda e: parse(e, names)


def inside(value, c):
    lo, hi = ends(value)
    need(rational(c['lo']) <= lo and hi <= rational(c['hi']), f'outside the bounds: {lo}, {hi}')


class Extremum:
    """A supremum (or, of minus the expression, an infimum) and its cover."""

    def __init__(self, c, proved):
        self.names = [v['name'] for v in c['variables']]
        need(1 <= len(self.names) <= 3, 'variables')
        formula = formulas(c, proved, *self.names)
        sign = 1 if c['kind'] == 'supremum' else -1
        self.f = formula(c['expression'] if sign > 0 else ['neg', c['expression']])
        self.where = [formula(condition) for condition in c.get('where', [])]
        self.box = [(rational(v['lo']), rational(v['hi'])) for v in c['variables']]
        self.w = [rational(x) for x in c['witness']]
        least, most = (c['lo'], c['hi']) if sign > 0 else (c['hi'], c['lo'])
        self.least, self.most = sign * rational(least), sign * rational(most)
        self.tokens, self.leaves = iter(c['cover']), 0

    def over(self, box, whole=None):
        return Ranges({x: between(*side) for x, side in zip(self.names, box)}, whole)

    def check(self):
        need(all(lo < hi for lo, hi in self.box), 'no domain')
        need(len(self.w) == len(self.box), 'witness')
        need(all(lo <= w <= hi for (lo, hi), w in zip(self.box, self.w)), 'witness outside')
        at = self.over([(w, w) for w in self.w])
        need(all(ends(at.or_whole(condition))[0] >= 0 for condition in self.where), 'witness outside')
        need(ends(at.or_whole(self.f))[0] >= self.least, 'the witness does not reach the bound')
        self.settle(self.box, False)
        need(next(self.tokens, None) is None, 'more cover than boxes')
        return self.leaves

    def index(self, token):
        need(token in ('0', '1', '2') and int(token) < len(self.names), f'a box is missing, or no rule: {token}')
        return int(token)

    def settle(self, box, on_face):
        token = next(self.tokens, None)
        if token in ('L', 'U'):
            i = self.index(next(self.tokens, None))
            lo, hi = ends(self.over(box).or_whole(slope(self.f, self.names[i])))
            need(hi <= 0 if token == 'L' else lo >= 0, 'not monotone')
            end = box[i][0 if token == 'L' else 1]
            self.settle(box[:i] + [(end, end)] + box[i + 1:], True)
        elif token in ('v', 'm', 't', 'c', 'e', 'o'):
            need(self.settled(token, box, on_face), f'rule {token} does not settle {box}')
            self.leaves += 1
        else:
            i = self.index(token)
            lo, hi = box[i]
            for half in ((lo, (lo + hi) / 2), ((lo + hi) / 2, hi)):
                self.settle(box[:i] + [half] + box[i + 1:], on_face)

    def settled(self, rule, box, on_face):
        over = self.over(box)
        if rule == 'o':
            return not on_face and any(ends(over.or_whole(condition))[1] < 0 for condition in self.where)
        if rule in ('v', 'e'):
            value = over.or_whole(self.f)
            exact = all(lo == hi for lo, hi in box) and isinstance(value, fmpq)
            return ends(value)[1] <= self.most and (rule == 'v' or exact)
        c = [(lo + hi) / 2 for lo, hi in box]
        if rule == 'c':
            c, over = self.w, self.over([(min(lo, w), max(hi, w)) for (lo, hi), w in zip(box, self.w)])
            if not self.concave(over, box):
                return False
        at = self.over([(x, x) for x in c], over)
        gaps = [interval(between(lo - x, hi - x)) for (lo, hi), x in zip(box, c)]
        terms = [interval(at.or_whole(self.f))]
        for i, x in enumerate(self.names):
            first = slope(self.f, x)
            terms.append(mul(interval((over if rule == 'm' else at).or_whole(first)), gaps[i]))
            for j, y in enumerate(self.names[:i + 1] if rule == 't' else []):
                square = mul(interval(fmpq(1, 2)), power(gaps[i], fmpq(2))) if i == j else mul(gaps[i], gaps[j])
                terms.append(mul(interval(over.or_whole(slope(first, y))), square))
        return reduce(add, terms)[1] <= self.most

    def concave(self, over, box):
        """By Sylvester's criterion for minus the Hessian, in the variables in which box and witness differ."""
        active = [x for x, (lo, hi), w in zip(self.names, box, self.w) if lo != hi or lo != w]
        bend = [[neg(interval(over.or_whole(slope(slope(self.f, x), y)))) for y in active] for x in active]
        if len(active) == 1:
            return bend[0][0][0] >= 0
        minors = (arb_mat([[ball(b) for b in row[:k]] for row in bend[:k]]) for k in range(1, len(active) + 1))
        return all(minor.det() > 0 for minor in minors)


def check_enclosure(c, proved):
    inside(Ranges({}).of(formulas(c, proved)(c['expression'])), c)
    return 1


def check_inequality(c, proved):
    formula = formulas(c, proved)
    a, b = (Ranges({}).of(formula(c[key])) for key in ('left', 'right'))
    most, least, exact = ends(a)[1], ends(b)[0], isinstance(a, fmpq) and isinstance(b, fmpq)
    need({'<': most < least, '<=': most <= least, '=': exact and a == b}[c['relation']], 'the inequality is not seen')
    return 1


# A ball is wider than an interval, which thinner ones make up for: what is over a panel is in the union over its parts.
PARTS = 32


def check_integral(c, proved):
    name, order, panels = c['variable']['name'], c['order'], iter(c['panels'])
    f = formulas(c, proved, name)(c['expression'])
    need(order % 2 == 0 and 2 <= order <= 40, 'order')
    ctx.cap = order + 1

    def settle(lo, hi):
        """Enclosures of the panels between."""
        rule, middle, h, panel = next(panels, None), (lo + hi) / 2, (hi - lo) / 2, between(lo, hi)
        need(rule in ('s', 't', 'v'), 'a panel is missing')
        if rule == 's':
            return settle(lo, middle) + settle(middle, hi)
        if rule == 'v':
            return [mul(interval(hi - lo), interval(Ranges({name: panel}).of(f)))]
        grid = [lo + (hi - lo) * k / PARTS for k in range(PARTS + 1)]
        over = [Series(name, between(a, b), panel).of(f)[order] for a, b in zip(grid, grid[1:])]
        at = Series(name, middle, panel).of(f)
        coefficients = [at[k] for k in range(0, order, 2)] + [reduce(arb.union, over)]
        return [enclose(sum(a * (2 * h ** (2 * k + 1) / (2 * k + 1)) for k, a in enumerate(coefficients)))]

    lo, hi = rational(c['variable']['lo']), rational(c['variable']['hi'])
    need(lo < hi, 'no range')
    parts = settle(lo, hi)
    need(next(panels, None) is None, 'more panels than the range has')
    inside(reduce(add, parts), c)
    return len(parts)


def check_zero(c, proved):
    lo, hi, x = rational(c['lo']), rational(c['hi']), c['variable']
    need(lo < hi, 'no interval')
    f = formulas(c, proved, x)(c['expression'])
    a, b = (ends(Ranges({x: end}).of(f)) for end in (lo, hi))
    need((a[1] < 0 and b[0] > 0) or (a[0] > 0 and b[1] < 0), 'no change of sign')
    least, most = ends(Ranges({x: between(lo, hi)}).of(slope(f, x)))
    need(least >= 0 or most <= 0, 'not monotone')
    return 1


def check_distance(c, _):
    """All pairs, exactly; of a root the whole numbers on both sides, in a unit of 2^-80 of the coordinates'."""
    p, n, v = c['p'], len(c['from']), c.get('potentials', [])
    points = c['from'] + c['to']
    need(p in ('1', '2', 'infinity') and len(c['to']) == n >= 1, 'points')
    need(all(len(point) == len(points[0]) >= 1 for point in points), 'points')
    need(all(type(t) in (int, float) for t in sum(points, v)), 'a number')
    need(sorted(c['plan']) == list(range(n)) and all(type(j) is int for j in c['plan']), 'the plan is no permutation')
    *points, v = [[fmpq(*float(t).as_integer_ratio()) for t in row] for row in [*points, v]]
    fine = max(int(t.q) for point in points for t in point) * max([1 << 80] + [int(t.q) for t in v])

    def cost(i, j):
        """Bounds of the cost of a pair."""
        square = sum((a - b) ** 2 for a, b in zip(points[i], points[n + j]))
        if p != '1':
            return square, square
        scaled = square * fine * fine
        root = isqrt(int(scaled))
        return fmpq(root, fine), fmpq(root + (root * root < scaled), fine)

    high = [cost(i, j)[1] for i, j in enumerate(c['plan'])]
    lo, hi = rational(c['lo']), rational(c['hi'])
    if p == 'infinity':
        need(max(high) <= hi, 'a pair of the plan is longer')
        chosen, forth = set(c.get('set', {}).get('points', [])), c.get('set', {}).get('side') == 'from'
        need(all(type(i) is int and 0 <= i < n for i in chosen), 'the set')
        to_set = lambda j: min((cost(i, j)[0] if forth else cost(j, i)[0] for i in chosen), default=0)
        need(lo <= sorted(map(to_set, range(n)))[len(chosen) - 1], 'the set proves less')
        return n + n * len(chosen)
    need(len(v) == n, 'potentials')
    need(sum(high) <= hi * n, 'the plan costs more')
    rest = (min(cost(i, j)[0] - v[j] for j in range(n)) for i in range(n))
    need(lo * n <= sum(v) + sum(rest), 'the potentials prove less')
    return n * n


KINDS = {
    'enclosure': check_enclosure, 'inequality': check_inequality, 'integral': check_integral, 'zero': check_zero,
    'distance': check_distance, **dict.fromkeys(('supremum', 'infimum'), lambda c, proved: Extremum(c, proved).check()),
}


def check_all(certificates):
    """A result for each: {id, holds, leaves or reason}."""
    by_id, results = {}, {}
    for c in certificates:
        by_id.setdefault(c.get('id'), []).append(c)

    def proved(name):
        """The number that a certificate encloses."""
        need(check(name)['holds'] and 'lo' in by_id[name][0], f'{name} does not hold')
        return constant(between(rational(by_id[name][0]['lo']), rational(by_id[name][0]['hi'])))

    def check(name):
        if name not in results:
            results[name] = {'id': name, 'holds': False, 'reason': 'a circle of references'}
            try:
                need(len(by_id.get(name, [])) == 1, f'not one certificate of {name}')
                [c] = by_id[name]
                need(c.get('format') == FORMAT and c.get('kind') in KINDS, 'unknown format or kind')
                results[name] = {'id': name, 'holds': True, 'leaves': KINDS[c['kind']](c, proved)}
            except (Refused, NoValue, LookupError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
                results[name]['reason'] = str(error) or type(error).__name__
        return results[name]

    return [check(c.get('id')) for c in certificates]


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
