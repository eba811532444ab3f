/**
 * Largest matchings of two clouds by pairs within a distance, by alternating forests. The neighbour lists are never
 * stored: the trees answer "any point left within r", and a point found is taken out, so a forest costs n searches.
 */
import { type DistanceNorm, KdTree } from './kdTree.js'

/** Two clouds of n points of R^d, arrays of structures. */
export interface MatchingProblem {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly n: number
  readonly d: number
  readonly norm: DistanceNorm
}

/** The best that is known: valid at any moment of the search. */
export interface MatchingBracket {
  /** Every perfect matching has a pair with this key or a larger one; the violator says why (0 needs none). */
  low: number
  violator: { readonly points: Int32Array; readonly side: 'X' | 'Y' } | undefined
  /** The largest key of a pair (i, plan[i]). */
  high: number
  plan: Int32Array
}

/** Share of the free points below which a forest has gained little. */
const FEW = 0.1
/** Points that a tree takes at a time: what it takes beyond its path is lost for the others. */
const HANDFUL = 4

/** A matching and the forest of its last search. */
export interface Matching extends MatchingProblem {
  /** Partner of each point of X, and of Y; -1 if free. */
  readonly partnerOfX: Int32Array
  readonly partnerOfY: Int32Array
  /** Key of the pair of each point of X. */
  readonly pairKey: Float64Array
  /** Number of free points of X. */
  free: number
  /** Points of X in the forest: members[0 .. reached - 1]. */
  readonly members: Int32Array
  reached: number
  /** Points of Y outside the forest. */
  readonly outside: KdTree
  /** Points of Y that are free. */
  readonly unmatched: KdTree
  /** The order in which free points of X start. */
  readonly order: Int32Array
  /** Root of the tree a point of X is in; the point of X from which a point of Y was reached. */
  readonly root: Int32Array
  readonly parentOfY: Int32Array
  /** Key with which it was reached. */
  readonly parentKey: Float64Array
  readonly finished: Uint8Array
  /**
   * What the last failed search has shown: points of X with wayOut[i] > r have no neighbours within r but those points
   * of Y whose `home` is 1. All 0 at first.
   */
  readonly home: Uint8Array
  readonly wayOut: Float64Array
  /** Points of `home` outside the forest: where a search finds sooner that nothing is left. */
  readonly homeOutside: KdTree
  /** Scratch. */
  readonly queue: Int32Array
  readonly taken: Int32Array
  readonly takenKey: Float64Array
}

/** The empty matching. */
export function matchingOf(points: MatchingProblem, order: Int32Array, treeY: KdTree): Matching {
  const { n, y, d, norm } = points
  return {
    ...points,
    partnerOfX: new Int32Array(n).fill(-1),
    partnerOfY: new Int32Array(n).fill(-1),
    pairKey: new Float64Array(n),
    free: n,
    members: new Int32Array(n),
    queue: new Int32Array(n),
    reached: 0,
    outside: treeY,
    unmatched: new KdTree(y, n, d, norm),
    order,
    root: new Int32Array(n),
    parentOfY: new Int32Array(n),
    parentKey: new Float64Array(n),
    finished: new Uint8Array(n),
    home: new Uint8Array(n),
    wayOut: new Float64Array(n),
    homeOutside: new KdTree(y, n, d, norm),
    taken: new Int32Array(n),
    takenKey: new Float64Array(n),
  }
}

/**
 * Makes the matching as large as pairs with key <= limit allow, or finds out that it cannot be perfect. Pairs above the
 * limit are dropped first.
 * @returns whether it is perfect. If not, members[0 .. reached - 1] have no such neighbours but their partners, and
 * some of them are free
 */
export function* growMatching(matching: Matching, limit: number): Generator<undefined, boolean> {
  const { order, partnerOfX } = matching
  drop(matching, limit)
  while (matching.free > 0) {
    const { free } = matching
    const roots = order.filter(i => partnerOfX[i]! < 0)
    const gained = yield* growForest(matching, limit, roots)
    if (gained === 0) return false
    // A single tree that finds no free point ends a hopeless search at once.
    if (gained < FEW * free && gained < free) {
      const left = roots.filter(i => partnerOfX[i]! < 0)
      if ((yield* growForest(matching, limit, left.subarray(-1))) === 0) {
        yield* addRoots(matching, limit, left.subarray(0, -1))
        return false
      }
    }
  }
  return true
}

