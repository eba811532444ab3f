/**
 * Exact W_p between two clouds of n equal weights (an assignment problem) in O(n) memory: an auction with decreasing
 * epsilon, then shortest augmenting paths, in slices of bounded work. The loops are in `src/wasm/assembly/transport`.
 * Called by `wassersteinDistance`.
 */
import { type AssignmentModule, assignmentModule } from '../../wasm/transport.js'
import type { PointCloud } from '../pointCloud.js'
import { bracketOf, costError } from './assignmentBracket.js'
import { type DualSample, type Evidence, presentEvidence, sampleDual } from './assignmentEvidence.js'
import { assignmentOrder } from './assignmentOrder.js'
import { assignmentScale, dualUnits, scaledPoints } from './assignmentScale.js'
import { type TransportResult, type TransportStatus, transportGap } from './transportResult.js'

/** Columns that a row remembers: fewer cost more scans, more cost more time in each. */
const LIST = 32
/** First epsilon, in units of the spread of reduced costs in a row's list. */
const FIRST = 0.05
/** Factor from one epsilon to the next. */
const FACTOR = 0.2
/** Epsilon at which shortest paths take over, in units of the first; a matter of speed only. */
const LAST = 1 / 500
/**
 * Bids and scans per row after which a round is a price war (many rows want few columns, far below what they are
 * worth): epsilon is then raised by ESCALATION.
 */
const WAR_BIDS = 80
const WAR_SCANS = 5
const ESCALATION = 10
/** What paths may cost in a round, in scans per row; beyond, epsilon is raised. */
const PATHS = 4
/** How often later rounds may raise epsilon; then paths may cost what they will, and every round ends. */
const RETURNS = 3
/** No bid raises a price by more than this many epsilon. */
const RAISE = 20
/** Size of the small problem that gives prices to start from, and its gap. */
const START = 512
const START_GAP = 0.01
/** Which parts of its prices are tried. */
const SHARES = [1, 0.75, 0.5, 0.25]
/** A row is coupled if its list reaches this many times further beyond its nearest column than that is away. */
const COUPLED = 8
/** The part of the rows that a round leaves to shortest paths: the last few free rows make most of the bids. */
const TAIL = 0.002
/** The part of the work that is left after a round, for progress alone. */
const ROUND_LEFT = 0.7
/** Rows further than this from their best, relatively, are matched again: four roundings of a reduced cost. */
const SLACK = 2 * Number.EPSILON
/** Paths to the optimum may take this part of the work so far; then comes a smaller epsilon. */
const PATIENCE = 0.5
/** No smaller epsilon than this part of the largest price: a bid must raise the price in spite of rounding. */
const EPSILON_FLOOR = 2 ** -48
/** A certified relative gap that counts as rounding: some thousand roundings of sums with cancellation. */
const EXACT_GAP = 1e-12

/** Repairs nothing, but brings every list up to date that does not tell its row's least reduced cost. */
const ANY = 1e300

/** A solver that can be stopped anywhere. */
export interface Solver {
  /** Does about so many units of work (pairs of points looked at); true when there is no more to do. */
  advance(units: number): boolean
  /** The best bracket and evidence so far. */
  result(status?: TransportStatus): TransportResult
  /** In a few words what it is doing; parts of the rows that are matched, and of all work (predicted, not monotone). */
  progress(): { readonly stage: string; readonly matched: number; readonly fraction: number }
}

interface AssignmentOptions {
  /** Wanted relative gap of the bracket, 0 for the exact optimum. */
  readonly gap: number
  /** Unit of length, see `assignmentScale` (default). */
  readonly scale?: number
}

/**
 * @param X n points, taken with weights 1/n
 * @param Y as many, in the same dimension
 * @param p in [1, 100]
 * @throws RangeError if there is not enough memory
 * @source D. P. Bertsekas, The auction algorithm, doi:10.1007/BF02186476
 */
export const assignment = (X: PointCloud, Y: PointCloud, p: number, options: AssignmentOptions): Solver =>
  new Assignment(X, Y, p, options)

class Assignment implements Solver {
  private readonly X: PointCloud
  private readonly Y: PointCloud
  private readonly n: number
  private readonly p: number
  private readonly gap: number
  private readonly scale: number
  private readonly module: AssignmentModule
  /** The solver's order of points. */
  private readonly rows: Int32Array
  private readonly columns: Int32Array
  private readonly steps: Generator<void>
  private stage = 'auction'
  private rounds = 0
  private returns = 0
  private tail: number
  /** Work at which the present slice ends. */
  private end = 0
  private done = false
  private exact = false
  private best: Evidence | undefined

