/**
 * The laboratory of Definition 4.1: two clouds in the plane, the coupling that is optimal, and its certificate.
 */
import { randomStream } from '../../base/random.js'
import { type TransportResult, transportGap } from '../../transport/assignment/transportResult.js'
import { verifyTransport } from '../../transport/assignment/verifyTransport.js'
import { wassersteinDistance } from '../../transport/assignment/wassersteinDistance.js'
import { type BottleneckResult, bottleneckDistance } from '../../transport/bottleneck/bottleneckDistance.js'
import { verifyBottleneck } from '../../transport/bottleneck/verifyBottleneck.js'
import type { PointCloud } from '../../transport/pointCloud.js'
import { wasmCore } from '../../wasm/core.js'
import { type LabComputation, type LabResult, numberOf, quantity } from './protocol.js'

/**
 * @param setting n, p (number, or 'infinity'), first and second (shapes), shift, seed
 * @source Definition 4.1, (27), (28), (29), Lemma 5.2
 */
export const coupling: LabComputation = async setting => {
  const n = numberOf(setting, 'n')
  const shift = numberOf(setting, 'shift')
  const seed = numberOf(setting, 'seed')
  const X = cloud(String(setting.first), n, -shift / 2, `${seed}/coupling/first`)
  const Y = cloud(String(setting.second), n, shift / 2, `${seed}/coupling/second`)
  const infinite = setting.p === 'infinity'
  const solved: TransportResult = infinite
    ? bottleneckDistance(X, Y)
    : wassersteinDistance(X, Y, { p: Number(setting.p) })
  const plan = solved.plan as Int32Array
  const lengths = Float64Array.from(plan, (j, i) => {
    const [dx, dy] = [X.x[i]! - Y.x[j]!, X.x[n + i]! - Y.x[n + j]!]
    return Math.sqrt(dx * dx + dy * dy)
  })
  return {
    ...described(X, Y, solved, lengths, infinite),
    arrays: { X: X.x, Y: Y.x, plan: Float64Array.from(plan), lengths },
  }
}

function described(
  X: PointCloud,
  Y: PointCloud,
  solved: TransportResult,
  lengths: Float64Array,
  infinite: boolean,
): Pick<LabResult, 'quantities' | 'series' | 'note'> {
  const { n } = X
  const check = infinite ? verifyBottleneck(X, Y, solved as BottleneckResult) : verifyTransport(X, Y, solved)
  const name = infinite ? 'W∞' : `W${solved.p}`
  const inOrder = Float64Array.from({ length: n }, (_, i) => {
    const [dx, dy] = [X.x[i]! - Y.x[i]!, X.x[n + i]! - Y.x[n + i]!]
    return Math.sqrt(dx * dx + dy * dy)
  })
  const largest = (v: Float64Array): number => v.reduce((a, b) => Math.max(a, b))
  const mean = lengths.reduce((a, b) => a + b, 0) / n
  return {
    quantities: [
      quantity('distance', name, solved.value, 'length', `certified to lie in [${solved.low}, ${solved.high}]`),
      quantity(
        'gap',
        'relative width of the bracket',
        transportGap(solved),
        '',
        infinite ? 'plan above, Hall violator below' : 'plan above, dual potentials below',
      ),
      quantity(
        'checked',
        'plan and certificate, checked by other code',
        check.valid ? 1 : 0,
        '',
        check.valid ? 'valid' : 'NOT valid',
      ),
      quantity('mean', 'mean length of the lines', mean, 'length', infinite ? '' : 'equals W₁ for p = 1'),
      quantity('longest', 'longest line', largest(lengths), 'length', infinite ? 'equals W∞' : 'at least W∞'),
      quantity(
        'paired',
        'largest |xᵢ − yᵢ|, pairs as numbered',
        largest(inOrder),
        'length',
        'Lemma 5.2: W∞ is at most this',
      ),
    ],
    series: [],
    note:
      solved.p === 1
        ? 'For p = 1 no two lines cross: crossing lines could be exchanged for shorter ones.'
        : infinite
          ? 'W∞ minimises the longest line alone; the others are as the search left them.'
          : 'The larger p, the more the long lines count.',
  }
}

/** n points of a shape, moved sideways; only exact operations and the WebAssembly core, so the same bits everywhere. */
function cloud(shape: string, n: number, shift: number, key: string): PointCloud {
  const { sin, cos } = wasmCore()
  const stream = randomStream(key)
  const x = new Float64Array(2 * n)
  for (let i = 0; i < n; i++) {
    const [u, v] = [stream.uniform(), stream.uniform()]
    const angle = 2 * Math.PI * u
    let [a, b] = [0, 0]
    if (shape === 'normal') [a, b] = [0.5 * stream.normal(), 0.5 * stream.normal()]
    else if (shape === 'line') [a, b] = [0.1 * (v - 0.5), 2 * u - 1]
    else {
      const radius = shape === 'ring' ? 0.85 + 0.15 * v : Math.sqrt(v)
      ;[a, b] = [radius * cos(angle), radius * sin(angle)]
      if (shape === 'two clumps') [a, b] = [0.35 * a, 0.35 * b + (i % 2 === 0 ? 0.75 : -0.75)]
    }
    x[i] = a + shift
    x[n + i] = b
  }
  return { n, d: 2, x }
}
