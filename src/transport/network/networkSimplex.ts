/**
 * Exact W_p between clouds of unequal sizes or weights: the transportation problem by the network simplex method with
 * block pricing and strongly feasible trees, in slices of bounded work. All n m costs are kept, so sizes are moderate.
 * Called by `wassersteinDistance`.
 */
import { compensatedSum } from '../../base/numerics/compensatedSum.js'
import { wasmCore } from '../../wasm/core.js'
import type { Solver } from '../assignment/assignment.js'
import { bracketOf, costError } from '../assignment/assignmentBracket.js'
import { assignmentOrder } from '../assignment/assignmentOrder.js'
import { assignmentScale, dualUnits, scaledPoints } from '../assignment/assignmentScale.js'
import { type TransportResult, type TransportStatus, transportGap } from '../assignment/transportResult.js'
import type { PointCloud } from '../pointCloud.js'
import { type IntegerMasses, integerMasses } from './networkSimplexMasses.js'
import { FlowTree } from './networkSimplexTree.js'

/** The most costs n m that are kept: 32 MB. */
const NETWORK_SIMPLEX_COSTS = 4e6

/**
 * A reduced cost counts as negative beyond this part of the potentials in it: they are sums along a path of the tree,
 * computed anew every n + m pivots, so their errors are some roundings of their size.
 */
const TOLERANCE = 64 * Number.EPSILON

/**
 * @param X n points
 * @param Y m points of the same dimension, n m <= 4e6
 * @param p in [1, 100]
 * @param gap wanted relative gap of the bracket, 0 for the exact optimum
 * @throws RangeError if n m is larger
 * @source W. H. Cunningham, A network simplex method, doi:10.1007/BF01580379
 */
export const networkSimplex = (X: PointCloud, Y: PointCloud, p: number, gap: number): Solver =>
  new NetworkSimplex(X, Y, p, gap)

class NetworkSimplex implements Solver {
  private readonly n: number
  private readonly m: number
  private readonly d: number
  private readonly p: number
  private readonly gap: number
  private readonly scale: number
  /** The solver's order of points. */
  private readonly rows: Int32Array
  private readonly columns: Int32Array
  private readonly costs: Float64Array
  private readonly masses: IntegerMasses
  private readonly tree: FlowTree
  /** Where pricing goes on. */
  private next = 0
  private pivots = 0
  private sinceCheck = 0
  private done = false
  private exact = false

  constructor(X: PointCloud, Y: PointCloud, p: number, gap: number) {
    const { n, d } = X
    const m = Y.n
    if (n * m > NETWORK_SIMPLEX_COSTS) {
      throw new RangeError(
        `clouds of unequal sizes or weights must have X.n * Y.n <= ${NETWORK_SIMPLEX_COSTS}, got ${n} * ${m}; equal sizes and weights have no such limit`,
      )
    }
    this.n = n
    this.m = m
    this.d = d
    this.p = p
    this.gap = gap
    this.scale = assignmentScale(X, Y)
    this.rows = assignmentOrder(X.x, n, d)
    this.columns = assignmentOrder(Y.x, m, d)
    const x = new Float64Array(n * d)
    const y = new Float64Array(m * d)
    scaledPoints(X, this.scale, this.rows, x)
    scaledPoints(Y, this.scale, this.columns, y)
    this.costs = costMatrix(x, y, d, p)
    this.masses = integerMasses(X, Y, this.rows, this.columns)
    this.tree = new FlowTree(this.masses.supply, this.masses.demand, this.costs)
  }

  advance(units: number): boolean {
    const { n, m, gap, tree } = this
    const arcs = n * m
    let left = units
    while (!this.done && left > 0) {
      const before = this.next
      const arc = this.price()
      const seen = this.next > before ? this.next - before : this.next - before + arcs
      left -= seen
      this.sinceCheck += seen
      if (arc < 0) {
        // Once more with fresh potentials before it is called optimal.
        if (!tree.freshPotentials()) this.exact = this.done = true
        continue
      }
      left -= tree.pivot(Math.floor(arc / m), arc % m)
      this.pivots++
      if (this.pivots % (n + m) === 0) tree.freshPotentials()
      if (gap > 0 && this.sinceCheck > 20 * arcs) {
        this.sinceCheck = 0
        this.done = transportGap(this.evidence().bracket) <= gap
      }
    }
    return this.done
  }

  progress(): { stage: string; matched: number; fraction: number } {
    const { n, m, pivots } = this
    // A few pivots a point, as a rule.
    return { stage: `network simplex, ${pivots} pivots`, matched: 1, fraction: pivots / (pivots + 10 * (n + m)) }
  }

