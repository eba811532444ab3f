/**
 * The search behind `bottleneckDistance`: a perfect matching of two clouds whose longest pair is as short as possible.
 * It only compares keys (see `kdTree`), so its answer is exact for the distances as computed.
 *
 * Lower bounds are Hall violators: a set of points whose neighbours below some distance are fewer than the set. The
 * first is a single point that is far from all points of the other cloud, and is often the answer. A search at a
 * distance r then either finds a perfect matching, which lowers the upper bound to its longest pair, or ends in a
 * violator, which raises the lower bound to the shortest pair that leaves it. Bisection between the two.
 */
import { raiseByForest } from './bottleneckForest.js'
import { growMatching, type MatchingBracket, type MatchingProblem, matchingOf } from './bottleneckMatching.js'
import { type DistanceNorm, KdTree } from './kdTree.js'

/** Searches at the lower bound itself before bisection. */
const TRIES_AT_LOW = 10

/** The bracket that a permutation alone gives. */
export function bracketOf(problem: MatchingProblem, plan: Int32Array): MatchingBracket {
  return { low: 0, violator: undefined, high: longestPair(problem, plan), plan }
}

/** Narrows the bracket until low = high. Every step of the generator is short, and the bracket is valid after each. */
export function* bottleneckSearch(problem: MatchingProblem, bracket: MatchingBracket): Generator<undefined, void> {
  const { x, y, n, d, norm } = problem
  const treeY = new KdTree(y, n, d, norm)
  const orderX = outermostFirst(x, n, d)
  yield* raiseByNearest(bracket, 'X', x, orderX, treeY)
  yield* raiseByNearest(bracket, 'Y', y, outermostFirst(y, n, d), new KdTree(x, n, d, norm))
  if (bracket.low >= bracket.high) return
  const matching = matchingOf(problem, orderX, treeY)
  let failures = 0
  let free = n
  let freeBefore = n
  while (bracket.low < bracket.high) {
    // Violators that leave ever fewer points over close in on the answer faster than bisection.
    const near = failures < TRIES_AT_LOW && (matching.free <= 4 + n / 1000 || free < freeBefore / 2)
    const limit = failures === 0 || near ? bracket.low : between(bracket, norm)
    if (yield* growMatching(matching, limit)) {
      bracket.plan = matching.partnerOfX.slice()
      bracket.high = longestPair(problem, bracket.plan)
    } else {
      failures++
      freeBefore = limit === bracket.low ? free : 0
      free = matching.free
      yield* raiseByForest(bracket, matching)
    }
  }
}

/** The largest distance from a point of one cloud to the nearest of the other. */
function* raiseByNearest(
  bracket: MatchingBracket,
  side: 'X' | 'Y',
  points: Float64Array,
  order: Int32Array,
  tree: KdTree,
): Generator<undefined, void> {
  let steps = 0
  for (const i of order) {
    if (++steps % 256 === 0) yield
    if (tree.anyWithin(points, i, bracket.low) >= 0) continue
    tree.nearest(points, i, Number.POSITIVE_INFINITY)
    bracket.low = tree.foundKey()
    bracket.violator = { points: Int32Array.of(i), side }
  }
}

/** Indices by decreasing distance from the mean: points far out have few neighbours and choose first. */
function outermostFirst(points: Float64Array, n: number, d: number): Int32Array {
  const mean = new Float64Array(d)
  for (let i = 0; i < n; i++) for (let a = 0; a < d; a++) mean[a] = mean[a]! + points[i * d + a]! / n
  const radius = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < d; a++) radius[i] = radius[i]! + (points[i * d + a]! - mean[a]!) ** 2
  }
  return Int32Array.from({ length: n }, (_, i) => i).sort((i, j) => radius[j]! - radius[i]!)
}

/** The largest key of a pair, with the arithmetic of the tree. */
function longestPair({ x, y, n, d, norm }: MatchingProblem, plan: Int32Array): number {
  let longest = 0
  for (let i = 0; i < n; i++) {
    let key = 0
    for (let a = 0; a < d; a++) {
      const gap = x[i * d + a]! - y[plan[i]! * d + a]!
      if (norm === 'euclidean') key += gap * gap
      else if (Math.abs(gap) > key) key = Math.abs(gap)
    }
    if (key > longest) longest = key
  }
  return longest
}

/** A key in [low, high), in the middle of the two distances; of their logarithms when they are far apart. */
function between({ low, high }: MatchingBracket, norm: DistanceNorm): number {
  const [a, b] = norm === 'euclidean' ? [Math.sqrt(low), Math.sqrt(high)] : [low, high]
  const middle = a > 0 && b > 4 * a ? Math.sqrt(a) * Math.sqrt(b) : 0.5 * (a + b)
  const key = norm === 'euclidean' ? middle * middle : middle
  return key >= low && key < high ? key : low
}
