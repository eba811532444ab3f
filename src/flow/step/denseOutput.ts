/**
 * States between two steps by Hermite interpolation: what stepping knows anyway, position, momentum and force at both
 * ends.
 */
import { type Configuration, requireConfiguration } from '../../base/configuration.js'
import { requireArray, requireLength, requireNumber, requireObject } from '../../base/errors.js'

/** A state on the time grid with its acceleration. */
export interface Knot {
  readonly t: number
  readonly Z: Configuration
  /** Acceleration at (t, Z.q), length d*N. */
  readonly force: Float64Array
}

/**
 * The state at a time between two knots: q by the cubic with the positions and momenta of both ends, p by the cubic
 * with the momenta and forces of both ends. For knots h apart the errors are at most h^4/384 max|q''''| and h^4/384
 * max|p''''|: order 4 for both where the force is twice (q) or three times (p) differentiable along the path. Across
 * the corner of kernel (4) the force is Lipschitz only, and the orders are 3 for q and 2 for p. At the knots it gives
 * the knots.
 * @param before a knot
 * @param after another one, after.t != before.t; runs backwards in time are fine
 * @param t between them
 * @param out where the state is written, of the same N and d
 * @returns out
 * @throws RangeError if t is not between the knots or sizes differ
 * @example hermiteState(knots[0], knots[1], 0.1, configuration(N)).N // 16
 */
export function hermiteState(before: Knot, after: Knot, t: number, out: Configuration): Configuration {
  requireKnot('before', before)
  requireKnot('after', after)
  requireConfiguration('out', out)
  const size = before.Z.q.length
  requireLength('after.Z.q', after.Z.q, size)
  requireLength('out.q', out.q, size)
  requireLength('out.p', out.p, size)
  requireNumber('t', t, Math.min(before.t, after.t), Math.max(before.t, after.t))
  const h = after.t - before.t
  if (h === 0) throw new RangeError(`the knots must have different times, got ${before.t} twice`)
  const x = (t - before.t) / h
  hermite(x, h, { y0: before.Z.q, v0: before.Z.p, y1: after.Z.q, v1: after.Z.p }, out.q)
  hermite(x, h, { y0: before.Z.p, v0: before.force, y1: after.Z.p, v1: after.force }, out.p)
  return out
}

/**
 * The state at a time between two records of a run that keeps knots, by {@link hermiteState}: its error goes with the
 * distance of the records, not with the step.
 * @param records in order of time, as in a Trajectory with keep: 'knots'
 * @throws RangeError if t is not between records, or these hold no states with forces
 * @example stateAt(knots, 0.3, configuration(N)).q.length // 48
 */
export function stateAt(records: readonly Partial<Knot>[], t: number, out: Configuration): Configuration {
  requireArray('records', records)
  requireConfiguration('out', out)
  const last = records.length - 1
  if (last < 1) throw new RangeError(`records must hold at least 2 knots, got ${records.length}`)
  requireNumber('t', t, knotOf(records, 0).t, knotOf(records, last).t)
  let next = 1
  while (next < last && records[next]!.t! < t) next++
  return hermiteState(knotOf(records, next - 1), knotOf(records, next), t, out)
}

function knotOf(records: readonly Partial<Knot>[], k: number): Knot {
  const { t, Z, force } = records[k]!
  if (t === undefined || Z === undefined || force === undefined) {
    throw new RangeError(`records must be knots, with state and force (keep: 'knots'), record ${k} is not`)
  }
  return { t, Z, force }
}

interface Ends {
  readonly y0: Float64Array
  readonly v0: Float64Array
  readonly y1: Float64Array
  readonly v1: Float64Array
}

/** The cubic with values y0, y1 and slopes v0, v1 at the ends of [0, h], at x h. */
function hermite(x: number, h: number, { y0, v0, y1, v1 }: Ends, out: Float64Array): void {
  const w = 1 - x
  const a1 = x * x * (3 - 2 * x)
  const b0 = h * x * w * w
  const b1 = -h * x * x * w
  // As a correction to one end, so that at the knots the result is the knot to the bit.
  if (x > 0.5) {
    const a0 = w * w * (1 + 2 * x)
    for (let k = 0; k < out.length; k++) out[k] = y1[k]! + (a0 * (y0[k]! - y1[k]!) + (b0 * v0[k]! + b1 * v1[k]!))
  } else {
    for (let k = 0; k < out.length; k++) out[k] = y0[k]! + (a1 * (y1[k]! - y0[k]!) + (b0 * v0[k]! + b1 * v1[k]!))
  }
}

function requireKnot(name: string, knot: Knot): void {
  requireObject(name, knot, 'like a knot { t, Z, force }')
  requireNumber(`${name}.t`, knot.t, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  requireConfiguration(`${name}.Z`, knot.Z)
  requireArray(`${name}.force`, knot.force)
}
