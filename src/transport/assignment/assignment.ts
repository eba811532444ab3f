/**
 * Exact W_p between two clouds of n equal weights (an assignment problem) in O(n) memory: an auction with decreasing
 * epsilon, then shortest augmenting paths, in slices of bounded work. The loops are in `src/wasm/assembly/transport`.
 * Called by `wassersteinDistance`.
 */
import { compensatedSum } from '../../base/compensatedSum.js'
import { type AssignmentModule, assignmentModule } from '../../wasm/transport.js'
import type { PointCloud } from '../pointCloud.js'
import { bracketOf, costError } from './assignmentBracket.js'
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
 * Bids and scans per row after which a round is a price war (many rows want few columns, far below what they are worth):
 * epsilon is then raised by ESCALATION.
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
/** Rows that are looked at to choose where to start. */
const SAMPLE = 256
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
  /** What it is doing, in a few words, and the part of rows that are matched now. */
  /** `fraction` of the whole as predicted, not monotone. */
  progress(): { readonly stage: string; readonly matched: number; readonly fraction: number }
}

export interface AssignmentOptions {
  /** Wanted relative gap of the bracket, 0 for the exact optimum. */
  readonly gap: number
  /** Unit of length, see `assignmentScale` (default). */
  readonly scale?: number
}

/** What a sample of rows says about the present prices. */
interface DualSample {
  readonly value: number
  readonly error: number
  readonly least: number
  readonly spread: number
}

interface Snapshot {
  primal: { value: number; error: number }
  dual: { value: number; error: number }
  plan: Int32Array
  u: Float64Array
  v: Float64Array
}

/**
 * @param X n points, taken with weights 1/n
 * @param Y as many, in the same dimension
 * @param p in [1, 100]
 * @throws RangeError if there is not enough memory
 * @source D. P. Bertsekas, The auction algorithm, doi:10.1007/BF02186476
 */
