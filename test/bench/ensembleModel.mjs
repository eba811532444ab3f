// The cost of one job of an ensemble, as a formula with fitted coefficients; fitted by ensemble.mjs, used by
// scaling.mjs.
//
// Force sums:  S = exp(s0) N^(s1 + s2 delta) T^s3       (how many steps the rule for the step takes, times its stages)
// Time:        f + a S min(N, 512)^2 + b S N^2 [direct] + c S N log2 N [fast multipole] + d S N + e N
//              fixed; pilot run; force sums of Psi; Phi and what is recorded in each step; sampling and outputs
// Memory:      m0 + m1 N

/** Force sums of a step. */
const STAGES = { leapfrog: 1, suzuki4: 5 }
export const evaluationsOf = ({ scheme, steps }) => steps * STAGES[scheme]

const sumFeatures = ({ N, delta, T }) => [1, Math.log(N), delta * Math.log(N), Math.log(T)]
const timeFeatures = ({ N, method }, S) => [
  1,
  S * Math.min(N, 512) ** 2,
  method === 'direct' ? S * N * N : 0,
  method === 'direct' ? 0 : S * N * Math.log2(N),
  S * N,
  N,
]
export const TIME_TERMS = ['fixed', 'pilot', 'direct', 'multipole', 'step', 'outputs']

const dot = (x, y) => x.reduce((sum, value, k) => sum + value * y[k], 0)

/** min sum_i (x_i . w - y_i)^2 by cyclic descent, with w >= 0 where `positive`: few columns, once. */
function leastSquares(rows, values, positive) {
  const count = rows[0].length
  // Columns of unit length: descent on raw ones, of sizes 1 to 1e12, would never end.
  const scale = Array.from({ length: count }, (_, k) => Math.sqrt(rows.reduce((sum, row) => sum + row[k] ** 2, 0)) || 1)
  const x = rows.map(row => row.map((value, k) => value / scale[k]))
  const w = new Array(count).fill(0)
  const residual = [...values]
  for (let sweep = 0; sweep < 200_000; sweep++) {
    let change = 0
    for (let k = 0; k < count; k++) {
      const norm = x.reduce((sum, row) => sum + row[k] ** 2, 0)
      if (norm === 0) continue
      let step = x.reduce((sum, row, i) => sum + row[k] * residual[i], 0) / norm
      if (positive) step = Math.max(step, -w[k])
      w[k] += step
      for (let i = 0; i < x.length; i++) residual[i] -= step * x[i][k]
      change = Math.max(change, Math.abs(step))
    }
    if (change < 1e-12) break
  }
  return w.map((value, k) => value / scale[k])
}

const median = values => [...values].sort((a, b) => a - b)[values.length >> 1]

/** Seconds of processor time of a grid point's runs: the median. */
export const secondsOf = point => median(point.runs.map(({ cpu }) => cpu))
const meanSums = point => point.runs.reduce((sum, run) => sum + evaluationsOf(run), 0) / point.runs.length

/** Coefficients from measured grid points; errors are relative. */
export function fitModel(points) {
  const sums = leastSquares(
    points.map(sumFeatures),
    points.map(point => Math.log(meanSums(point))),
    false,
  )
  const weighted = points.flatMap(point =>
    point.runs.map(run => timeFeatures(point, evaluationsOf(run)).map(value => value / run.cpu)),
  )
  const time = leastSquares(
    weighted,
    weighted.map(() => 1),
    true,
  )
  const memory = leastSquares(
    points.map(({ N, memory: { peak } }) => [1 / peak, N / peak]),
    points.map(() => 1),
    true,
  )
  const multipoleFrom = Math.min(...points.filter(({ method }) => method !== 'direct').map(({ N }) => N))
  return { sums, time, memory, multipoleFrom }
}

/** What the model says of a grid point. */
export function predict(model, { N, delta = 0, T = 1, method }) {
  const sums = Math.exp(dot(model.sums, sumFeatures({ N, delta, T })))
  const how = method ?? (N >= model.multipoleFrom ? 'fmm' : 'direct')
  return {
    sums,
    seconds: dot(model.time, timeFeatures({ N, method: how }, sums)),
    bytes: dot(model.memory, [1, N]),
  }
}

/** Measured over predicted, for each point: time, force sums, memory. */
export const ratios = (model, points) =>
  points.map(point => {
    const { seconds, sums, bytes } = predict(model, point)
    return {
      time: secondsOf(point) / seconds,
      sums: meanSums(point) / sums,
      memory: point.memory.peak / bytes,
    }
  })
