"""The peers of `npm run bench -- forces`: one JSON command a line on standard input, one JSON answer a line.

All on one thread. Forces are (1/N) sum k(q_i - q_j), written as raw doubles for the targets asked for, so that the
driver can compare them with its own reference.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import ctypes
import json
import sys
import time

import numpy as np

# Libraries print to standard output; only answers may go there.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

state = {}


def load(command):
    n = command["N"]
    state["q"] = np.fromfile(command["file"]).reshape(3, n)
    state["subset"] = np.fromfile(command["subset"], dtype=np.int32)
    state.pop("rebound", None)
    return {}


def numpy_direct(command):
    """Blocks of 256 targets against all sources."""
    q, rc2 = state["q"], command["cutoff"] ** 2
    n = q.shape[1]
    force = np.empty_like(q)
    for start in range(0, n, 256):
        d = q[:, start : start + 256, None] - q[:, None, :]
        r2 = np.maximum(np.einsum("aij,aij->ij", d, d), rc2)
        r2[r2 == 0] = np.inf  # the term j = i
        force[:, start : start + 256] = np.einsum("aij,ij->ai", d, 1 / (r2 * np.sqrt(r2))) / n
    return force


def c_direct(command):
    lib = ctypes.CDLL(command["library"])
    single = command["precision"] == "f32"
    kind, real = (np.float32, ctypes.c_float) if single else (np.float64, ctypes.c_double)
    q = np.ascontiguousarray(state["q"], dtype=kind)
    n = q.shape[1]
    force = np.empty_like(q)
    pointer = lambda row: row.ctypes.data_as(ctypes.c_void_p)
    run = lib.direct_f32 if single else lib.direct_f64
    start = time.perf_counter()
    run(ctypes.c_int64(n), *map(pointer, q), real(command["cutoff"] ** 2), real(1 / n), *map(pointer, force))
    state["seconds"] = time.perf_counter() - start
    return force


def fmm3d(command):
    import fmm3dpy

    q = np.asfortranarray(state["q"])
    n = q.shape[1]
    charges = np.full(n, 1 / n)
    start = time.perf_counter()
    out = fmm3dpy.lfmm3d(eps=command["eps"], sources=q, charges=charges, pg=2)
    state["seconds"] = time.perf_counter() - start
    # Its kernel is 1/(4 pi r), and the force is minus the gradient.
    return -4 * np.pi * out.grad


def rebound_forces(command):
    """Accelerations of REBOUND with G = -1: the direct sum, or its octree with an opening angle."""
    import rebound

    key = (command["gravity"], command.get("theta"))
    known = state.get("rebound")
    if known is None or known[0] != key:
        q = state["q"]
        n = q.shape[1]
        sim = rebound.Simulation()
        sim.G = -1.0
        if command["gravity"] == "tree":
            sim.root_size = 4 * float(np.abs(q).max())
            sim.gravity = "tree"
            sim.opening_angle2 = command["theta"] ** 2
        else:
            sim.gravity = "basic"
        for x, y, z in q.T:
            sim.add(m=1 / n, x=x, y=y, z=z)
        known = state["rebound"] = (key, sim)
    sim = known[1]
    lib = rebound.clibrebound
    start = time.perf_counter()
    # With gravity 'tree' this builds the tree as well.
    lib.reb_simulation_update_acceleration(ctypes.byref(sim))
    state["seconds"] = time.perf_counter() - start
    return None


def rebound_steps(command):
    """Steps of REBOUND's leapfrog, which has one force evaluation each, like ours."""
    import rebound

    q = state["q"]
    n = q.shape[1]
    key = ("steps", command["gravity"])
    known = state.get("rebound")
    if known is None or known[0] != key:
        sim = rebound.Simulation()
        sim.G, sim.integrator, sim.dt = -1.0, "leapfrog", command["dt"]
        if command["gravity"] == "tree":
            # Room for the cloud to spread: a particle that leaves the box is lost.
            sim.root_size = 64 * float(np.abs(q).max())
            sim.gravity, sim.opening_angle2 = "tree", command["theta"] ** 2
        else:
            sim.gravity = "basic"
        for x, y, z in q.T:
            sim.add(m=1 / n, x=x, y=y, z=z)
        known = state["rebound"] = (key, sim)
    start = time.perf_counter()
    known[1].steps(command["steps"])
    state["seconds"] = time.perf_counter() - start


def rebound_read():
    sim = state["rebound"][1]
    particles = sim.particles
    rows = [particles[int(i)] for i in state["subset"]]
    return np.array([[p.ax for p in rows], [p.ay for p in rows], [p.az for p in rows]])


def limits(command):
    lib = ctypes.CDLL(command["library"])
    lib.limit_f64.restype = lib.limit_f32.restype = ctypes.c_double
    answer = {}
    rounds = 2_000_000
    for name, pairs in (("limit_f64", 16), ("limit_f32", 32)):
        best = min(timed(lambda: getattr(lib, name)(ctypes.c_int64(rounds))) for _ in range(5))
        answer[name] = rounds * pairs / best
    n = 8_000_000
    a, b, c = np.zeros(n), np.ones(n), np.ones(n)
    pointer = lambda row: row.ctypes.data_as(ctypes.c_void_p)
    best = min(timed(lambda: lib.triad(ctypes.c_int64(n), pointer(a), pointer(b), pointer(c))) for _ in range(7))
    answer["bandwidth"] = 24 * n / best
    return answer


def timed(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def run(command):
    state.pop("seconds", None)
    what = {"numpy": numpy_direct, "c": c_direct, "fmm3d": fmm3d, "rebound": rebound_forces, "rebound_steps": rebound_steps}[command["peer"]]
    start = time.perf_counter()
    force = what(command)
    seconds = state.get("seconds", time.perf_counter() - start)
    if command.get("out"):
        chosen = rebound_read() if force is None else force[:, state["subset"]]
        np.ascontiguousarray(chosen, dtype=np.float64).tofile(command["out"])
    return {"seconds": seconds}


def versions(_):
    from importlib.metadata import PackageNotFoundError, version

    found = {"python": sys.version.split()[0]}
    for name in ("numpy", "fmm3dpy", "rebound"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            pass
    return found


COMMANDS = {"load": load, "run": run, "limits": limits, "versions": versions}
for line in sys.stdin:
    command = json.loads(line)
    try:
        answer = COMMANDS[command["do"]](command)
    except Exception as error:  # the driver prints it and goes on without this peer
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), file=answers, flush=True)
