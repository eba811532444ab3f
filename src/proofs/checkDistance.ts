/**
 * Replays the certificate of a distance between two clouds, all pairs in whole numbers: no filter, no solver.
 */
import { binaryPlaces, wholeMultiple } from '../base/interval/dyadic.js'
import { rootBounds } from '../base/interval/integerRoot.js'
import { compare, parseRational, type Rational, rational, rationalText } from '../base/interval/rational.js'
import type { DistanceCertificate } from './certificate.js'

/** Binary places of a root beyond those of the coordinates. */
const ROOT_PLACES = 64

/** The number of pairs that were looked at. @throws RangeError if the certificate does not prove its bounds */
export function checkDistance(certificate: DistanceCertificate): number {
  const { p, from, to, plan, potentials = [], set, lo, hi } = certificate
  const n = from.length
  const d = from[0]!.length
  if (to.length !== n || [...from, ...to].some(point => point.length !== d)) {
    throw new RangeError(`from and to must be equally many points of one dimension`)
  }
  if (plan.length !== n || new Set(plan).size !== n || plan.some(j => j >= n)) {
    throw new RangeError(`the plan must be a permutation of 0 to ${n - 1}`)
  }
  const unit = Math.max(0, binaryPlaces([...from, ...to].flat()))
  const natural = p === '1' ? unit + ROOT_PLACES : 2 * unit
  const places = Math.max(natural, binaryPlaces(potentials))
  const whole = (points: readonly (readonly number[])[]): bigint[][] =>
    points.map(point => point.map(t => wholeMultiple(t, unit)))
  const [x, y] = [whole(from), whole(to)]
  /** The cost of a pair from below and from above, in units of 2^-places. */
  const cost = (i: number, j: number): readonly [bigint, bigint] => {
    let square = 0n
    for (let a = 0; a < d; a++) square += (x[i]![a]! - y[j]![a]!) ** 2n
    if (p !== '1') return [square << BigInt(places - natural), square << BigInt(places - natural)]
    return rootBounds(square << BigInt(2 * (places - unit)))
  }
  const high = plan.map((j, i) => cost(i, j)[1])
  const scale = 1n << BigInt(places)
  if (p === 'infinity') {
    requireBelow('the longest pair of the plan', rational(high.reduce(larger), scale), parseRational(hi))
    requireBelow('lo', parseRational(lo), rational(nearest(n, set, cost), scale))
    return n + (set?.points.length ?? 0) * n
  }
  if (potentials.length !== n) throw new RangeError(`potentials must be ${n} numbers, got ${potentials.length}`)
  const v = potentials.map(t => wholeMultiple(t, places))
  let sum = v.reduce((a, b) => a + b)
  for (let i = 0; i < n; i++) sum += v.map((t, j) => cost(i, j)[0] - t).reduce((a, b) => (a < b ? a : b))
  const total = BigInt(n) * scale
  requireBelow(
    'the mean cost of the plan',
    rational(
      high.reduce((a, b) => a + b),
      total,
    ),
    parseRational(hi),
  )
  requireBelow('lo', parseRational(lo), rational(sum, total))
  return n * n
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)

/** The k-th least distance from a set of k points to the others: fewer than k are nearer (Hall). */
function nearest(
  n: number,
  set: DistanceCertificate['set'],
  cost: (i: number, j: number) => readonly [bigint, bigint],
): bigint {
  const points = [...new Set(set?.points)]
  if (points.some(i => i >= n)) throw new RangeError(`the points of the set must be below ${n}`)
  if (points.length === 0) return 0n
  const near = Array.from({ length: n }, (_, j) =>
    points.map(i => (set!.side === 'from' ? cost(i, j) : cost(j, i))[0]).reduce((a, b) => (a < b ? a : b)),
  )
  return near.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))[points.length - 1]!
}

function requireBelow(name: string, a: Rational, b: Rational): void {
  if (compare(a, b) > 0) throw new RangeError(`${name} must be at most ${shown(b)}, got ${shown(a)}`)
}

const shown = (r: Rational): string => {
  const text = rationalText(r)
  return text.length <= 40 ? text : String(Number((r.n * 10n ** 17n) / r.d) / 1e17)
}
