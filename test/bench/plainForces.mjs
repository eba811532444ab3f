// The force sum as anybody would write it in JavaScript: the baseline of the benchmark, and, compensated, its
// reference.

/** `count` targets out of N, spread by a fixed stride. */
export function subsetOf(N, count) {
  const n = Math.min(N, count)
  return Int32Array.from({ length: n }, (_, k) => Math.floor(((k + 0.5) * N) / n))
}

/**
 * (1/N) sum_{j != i} of kernel (4) over all ordered pairs.
 * @param {Float64Array} q structure of arrays, length 3N
 * @param {{ targets?: Int32Array, compensated?: boolean, out?: Float64Array }} options compensated: Neumaier sums
 * @returns {Float64Array} structure of arrays over the targets
 */
export function plainForces(q, N, cutoff, { targets, compensated = false, out } = {}) {
  const n = targets?.length ?? N
  const force = out ?? new Float64Array(3 * n)
  const x = q.subarray(0, N)
  const y = q.subarray(N, 2 * N)
  const z = q.subarray(2 * N)
  const sum = compensated ? compensatedForce : plainForce
  for (let k = 0; k < n; k++) sum(targets === undefined ? k : targets[k], x, y, z, cutoff * cutoff, force, k, n)
  return force
}

function plainForce(i, x, y, z, rc2, force, k, n) {
  const N = x.length
  const xi = x[i]
  const yi = y[i]
  const zi = z[i]
  let fx = 0
  let fy = 0
  let fz = 0
  for (let j = 0; j < N; j++) {
    if (j === i) continue
    const dx = xi - x[j]
    const dy = yi - y[j]
    const dz = zi - z[j]
    const r2 = Math.max(dx * dx + dy * dy + dz * dz, rc2)
    const s = 1 / (r2 * Math.sqrt(r2))
    fx += dx * s
    fy += dy * s
    fz += dz * s
  }
  force[k] = fx / N
  force[n + k] = fy / N
  force[2 * n + k] = fz / N
}

function compensatedForce(i, x, y, z, rc2, force, k, n) {
  const N = x.length
  const sum = [0, 0, 0]
  const lost = [0, 0, 0]
  for (let j = 0; j < N; j++) {
    if (j === i) continue
    const d = [x[i] - x[j], y[i] - y[j], z[i] - z[j]]
    const r2 = Math.max(d[0] * d[0] + d[1] * d[1] + d[2] * d[2], rc2)
    const s = 1 / (r2 * Math.sqrt(r2))
    for (let a = 0; a < 3; a++) {
      const term = d[a] * s
      const next = sum[a] + term
      lost[a] += Math.abs(sum[a]) >= Math.abs(term) ? sum[a] - next + term : term - next + sum[a]
      sum[a] = next
    }
  }
  for (let a = 0; a < 3; a++) force[a * n + k] = (sum[a] + lost[a]) / N
}

/** The same for all particles with Newton's third law: half the pairs. */
export function plainThirdLaw(q, N, cutoff, { out }) {
  out.fill(0)
  const rc2 = cutoff * cutoff
  const x = q.subarray(0, N)
  const y = q.subarray(N, 2 * N)
  const z = q.subarray(2 * N)
  const fx = out.subarray(0, N)
  const fy = out.subarray(N, 2 * N)
  const fz = out.subarray(2 * N)
  for (let i = 0; i < N; i++) {
    let ax = 0
    let ay = 0
    let az = 0
    for (let j = 0; j < i; j++) {
      const dx = x[i] - x[j]
      const dy = y[i] - y[j]
      const dz = z[i] - z[j]
      const r2 = Math.max(dx * dx + dy * dy + dz * dz, rc2)
      const s = 1 / (r2 * Math.sqrt(r2))
      ax += dx * s
      ay += dy * s
      az += dz * s
      fx[j] -= dx * s
      fy[j] -= dy * s
      fz[j] -= dz * s
    }
    fx[i] += ax
    fy[i] += ay
    fz[i] += az
  }
  for (let k = 0; k < out.length; k++) out[k] /= N
}

/** ||error||_2 / ||force||_2 over the reference targets; `force` holds all targets, or only those ('subset'). */
export function relativeError(force, { reference, subset }, form = 'all') {
  const n = subset.length
  const N = force.length / 3
  let error = 0
  let size = 0
  for (let a = 0; a < 3; a++) {
    for (let k = 0; k < n; k++) {
      const value = form === 'subset' ? force[a * n + k] : force[a * N + subset[k]]
      error += (value - reference[a * n + k]) ** 2
      size += reference[a * n + k] ** 2
    }
  }
  return Math.sqrt(error / size)
}
