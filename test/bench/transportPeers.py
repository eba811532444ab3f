"""The peers of `npm run bench -- transport`: one JSON command a line on standard input, one JSON answer a line.

Times include the cost matrix, which our solver never makes, and give its share. POT has two solvers without one: the
network simplex with costs from coordinates ("potLazy", exact), and a heuristic ("potBsp", a coupling without a bound). Peak memory is that of this process,
in bytes above what it was before the matrix; one process a measurement, since it never falls.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import json
import resource
import sys
import time

import numpy as np
import ot
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def peak():
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


for line in sys.stdin:
    command = json.loads(line)
    try:
        n, d, p = command["n"], command["d"], command["p"]
        # Structure of arrays: coordinate a of point i at a n + i.
        X, Y = (np.ascontiguousarray(np.fromfile(file).reshape(d, n).T) for file in (command["X"], command["Y"]))
        before = peak()
        start = time.perf_counter()
        metric = "euclidean" if p == 1 else "sqeuclidean"
        lazy = command["peer"] in ("potLazy", "potBsp")
        costs = None if lazy else cdist(X, Y, metric)
        matrix = time.perf_counter() - start
        if command["peer"] == "potLazy":
            result = ot.solve_sample(X, Y, metric=metric, lazy=True, max_iter=2_000_000_000)
            if result.status != "Converged":
                raise RuntimeError(result.status)
            mean = float(result.value_linear)
        elif command["peer"] == "potBsp":
            plan = ot.solve_sample(X, Y, metric=metric, method="bsp").sparse_plan.tocoo()
            # Its own value is that of the sum of |x_i| for p = 1.
            mean = float(np.mean(np.linalg.norm(X[plan.row] - Y[plan.col], axis=1) ** p))
        elif command["peer"] == "scipy":
            rows, columns = linear_sum_assignment(costs)
            mean = float(np.mean(costs[rows, columns]))
        else:
            w = np.full(n, 1 / n)
            plan, log = ot.emd(w, w, costs, numItermax=100_000_000, log=True)
            if log["warning"] is not None:
                raise RuntimeError(log["warning"])
            mean = float(log["cost"])
        seconds = time.perf_counter() - start
        answer = dict(seconds=seconds, matrix=matrix, value=mean ** (1 / p), bytes=peak() - before)
    except Exception as error:
        answer = dict(error=str(error))
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