export function assignment(X: PointCloud, Y: PointCloud, p: number, options: AssignmentOptions): Solver {
  const { n, d } = X
  const { gap, scale = assignmentScale(X, Y) } = options
  const { run, ...memory } = assignmentModule(n, d, p, LIST)
  const rows = assignmentOrder(X.x, n, d)
  const columns = assignmentOrder(Y.x, n, d)
  scaledPoints(X, scale, rows, memory.X)
  scaledPoints(Y, scale, columns, memory.Y)
  run.prepareColumns()
  const gamma = costError(d, p)
  let returns = 0
  let tail = Math.floor(TAIL * n)
  let stage = 'auction'
  let rounds = 0
  let budget = 0
  let exact = false
  let best: Snapshot | undefined

  /** Evaluates the present matching and prices, and keeps what is better than before. */
  function evaluate(): Snapshot {
    const now = takeSnapshot(memory, run)
    if (best === undefined) best = now
    else {
      if (now.primal.value < best.primal.value) best = { ...best, primal: now.primal, plan: now.plan }
      if (now.dual.value > best.dual.value) best = { ...best, dual: now.dual, u: now.u, v: now.v }
    }
    return best
  }
  const bracket = (kept: Snapshot): { value: number; low: number; high: number } =>
    bracketOf(kept.primal, kept.dual, p, gamma, scale)

  /** Work left in this slice for one call. */
  const left = (): number => budget - run.work.value

  /** One pass over the rows; gives up and returns false after `most` work. */
  function* repairs(slack: number, most = Number.POSITIVE_INFINITY): Generator<void, boolean> {
    const end = run.work.value + most
    run.refreshPrices()
    run.beginRepair()
    while (run.repair(slack, Math.min(left(), end - run.work.value)) !== 0) {
      if (run.work.value >= end) return false
      yield
    }
    return true
  }

  /** Bids, and paths for the last few rows, until all rows are matched within epsilon; returns epsilon. */
  function* round(wanted: number, later: boolean): Generator<void, number> {
    let epsilon = wanted
    for (;;) {
      run.abandonSearch()
      run.refreshPrices()
      run.beginRound(epsilon)
      const bids = run.bids.value + WAR_BIDS * n
      const scans = run.scans.value + WAR_SCANS * n
      // A war is looked for after at most two scans a row, or half the bids: at the same moments for any slices.
      let free = n
      let look = run.work.value
      do {
        if (run.work.value >= look) look = run.work.value + Math.min(2 * n * n, 200 * n)
        free = run.bid(epsilon, RAISE * epsilon, tail, Math.min(left(), look - run.work.value))
        if (left() <= 0) yield
      } while (free > tail && (run.work.value < look || (run.bids.value < bids && run.scans.value < scans)))
      // A price of 1 is more than any two costs differ by, so a larger epsilon would not end a war sooner.
      // Nor do rounds that raise it again and again come to an end: a few times are allowed.
      const last = epsilon >= 1 || (later && returns >= RETURNS)
      if (free <= tail || later || last) {
        const done = yield* repairs(Number.POSITIVE_INFINITY, last ? Number.POSITIVE_INFINITY : PATHS * n * n + 2e7)
        if (done) return epsilon
        // Long paths (between clusters, say): from now on bids do the rest.
        if (tail > 0) {
          tail = 0
          continue
        }
      }
      epsilon *= ESCALATION
      if (later) returns++
    }
  }

  /** Sets prices to start from, and returns an epsilon to begin with. */
  function* start(): Generator<void, number> {
    const flat = sampleDual()
    let margin = Math.min(flat.least, flat.spread) || Math.max(flat.least, flat.spread)
    if (n >= 4 * START) {
      stage = 'a small problem'
      const places = Int32Array.from({ length: START }, (_, k) => run.startingRow(k, START))
      const small = assignment(pick(X, rows, places), pick(Y, columns, places), p, { gap: START_GAP, scale })
      while (!small.advance(left())) yield
      const { factor } = dualUnits(scale, p)
      const { u } = small.result().dual!
      for (let k = 0; k < START; k++) memory.rowMinimum[k] = u[k]! / factor
      // The prices fall now, below what the lists bound, and an interrupt may come in between.
      run.forgetLists()
      for (let j = 0; j < n; j += 1000) {
        run.pricesFromRows(START, j, Math.min(n, j + 1000))
        if (left() <= 0) yield
      }
      const priced = yield* keepShare()
      // Points that have a partner far nearer than the next column keep it at equal prices; there, the prices of a small
      // problem are noise, unless they prove more.
      const better = priced.value - flat.value > 2 * (priced.error + flat.error)
      if (better || flat.spread <= COUPLED * flat.least) margin = priced.spread || margin
      else {
        memory.price.fill(0)
        setPrices()
      }
    }
    // All on top of each other: 2^-10 of the largest cost (1) is a place to begin, whatever the clouds.
    return FIRST * (margin || 2 ** -10)
  }

  /**
   * Keeps a share of the present prices. The part of them that comes from the distances of points is too large by what
   * these distances are larger in the small problem; the part that comes from the shape of the clouds is not. The dual
   * value, concave in the share, says how much is right. Kept is the mean of that share and of all: columns that are too
   * cheap are soon bid for, those that are too dear wait until all others have risen.
   */
  function* keepShare(): Generator<void, DualSample> {
    const full = memory.price.slice()
    const tryShare = (share: number): DualSample => {
      for (let j = 0; j < n; j++) memory.price[j] = share * full[j]!
      setPrices()
      return sampleDual()
    }
    let kept = SHARES[0]!
    let best = tryShare(kept)
    for (const share of SHARES.slice(1)) {
      if (left() <= 0) yield
      const tried = tryShare(share)
      if (tried.value <= best.value) break
      best = tried
      kept = share
    }
    return tryShare(0.5 * (kept + 1))
  }

  function setPrices(): void {
    run.forgetLists()
    run.refreshPrices()
  }

  /**
   * The dual value by a sample of rows, with its standard error, and in what units costs and prices differ: the mean
   * least reduced cost of a row, and how much larger that of the last column in its list is.
   */
  function sampleDual(): DualSample {
    const count = Math.min(n, SAMPLE)
    let sum = 0
    let squares = 0
    let spread = 0
    for (let k = 0; k < count; k++) {
      const i = run.startingRow(k, count)
      const least = run.leastOf(i)
      sum += least
      squares += least * least
      // A list of all columns bounds nothing.
      if (memory.bound[i]! < Number.POSITIVE_INFINITY) spread += memory.bound[i]! - least
    }
    let prices = 0
    for (const t of memory.price) prices += t
    const mean = sum / count
    const error = Math.sqrt(Math.max(0, squares / count - mean * mean) / count)
    return { value: mean - prices / n, error, least: Math.max(0, mean), spread: spread / count }
  }

  function* solve(): Generator<void> {
    let epsilon = yield* start()
    const last = LAST * epsilon
    for (let k = 1; ; k++) {
      stage = `auction, round ${k}`
      rounds = k
      const used = yield* round(epsilon, k > 1)
      epsilon = used * FACTOR
      if (gap > 0) {
        yield* repairs(ANY)
        if (transportGap(bracket(evaluate())) <= gap) return
      }
      if (used > last) continue
      stage = 'augmenting paths to the optimum'
      // Where ties are many (points on a line, on a lattice), paths are long, and smaller epsilons do better.
      const floor = epsilon <= largestPrice() * EPSILON_FLOOR
      exact = yield* repairs(SLACK, floor ? Number.POSITIVE_INFINITY : PATIENCE * run.work.value)
      // Later paths have outdated the lists of earlier rows, and with them the bounds that the dual value is made of.
      yield* repairs(ANY)
      const certified = transportGap(bracket(evaluate()))
      exact ||= certified <= EXACT_GAP
      if (exact) return
    }
  }

  function largestPrice(): number {
    let largest = 0
    for (const t of memory.price) largest = Math.max(largest, Math.abs(t))
    return largest
  }

  const steps = solve()
  let done = false
  return {
    advance: units => {
      budget = run.work.value + units
      if (!done) done = steps.next().done === true
      return done
    },
    progress: () => {
      let matched = 0
      for (const j of memory.partner) if (j >= 0) matched++
      // Each round takes about a third of what is left: there are four, and paths at the end.
      const before = 1 - ROUND_LEFT ** Math.max(0, rounds - 1)
      const fraction = rounds === 0 ? 0 : before + (1 - before) * (1 - ROUND_LEFT) * (matched / n)
      return { stage, matched: matched / n, fraction }
    },
    result: status => {
      const kept = done ? best! : evaluate()
      const plan = new Int32Array(n)
      for (let i = 0; i < n; i++) plan[rows[i]!] = columns[kept.plan[i]!]!
      const { factor, unit } = dualUnits(scale, p)
      const u = new Float64Array(n)
      const v = new Float64Array(n)
      for (let i = 0; i < n; i++) {
        u[rows[i]!] = factor * kept.u[i]!
        v[columns[i]!] = factor * kept.v[i]!
      }
      return {
        ...bracket(kept),
        p,
        status: done ? (exact ? 'exact' : 'bracket') : (status ?? 'interrupted'),
        method: done && exact ? 'auction and shortest augmenting paths' : 'auction',
        plan,
        dual: { u, v, scale: unit },
      }
    },
  }
}