  result(status: TransportStatus = 'interrupted'): TransportResult {
    const { n, m, p, rows, columns, scale, done, exact } = this
    const found = this.evidence()
    const { factor, unit } = dualUnits(scale, p)
    const from: number[] = []
    const to: number[] = []
    const mass: number[] = []
    this.tree.forEachArc((i, j, flow) => {
      if (flow === 0) return
      from.push(rows[i]!)
      to.push(columns[j]!)
      mass.push(flow / this.masses.total)
    })
    const dual = { u: new Float64Array(n), v: new Float64Array(m), scale: unit }
    for (let i = 0; i < n; i++) dual.u[rows[i]!] = factor * found.u[i]!
    for (let j = 0; j < m; j++) dual.v[columns[j]!] = factor * found.v[j]!
    return {
      ...found.bracket,
      p,
      status: done ? (exact ? 'exact' : 'bracket') : status,
      method: 'network simplex',
      plan: { from: Int32Array.from(from), to: Int32Array.from(to), mass: Float64Array.from(mass) },
      dual,
    }
  }

  /** The most negative arc of the next block that has one; -1: there is none. */
  private price(): number {
    const { n, m, costs } = this
    const { u, v } = this.tree
    const arcs = n * m
    // About sqrt of the number of arcs is the block size that experience recommends.
    const block = Math.max(10, Math.ceil(Math.sqrt(arcs)))
    let best = -1
    let least = 0
    let inBlock = 0
    let next = this.next
    let i = Math.floor(next / m)
    let j = next - i * m
    for (let seen = 0; seen < arcs; seen++) {
      const c = costs[next]!
      const reduced = c - u[i]! - v[j]!
      if (reduced < least && reduced < -TOLERANCE * (c + Math.abs(u[i]!) + Math.abs(v[j]!))) {
        least = reduced
        best = next
      }
      next++
      if (++j === m) {
        j = 0
        if (++i === n) {
          i = 0
          next = 0
        }
      }
      if (++inBlock === block) {
        if (best >= 0) break
        inBlock = 0
      }
    }
    this.next = next
    return best
  }

  private evidence(): { bracket: { value: number; low: number; high: number }; u: Float64Array; v: Float64Array } {
    const { n, m, p, scale, costs, masses, tree } = this
    const { v } = tree
    // For any v, the least c_ij - v_j is the best feasible u.
    const potentials = new Float64Array(n)
    const primal = compensatedSum()
    const dual = compensatedSum()
    let rounding = 0
    for (let i = 0; i < n; i++) {
      let least = Number.POSITIVE_INFINITY
      for (let j = 0, k = i * m; j < m; j++, k++) least = Math.min(least, costs[k]! - v[j]!)
      potentials[i] = least
      dual.add(masses.supplyWeight[i]! * least)
      rounding += 3 * masses.supplyWeight[i]! * Math.abs(least)
    }
    for (let j = 0; j < m; j++) {
      dual.add(masses.demandWeight[j]! * v[j]!)
      rounding += 3 * masses.demandWeight[j]! * Math.abs(v[j]!)
    }
    let weighted = 0
    tree.forEachArc((from, to, flow) => {
      const term = (flow / masses.total) * costs[from * m + to]!
      primal.add(term)
      weighted += term
    })
    // Masses are off by masses.error in all; moving that much further costs at most 1 (no distance is above `scale`).
    const bracket = bracketOf(
      { value: primal.total(), error: primal.error() + 3 * Number.EPSILON * weighted + masses.error },
      {
        value: dual.total(),
        error: dual.error() + (rounding + potentialRange(potentials, v) * masses.terms) * Number.EPSILON,
      },
      p,
      costError(this.d, p),
      scale,
    )
    return { bracket, u: potentials, v }
  }
}

function potentialRange(u: Float64Array, v: Float64Array): number {
  let range = 0
  for (const t of u) range = Math.max(range, Math.abs(t))
  for (const t of v) range = Math.max(range, Math.abs(t))
  return range
}

function costMatrix(x: Float64Array, y: Float64Array, d: number, p: number): Float64Array {
  const n = x.length / d
  const m = y.length / d
  const costs = new Float64Array(n * m)
  const { pow } = wasmCore()
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      let s = 0
      for (let a = 0; a < d; a++) {
        const t = x[i * d + a]! - y[j * d + a]!
        s += t * t
      }
      costs[i * m + j] =
        p === 1 ? Math.sqrt(s) : p === 2 ? s : p === 3 ? s * Math.sqrt(s) : s === 0 ? 0 : pow(s, 0.5 * p)
    }
  }
  return costs
}