  constructor(X: PointCloud, Y: PointCloud, p: number, { gap, scale = assignmentScale(X, Y) }: AssignmentOptions) {
    const { n, d } = X
    this.X = X
    this.Y = Y
    this.n = n
    this.p = p
    this.gap = gap
    this.scale = scale
    this.tail = Math.floor(TAIL * n)
    this.module = assignmentModule(n, d, p, LIST)
    this.rows = assignmentOrder(X.x, n, d)
    this.columns = assignmentOrder(Y.x, n, d)
    scaledPoints(X, scale, this.rows, this.module.X)
    scaledPoints(Y, scale, this.columns, this.module.Y)
    this.module.run.prepareColumns()
    this.steps = this.solve()
  }

  advance(units: number): boolean {
    this.end = this.module.run.work.value + units
    if (!this.done) this.done = this.steps.next().done === true
    return this.done
  }

  progress(): { stage: string; matched: number; fraction: number } {
    const { n, stage, rounds } = this
    let count = 0
    for (const j of this.module.partner) if (j >= 0) count++
    const matched = count / n
    // Each round takes about a third of what is left: there are four, and paths at the end.
    const before = 1 - ROUND_LEFT ** Math.max(0, rounds - 1)
    return { stage, matched, fraction: rounds === 0 ? 0 : before + (1 - before) * (1 - ROUND_LEFT) * matched }
  }

  result(status: TransportStatus = 'interrupted'): TransportResult {
    const { n, p, done, exact, rows, columns, scale } = this
    const kept = done ? this.best! : this.evaluate()
    const { factor, unit } = dualUnits(scale, p)
    const plan = new Int32Array(n)
    const u = new Float64Array(n)
    const v = new Float64Array(n)
    for (let i = 0; i < n; i++) {
      plan[rows[i]!] = columns[kept.plan[i]!]!
      u[rows[i]!] = factor * kept.u[i]!
      v[columns[i]!] = factor * kept.v[i]!
    }
    return {
      ...this.bracket(kept),
      p,
      status: done ? (exact ? 'exact' : 'bracket') : status,
      method: done && exact ? 'auction and shortest augmenting paths' : 'auction',
      plan,
      dual: { u, v, scale: unit },
    }
  }

  /** Evaluates the present matching and prices, and keeps what is better than before. */
  private evaluate(): Evidence {
    const now = presentEvidence(this.module)
    let best = this.best ?? now
    if (now.primal.value < best.primal.value) best = { ...best, primal: now.primal, plan: now.plan }
    if (now.dual.value > best.dual.value) best = { ...best, dual: now.dual, u: now.u, v: now.v }
    this.best = best
    return best
  }

  private bracket({ primal, dual }: Evidence): { value: number; low: number; high: number } {
    return bracketOf(primal, dual, this.p, costError(this.X.d, this.p), this.scale)
  }

  /** Work left in this slice for one call. */
  private left(): number {
    return this.end - this.module.run.work.value
  }

  /** Rounds with smaller and smaller epsilon, until the gap or the optimum is reached. */
  private *solve(): Generator<void> {
    const { gap, module } = this
    let epsilon = yield* this.start()
    const last = LAST * epsilon
    for (let k = 1; ; k++) {
      this.stage = `auction, round ${k}`
      this.rounds = k
      const used = yield* this.round(epsilon, k > 1)
      epsilon = used * FACTOR
      if (gap > 0) {
        yield* this.repairs(ANY)
        if (transportGap(this.bracket(this.evaluate())) <= gap) return
      }
      if (used > last) continue
      this.stage = 'augmenting paths to the optimum'
      // Where ties are many (points on a line, on a lattice), paths are long, and smaller epsilons do better.
      let largest = 0
      for (const t of module.price) largest = Math.max(largest, Math.abs(t))
      const floor = epsilon <= largest * EPSILON_FLOOR
      this.exact = yield* this.repairs(SLACK, floor ? Number.POSITIVE_INFINITY : PATIENCE * module.run.work.value)
      // Later paths have outdated the lists of earlier rows, and with them the bounds that the dual value is made of.
      yield* this.repairs(ANY)
      this.exact = transportGap(this.bracket(this.evaluate())) <= EXACT_GAP || this.exact
      if (this.exact) return
    }
  }

  /** Bids, and paths for the last few rows, until all rows are matched within epsilon; returns epsilon. */
  private *round(wanted: number, later: boolean): Generator<void, number> {
    const { n } = this
    const { run } = this.module
    let epsilon = wanted
    for (;;) {
      run.abandonSearch()
      run.refreshPrices()
      run.beginRound(epsilon)
      const free = yield* this.bids(epsilon)
      // A price of 1 is more than any two costs differ by, so a larger epsilon would not end a war sooner.
      // Nor do rounds that raise it again and again come to an end: a few times are allowed.
      const last = epsilon >= 1 || (later && this.returns >= RETURNS)
      if (free <= this.tail || later || last) {
        const most = last ? Number.POSITIVE_INFINITY : PATHS * n * n + 2e7
        if (yield* this.repairs(Number.POSITIVE_INFINITY, most)) return epsilon
        // Long paths (between clusters, say): from now on bids do the rest.
        if (this.tail > 0) {
          this.tail = 0
          continue
        }
      }
      epsilon *= ESCALATION
      if (later) this.returns++
    }
  }

