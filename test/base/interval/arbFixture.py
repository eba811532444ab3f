"""Values of functions at random doubles, enclosed by Arb: python arbFixture.py > arbFixture.json (python-flint 0.9.0).

Each row: name, the double as the integer of its bits, and two numbers m 2^e around the value.
"""
import json
import random
import struct

from flint import arb, ctx

ctx.prec = 300
random.seed(1)


def double(bits):
    return struct.unpack('<d', struct.pack('<Q', bits))[0]


def any_double():
    while True:
        bits = random.getrandbits(64)
        if (bits >> 52) & 0x7FF != 0x7FF:
            return double(bits)


def log_uniform(least, most):
    return random.choice((-1, 1)) * 2.0 ** random.uniform(least, most) * random.uniform(0.5, 1)


FUNCTIONS = {
    'exp': (arb.exp, lambda: log_uniform(-60, 9.47)),
    'log': (arb.log, lambda: abs(any_double()) if random.random() < 0.5 else 1 + log_uniform(-50, -1)),
    'sin': (arb.sin, lambda: log_uniform(-60, 19)),
    'cos': (arb.cos, lambda: log_uniform(-60, 19)),
    'atan': (arb.atan, lambda: any_double() if random.random() < 0.3 else log_uniform(-20, 20)),
    'erf': (arb.erf, lambda: log_uniform(-60, 3)),
    'W': (arb.lambertw, lambda: abs(any_double()) if random.random() < 0.3 else abs(log_uniform(-20, 20))),
    'xlogx': (lambda x: x * x.log(), lambda: abs(log_uniform(-60, 20))),
    'sqrt': (arb.sqrt, lambda: abs(any_double())),
}
rows = []
for name, (f, draw) in FUNCTIONS.items():
    for _ in range(300):
        x = draw()
        y = f(arb(x))
        bits = struct.unpack('<Q', struct.pack('<d', x))[0]
        ends = []
        for end, outwards in ((y.lower(), 0), (y.upper(), 1)):
            mantissa, exponent = (int(part) for part in end.man_exp())
            # Rounded outwards to 140 bits, more than doubles need.
            excess = max(0, abs(mantissa).bit_length() - 140)
            ends += [str((mantissa >> excess) + (outwards if excess else 0)), exponent + excess]
        rows.append([name, str(bits), *ends])
print('[')
print(',\n'.join(json.dumps(row) for row in rows))
print(']')
