/**
 * The evidence of a proved distance as a file that others can check: points, plan and potentials.
 */
import { parseRational, type Rational, rationalText } from '../../base/interval/rational.js'
import { CERTIFICATE_FORMAT, type DistanceCertificate, MOST_POINTS } from '../../proofs/certificate.js'
import type { TransportResult } from '../assignment/transportResult.js'
import type { PointCloud } from '../pointCloud.js'
import { provedDistance } from './provedDistance.js'

/** Significant digits of bounds, where the exact ones are longer. */
const DIGITS = 20
const SHORT = 60

/**
 * A certificate of lo <= W_1, W_2^2 or W_infinity^2 <= hi between equally many points of equal weights, which
 * `checkCertificate`, `mfl check` and scripts/check_certificates.py replay, every pair in whole numbers.
 * @param X at most 1000 points
 * @param Y as many
 * @param result with a permutation as plan; p = 1, 2 or Infinity, Euclidean norm
 * @throws TypeError, RangeError as `provedDistance`; for other plans and norms, more points, and distances so large or
 * small that potentials are no doubles
 * @example distanceCertificate(X, Y, wassersteinDistance(X, Y, { p: 2 })).p // '2'
 */
export function distanceCertificate(X: PointCloud, Y: PointCloud, result: TransportResult): DistanceCertificate {
  const { encloses, exact } = provedDistance(X, Y, result)
  const { p, plan, dual, violator } = result
  if (!(plan instanceof Int32Array)) throw new RangeError('result.plan must be a permutation, got masses')
  if (X.n > MOST_POINTS) throw new RangeError(`X.n must be at most ${MOST_POINTS}, got ${X.n}`)
  const infinite = p === Number.POSITIVE_INFINITY
  if (infinite && encloses !== 'square') throw new RangeError("result.norm must be 'euclidean', got 'maximum'")
  const potentials = Array.from(dual?.v ?? [], t => t * (dual!.scale ** p || Number.NaN))
  if (!infinite && !potentials.every((t, j) => Number.isFinite(t) && t / dual!.scale ** p === dual!.v[j])) {
    throw new RangeError(`result.dual.scale must keep potentials within doubles, got ${dual!.scale}`)
  }
  const name = infinite ? 'W_\\infty^2' : p === 1 ? 'W_1' : 'W_2^2'
  return {
    ...{ format: CERTIFICATE_FORMAT, id: 'distance', kind: 'distance', p: infinite ? 'infinity' : p === 1 ? '1' : '2' },
    statement: {
      words: `The Wasserstein distance between ${X.n} and ${Y.n} points of equal weights in dimension ${X.d}${encloses === 'square' ? ', squared' : ''}.`,
      tex: `\\text{lo}\\le ${name}\\le\\text{hi}`,
    },
    ...{ from: rowsOf(X), to: rowsOf(Y), plan: Array.from(plan) },
    ...(infinite ? {} : { potentials }),
    ...(infinite && violator !== undefined
      ? { set: { side: violator.side === 'X' ? 'from' : 'to', points: Array.from(violator.points) } }
      : {}),
    ...{ lo: rounded(parseRational(exact.low), 0n), hi: rounded(parseRational(exact.high), 1n) },
  }
}

const rowsOf = ({ n, d, x }: PointCloud): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: d }, (__, a) => x[a * n + i]!))

/** The rational itself, or if that is long a decimal at most (up = 1: at least) it, for rationals >= 0. */
function rounded(r: Rational, up: 0n | 1n): string {
  const text = rationalText(r)
  if (text.length <= SHORT || r.n === 0n) return text
  // The decimal exponent of r is at least this, by the lengths of its numbers.
  const places = DIGITS - (String(r.n).length - String(r.d).length)
  const shifted = places >= 0 ? { n: r.n * 10n ** BigInt(places), d: r.d } : { n: r.n, d: r.d * 10n ** BigInt(-places) }
  return `${shifted.n / shifted.d + up}e${-places}`
}
