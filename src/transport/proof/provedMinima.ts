/**
 * min_j (c_ij - v_j) for every i, proved from below: doubles with a bound on every rounding say which pairs may be the
 * least, and these alone are computed in whole numbers.
 *
 * The bound. Let $u=2^{-53}$, $\eta=2^{-1074}$, s the unit of length (a power of two),
 * $\tau_a=(x_a-y_a)/s$ and $c=\sum_a\tau_a^2$. Computed are $t_a=\mathrm{fl}(\mathrm{fl}(x_a-y_a)\,s^{-1})$ and
 * $C=\mathrm{fl}(\sum_a\mathrm{fl}(t_a^2))$, from left to right, all finite.
 * - A sum or difference of doubles errs by at most u of it, and not at all where it is subnormal; a product with $s^{-1}$ by
 *   $\eta/2$ at most, where it is subnormal. So $(1-u)|\tau_a|-\eta/2\le|t_a|\le(1+u)|\tau_a|+\eta/2$.
 * - With $2AB\le uA^2+B^2/u$, $A=|\tau_a|(1\pm u)$, $B=\eta/2$ and $B^2(1+1/u)<\eta/4$: $t_a^2$ is between
 *   $(1-u)^3\tau_a^2-\eta/4$ and $(1+u)^3\tau_a^2+\eta/4$. Its rounding adds a factor $1\pm u$ and $\eta/2$ at most:
 *   between $(1-u)^4\tau_a^2-\eta$ and $(1+u)^4\tau_a^2+\eta$.
 * - d - 1 additions: $(1-u)^{d+3}c-d\eta\le C\le(1+u)^{d+3}c+(1+u)^{d-1}d\eta$, therefore, for $d\le10^6$,
 *   $|c-C|\le(d+4)uC+\omega_0$, $\omega_0=(d+1)\eta$.
 * - For distances, $\gamma=\mathrm{fl}(\sqrt C)$ instead of C: the root halves a relative error, and
 *   $|\sqrt{A\pm B}-\sqrt A|\le\sqrt B$. So again $|\sqrt c-\gamma|\le(d+4)u\gamma+\omega_0$, now with
 *   $\omega_0=(d+1)\sqrt\eta$.
 * - The largest $|t_a|$, for the maximum norm, errs by less than C does.
 *
 * Then $r=\mathrm{fl}(C-v)$ errs by $u|r|$ more. Let $\lambda=\mathrm{fl}((d+5)u\,C+3u|r|+\omega)$ with
 * $\omega=(d+3)\eta$, or $(d+3)\sqrt\eta$. Three roundings and two underflows leave
 * $\lambda\ge(1-u)^3[(d+5)uC+3u|r|+\omega-\eta]$, and that of $r\mp\lambda$ is at most $u(|r|+\lambda)$. Since
 * $(1-u)^4(d+5)\ge d+4$, $3(1-u)^4\ge2$ and $(1-u)^4(\omega-\eta)\ge\omega_0$,
 *   $\mathrm{fl}(r-\lambda)\le c-v\le\mathrm{fl}(r+\lambda)$.
 * Where something overflows, $r-\lambda$ is no number, and the pair is left to whole numbers.
 */
import { binaryPlaces, wholeMultiple } from '../../base/interval/dyadic.js'
import type { PointCloud } from '../pointCloud.js'
import { distinctPoints } from './distinctPoints.js'
import { type Cost, pairCosts } from './pairCosts.js'

/** Minima in units of 2^-places. */
export interface ProvedMinima {
  readonly places: number
  /** For each point of `rows`: at most min_j (c_ij - v_j) 2^places. */
  readonly minima: readonly bigint[]
  /** Pairs of distinct points that were compared. */
  readonly pairs: number
  /** Of these, those that rounding left open and whole numbers settled. */
  readonly open: number
}

/** A row with more open columns has exact ties; then the bound itself, some units of the last place lower, is taken. */
const MOST_OPEN = 64
/** No distance is computed in more dimensions, see the bound. */
const MOST_DIMENSIONS = 1e6
const U = Number.EPSILON / 2