/** Some points, by their places in an order. */
function pick({ n, d, x }: PointCloud, order: Int32Array, places: Int32Array): PointCloud {
  const count = places.length
  const out = new Float64Array(count * d)
  for (let a = 0; a < d; a++) for (let k = 0; k < count; k++) out[a * count + k] = x[a * n + order[places[k]!]!]!
  return { n: count, d, x: out }
}

/** The present plan, its free rows matched to free columns in order, and the present potentials, with their values. */
function takeSnapshot(memory: Omit<AssignmentModule, 'run'>, run: AssignmentModule['run']): Snapshot {
  const { price, owner, partner, matchCost, rowMinimum } = memory
  const n = price.length
  run.boundRows()
  const plan = partner.slice()
  const u = rowMinimum.slice()
  const v = new Float64Array(n)
  let leastPrice = Number.POSITIVE_INFINITY
  for (let j = 0; j < n; j++) {
    v[j] = -price[j]!
    leastPrice = Math.min(leastPrice, price[j]!)
  }
  const primal = compensatedSum()
  const dual = compensatedSum()
  let rounding = 0
  for (let i = 0, free = 0; i < n; i++) {
    if (plan[i]! < 0) {
      while (owner[free]! >= 0) free++
      plan[i] = free
      primal.add(run.costOf(i, free++))
    } else primal.add(matchCost[i]!)
    // A row without a list: costs are not negative.
    if (u[i] === Number.NEGATIVE_INFINITY) u[i] = leastPrice
    dual.add(u[i]!)
    dual.add(v[i]!)
    // u_i is below the rounded sum c_ij + price_j, so at most this much above the exact one.
    rounding += Math.abs(u[i]!) * Number.EPSILON
  }
  return {
    primal: { value: primal.total() / n, error: primal.error() / n },
    dual: { value: dual.total() / n, error: (dual.error() + rounding) / n },
    plan,
    u,
    v,
  }
}
