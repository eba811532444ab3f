"""Makes assignmentFixture.json: W_p of small clouds by SciPy's linear_sum_assignment.

python test/transport/assignmentFixture.py > test/transport/assignmentFixture.json   (SciPy 1.17.1, NumPy 2.4.6)

The clouds are made by the same rule in assignment.test.ts: uniforms from x -> 48271 x mod 2^31 - 1, divided by 2^31 - 1,
drawn point by point, coordinate by coordinate, X first; only + - * / are used, so both sides get the same doubles.
"""
import json
import numpy as np
import scipy
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

M = 2**31 - 1


def clouds(family, n, d, seed):
    state = seed

    def uniform():
        nonlocal state
        state = 48271 * state % M
        return state / M

    def bell():
        return uniform() + uniform() + uniform() + uniform() - 2

    def point(i):
        if family == "bell":
            return [bell() for _ in range(d)]
        if family == "clustered":
            return [bell() / 1000 + i % 7 for _ in range(d)]
        if family == "collinear":
            t = uniform()
            return [t * (a + 1) for a in range(d)]
        if family == "lattice":
            return [int(uniform() * 4) for _ in range(d)]
        if family == "duplicated":
            return [int(bell() * 2) / 2 if i % 3 else 0.0 for _ in range(d)]
        if family == "far":
            return [bell() / (uniform() * uniform() + 1e-3) for _ in range(d)]
        raise ValueError(family)

    X = np.array([point(i) for i in range(n)], dtype=float)
    Y = np.array([point(i) for i in range(n)], dtype=float)
    return X, Y


cases = []
seed = 1
for family in ["bell", "clustered", "collinear", "lattice", "duplicated", "far"]:
    for n, d in [(40, 2), (150, 6), (400, 3)]:
        seed += 1
        X, Y = clouds(family, n, d, seed)
        distance = cdist(X, Y)
        for p in [1, 1.5, 2, 3]:
            C = distance**p
            rows, columns = linear_sum_assignment(C)
            value = float(np.mean(C[rows, columns]) ** (1 / p))
            cases.append([family, n, d, seed, p, value])
print(f'{{\n  "by": "SciPy {scipy.__version__} linear_sum_assignment",\n  "cases": [')
print(",\n".join("    " + json.dumps(case) for case in cases))
print("  ]\n}")