/** After a failed search: adds the free points to the forest whose neighbours it holds already. */
function* addRoots(matching: Matching, limit: number, roots: Int32Array): Generator<undefined, void> {
  const { x, members, outside } = matching
  for (let k = 0; k < roots.length; k++) {
    if (k % 256 === 255) yield
    if (outside.anyWithin(x, roots[k]!, limit) < 0) members[matching.reached++] = roots[k]!
  }
}

function drop(matching: Matching, limit: number): void {
  const { n, partnerOfX, partnerOfY, pairKey, unmatched } = matching
  unmatched.restore()
  for (let i = 0; i < n; i++) {
    const j = partnerOfX[i]!
    if (j < 0) continue
    if (pairKey[i]! <= limit) unmatched.remove(j)
    else {
      partnerOfX[i] = -1
      partnerOfY[j] = -1
      matching.free++
    }
  }
}

/**
 * Alternating trees from some free points of X, at most one augmenting path from each. A tree that has ended in a free
 * point grows no more, and what it holds is lost for the others; so all grow at the same speed.
 * @returns how many pairs were gained
 */
function* growForest(matching: Matching, limit: number, roots: Int32Array): Generator<undefined, number> {
  const { n, x, partnerOfY, members, queue, outside, unmatched, root, finished, taken, takenKey } = matching
  const { parentOfY, parentKey, home, homeOutside, wayOut } = matching
  outside.restore()
  finished.fill(0)
  let reached = 0
  let waiting = 0
  let head = 0
  let gained = 0
  let homeFree = 0
  homeOutside.restore()
  for (let j = 0; j < n; j++) {
    if (home[j] === 0) homeOutside.remove(j)
    else if (partnerOfY[j]! < 0) homeFree++
  }
  /**
   * Ends the tree of i if it has a free point in reach; else i joins it. Free points only get fewer: one look is
   * enough.
   */
  const join = (i: number): boolean => {
    const end = homeFree === 0 && wayOut[i]! > limit ? -1 : unmatched.anyWithin(x, i, limit)
    if (end < 0) {
      members[reached++] = i
      queue[(head + waiting++) % n] = i
      return false
    }
    parentOfY[end] = i
    parentKey[end] = unmatched.foundKey()
    unmatched.remove(end)
    outside.remove(end)
    homeOutside.remove(end)
    homeFree -= home[end]!
    flip(matching, end)
    finished[root[i]!] = 1
    gained++
    return true
  }
  let steps = 0
  for (const i of roots) {
    if (++steps % 256 === 0) yield
    root[i] = i
    join(i)
  }
  // The queue is a ring; a point of X is in it at most once.
  while (waiting > 0) {
    if (++steps % 256 === 0) yield
    const i = queue[head]!
    if (++head === n) head = 0
    waiting--
    if (finished[root[i]!] === 1) continue
    const [tree, other] = wayOut[i]! > limit ? [homeOutside, outside] : [outside, homeOutside]
    const count = tree.takeWithin(x, i, limit, HANDFUL, taken, takenKey)
    for (let k = 0; k < count; k++) other.remove(taken[k]!)
    let ended = false
    for (let k = 0; k < count && !ended; k++) {
      const j = taken[k]!
      parentOfY[j] = i
      parentKey[j] = takenKey[k]!
      const next = partnerOfY[j]!
      root[next] = root[i]!
      ended = join(next)
    }
    if (count === HANDFUL && !ended) queue[(head + waiting++) % n] = i
  }
  matching.free -= gained
  matching.reached = reached
  return gained
}

/** Exchanges the pairs along the path that ends in the free point `end` of Y. */
function flip({ partnerOfX, partnerOfY, pairKey, parentOfY, parentKey }: Matching, end: number): void {
  let j = end
  while (j >= 0) {
    const i = parentOfY[j]!
    const before = partnerOfX[i]!
    partnerOfX[i] = j
    partnerOfY[j] = i
    pairKey[i] = parentKey[j]!
    j = before
  }
}