  /** Bids of one round, until few rows are free or it is a price war; returns the number of free rows. */
  private *bids(epsilon: number): Generator<void, number> {
    const { n, tail } = this
    const { run } = this.module
    const bids = run.bids.value + WAR_BIDS * n
    const scans = run.scans.value + WAR_SCANS * n
    // A war is looked for after at most two scans a row, or half the bids: at the same moments for any slices.
    let free = n
    let look = run.work.value
    do {
      if (run.work.value >= look) look = run.work.value + Math.min(2 * n * n, 200 * n)
      free = run.bid(epsilon, RAISE * epsilon, tail, Math.min(this.left(), look - run.work.value))
      if (this.left() <= 0) yield
    } while (free > tail && (run.work.value < look || (run.bids.value < bids && run.scans.value < scans)))
    return free
  }

  /** One pass over the rows; gives up and returns false after `most` work. */
  private *repairs(slack: number, most = Number.POSITIVE_INFINITY): Generator<void, boolean> {
    const { run } = this.module
    const end = run.work.value + most
    run.refreshPrices()
    run.beginRepair()
    while (run.repair(slack, Math.min(this.left(), end - run.work.value)) !== 0) {
      if (run.work.value >= end) return false
      yield
    }
    return true
  }

  /** Sets prices to start from, and returns an epsilon to begin with. */
  private *start(): Generator<void, number> {
    const flat = sampleDual(this.module)
    let margin = Math.min(flat.least, flat.spread) || Math.max(flat.least, flat.spread)
    if (this.n >= 4 * START) {
      this.stage = 'a small problem'
      yield* this.smallPrices()
      const priced = yield* this.keepShare()
      // Points that have a partner far nearer than the next column keep it at equal prices; there, the prices of a
      // small problem are noise, unless they prove more.
      const better = priced.value - flat.value > 2 * (priced.error + flat.error)
      if (better || flat.spread <= COUPLED * flat.least) margin = priced.spread || margin
      else this.setPrices(() => 0)
    }
    // All on top of each other: 2^-10 of the largest cost (1) is a place to begin, whatever the clouds.
    return FIRST * (margin || 2 ** -10)
  }

  /** The prices that follow from the potentials of a small problem. */
  private *smallPrices(): Generator<void> {
    const { n, p, scale, module } = this
    const { run } = module
    const places = Int32Array.from({ length: START }, (_, k) => run.startingRow(k, START))
    const [X, Y] = [pick(this.X, this.rows, places), pick(this.Y, this.columns, places)]
    const small = assignment(X, Y, p, { gap: START_GAP, scale })
    while (!small.advance(this.left())) yield
    const { factor } = dualUnits(scale, p)
    const { u } = small.result().dual!
    for (let k = 0; k < START; k++) module.rowMinimum[k] = u[k]! / factor
    // The prices fall now, below what the lists bound, and an interrupt may come in between.
    run.forgetLists()
    for (let j = 0; j < n; j += 1000) {
      run.pricesFromRows(START, j, Math.min(n, j + 1000))
      if (this.left() <= 0) yield
    }
  }

  /**
   * Keeps a share of the present prices. The part of them that comes from the distances of points is too large by what
   * these distances are larger in the small problem; the part that comes from the shape of the clouds is not. The dual
   * value, concave in the share, says how much is right. Kept is the mean of that share and of all: columns that are
   * too cheap are soon bid for, those that are too dear wait until all others have risen.
   */
  private *keepShare(): Generator<void, DualSample> {
    const full = this.module.price.slice()
    const tryShare = (share: number): DualSample => {
      this.setPrices(j => share * full[j]!)
      return sampleDual(this.module)
    }
    let kept = SHARES[0]!
    let best = tryShare(kept)
    for (const share of SHARES.slice(1)) {
      if (this.left() <= 0) yield
      const tried = tryShare(share)
      if (tried.value <= best.value) break
      best = tried
      kept = share
    }
    return tryShare(0.5 * (kept + 1))
  }

  private setPrices(priceOf: (column: number) => number): void {
    const { price, run } = this.module
    for (let j = 0; j < price.length; j++) price[j] = priceOf(j)
    run.forgetLists()
    run.refreshPrices()
  }
}

/** Some points, by their places in an order. */
function pick({ n, d, x }: PointCloud, order: Int32Array, places: Int32Array): PointCloud {
  const count = places.length
  const out = new Float64Array(count * d)
  for (let a = 0; a < d; a++) for (let k = 0; k < count; k++) out[a * count + k] = x[a * n + order[places[k]!]!]!
  return { n: count, d, x: out }
}
