"""Counts the rows of a file of doubles [function, x, y, lo, hi] whose interval misses the value that Arb encloses."""
import array
import json
import sys

from flint import arb, ctx

# x^(2/3) by logarithm, as Arb's power of an inexact exponent.
ctx.prec = 2400
TWO_THIRDS = arb(2) / 3
FUNCTIONS = [
    lambda x, y: x + y, lambda x, y: x - y, lambda x, y: x * y, lambda x, y: x / y,
    lambda x, y: x.sqrt(), lambda x, y: x.exp(), lambda x, y: x.log(), lambda x, y: x.sin(), lambda x, y: x.cos(),
    lambda x, y: x.atan(), lambda x, y: x.erf(), lambda x, y: x.lambertw(), lambda x, y: x * x.log(),
    lambda x, y: x ** TWO_THIRDS, lambda x, y: x ** 5, lambda x, y: x ** 2 * (-x).exp(),
]
# Bounds that hold for every argument: where a value comes closer to them than any precision tells.
BOUNDS = {5: (0.0, float('inf')), 7: (-1.0, 1.0), 8: (-1.0, 1.0), 10: (-1.0, 1.0), 15: (0.0, float('inf'))}
LARGEST = sys.float_info.max
assert arb(710).exp() > arb(LARGEST)


def holds(which, x, y, lo, hi):
    """Whether lo <= f(x, y) <= hi is certain, at 200 bits or at those that two doubles of different size take."""
    bounds = BOUNDS.get(which, ())
    for ctx.prec in (200, 2400):
        value = FUNCTIONS[which](arb(x), arb(y))
        low = lo in bounds or arb(lo) <= value or (which == 5 and x > 710 and lo <= LARGEST)
        if low and (hi in bounds or value <= arb(hi)):
            return True
    return False


rows = array.array('d')
with open(sys.argv[1], 'rb') as file:
    rows.frombytes(file.read())
seen, missed, first = [0] * len(FUNCTIONS), [0] * len(FUNCTIONS), [None] * len(FUNCTIONS)
for at in range(0, len(rows), 5):
    which, x, y, lo, hi = rows[at:at + 5]
    which = int(which)
    seen[which] += 1
    if not holds(which, x, y, lo, hi):
        missed[which] += 1
        first[which] = first[which] or f'{x!r}, {y!r}: not known to be in [{lo!r}, {hi!r}]'
print(json.dumps({'seen': seen, 'missed': missed, 'first': first}))