/**
 * @param rows a cloud and which of its points
 * @param columns another cloud and which of its points
 * @param v a potential for each point of the second cloud, in units of scale^p, p = 2 for squares, else 1
 * @param unit what a pair costs, and a power of two as unit of length
 * @throws RangeError for more than a million dimensions
 */
export function provedMinima(
  [X, rows]: readonly [PointCloud, Int32Array],
  [Y, columns]: readonly [PointCloud, Int32Array],
  v: Float64Array,
  { cost, scale }: { readonly cost: Cost; readonly scale: number },
): ProvedMinima {
  const { d } = X
  if (d > MOST_DIMENSIONS) throw new RangeError(`X.d must be at most ${MOST_DIMENSIONS}, got ${d}`)
  const above = distinctPoints(X, rows)
  const below = distinctPoints(Y, columns, v)
  // v in the clouds' own units: other binary places.
  const lift = -binaryPlaces([scale]) * (cost === 'square' ? 2 : 1)
  const costs = pairCosts(X, Y, cost, binaryPlaces(v) - lift)
  const whole = (t: number): bigint => wholeMultiple(t, costs.places + lift)
  const potentials = Float64Array.from(below.index, j => v[j]!)
  const wholes = Array.from(potentials, whole)
  const x = pointwise(X, above.index)
  const look = glance(pointwise(Y, below.index), potentials, d, cost, scale)
  let open = 0
  const least = Array.from(above.index, (i, k) => {
    const { candidates, bound } = look(x.subarray(k * d, (k + 1) * d))
    if (candidates.length > MOST_OPEN && Number.isFinite(bound)) return whole(bound)
    open += candidates.length
    let best: bigint | undefined
    for (const c of candidates) {
      const value = costs.low(i, below.index[c]!) - wholes[c]!
      if (best === undefined || value < best) best = value
    }
    return best!
  })
  return {
    places: costs.places,
    minima: Array.from(above.place, k => least[k]!),
    pairs: above.index.length * below.index.length,
    open,
  }
}

/** What doubles know of a row: columns that may be the least, and a lower bound. */
interface Glance {
  readonly candidates: Int32Array
  readonly bound: number
}

/** The search of one row after the other, see the bound. */
function glance(y: Float64Array, v: Float64Array, d: number, cost: Cost, scale: number): (x: Float64Array) => Glance {
  const count = v.length
  const [ofCost, ofDifference] = [(d + 5) * U, 3 * U]
  const lost = (d + 3) * (cost === 'distance' ? 2 ** -537 : 2 ** -1074)
  // A power of two; if it overflows, all is left to whole numbers.
  const per = 1 / scale
  const candidates = new Int32Array(count)
  const lows = new Float64Array(count)
  return x => {
    let best = Number.POSITIVE_INFINITY
    let bound = Number.POSITIVE_INFINITY
    let found = 0
    for (let j = 0, b = 0; j < count; j++) {
      let C = 0
      if (cost === 'maximum') for (let a = 0; a < d; a++, b++) C = Math.max(C, Math.abs((x[a]! - y[b]!) * per))
      else {
        for (let a = 0; a < d; a++, b++) {
          const t = (x[a]! - y[b]!) * per
          C += t * t
        }
        if (cost === 'distance') C = Math.sqrt(C)
      }
      const r = C - v[j]!
      const error = ofCost * C + ofDifference * Math.abs(r) + lost
      const low = r - error
      if (low > best) continue
      lows[found] = low
      candidates[found++] = j
      // What is no number spoils the bound, and is no better than the best.
      bound = Math.min(bound, low)
      if (r + error < best) best = r + error
    }
    let kept = 0
    for (let k = 0; k < found; k++) if (!(lows[k]! > best)) candidates[kept++] = candidates[k]!
    return { candidates: candidates.subarray(0, kept), bound }
  }
}

/** Some points of a cloud, one after the other. */
function pointwise({ n, d, x }: PointCloud, index: Int32Array): Float64Array {
  const out = new Float64Array(index.length * d)
  for (let k = 0; k < index.length; k++) for (let a = 0; a < d; a++) out[k * d + a] = x[a * n + index[k]!]!
  return out
}
