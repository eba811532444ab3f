/**
 * What a failed search for a perfect matching proves: Hall violators out of its forest, for `bottleneckSearch`.
 */
import type { Matching, MatchingBracket } from './bottleneckMatching.js'
import { KdTree } from './kdTree.js'

/**
 * Raises the lower bound by the forest of a failed search.
 *
 * The points S of X in the forest have only their partners as neighbours, |S| - k points of Y. So k points of S must be
 * paired with points of Y outside: not all of these pairs are shorter than the k-th least distance from a point of S to
 * the outside; nor than the k-th least from a point outside to S. Without the k - 1 points that are nearer, S (or the
 * outside) is a violator for that distance: with k = 1000 in clusters of 6000 : 5000 points, all but the answer.
 */
export function* raiseByForest(bracket: MatchingBracket, matching: Matching): Generator<undefined, void> {
  const { x, y, n, d, norm, members, reached, outside, partnerOfX } = matching
  const S = members.slice(0, reached)
  const inside = new Uint8Array(n)
  let k = 0
  for (const i of S) {
    const j = partnerOfX[i]!
    if (j < 0) k++
    else inside[j] = 1
  }
  const rest = Int32Array.from({ length: n }, (_, j) => j).filter(j => inside[j] === 0)
  const points = new Float64Array(reached * d)
  S.forEach((i, at) => {
    points.set(x.subarray(i * d, (i + 1) * d), at * d)
  })
  yield* raise(bracket, 'Y', y, rest, new KdTree(points, reached, d, norm), k)
  const wayOut = yield* raise(bracket, 'X', x, S, outside, k)
  matching.home.set(inside)
  matching.wayOut.fill(0)
  S.forEach((i, at) => {
    matching.wayOut[i] = wayOut[at]!
  })
}

/**
 * Makes the k-th least distance from some points to the nearest in a tree the bound, if it is larger.
 * @returns for each of the points a lower bound of the key to the nearest; above the new bound but for the nearest few
 */
function* raise(
  bracket: MatchingBracket,
  side: 'X' | 'Y',
  points: Float64Array,
  some: Int32Array,
  tree: KdTree,
  k: number,
): Generator<undefined, Float64Array> {
  // The k least so far, ascending.
  const least = new Float64Array(k).fill(Number.POSITIVE_INFINITY)
  const key = new Float64Array(some.length).fill(Number.POSITIVE_INFINITY)
  // Just above, so that who is not found is farther away.
  const limit = (): number => Math.max(least[k - 1]!, bracket.low) * (1 + Number.EPSILON)
  for (let at = 0; at < some.length; at++) {
    if (at % 256 === 255) yield
    if (tree.nearest(points, some[at]!, limit()) < 0) continue
    const found = tree.foundKey()
    key[at] = found
    if (found >= least[k - 1]!) continue
    let low = 0
    for (let high = k - 1; low < high; ) {
      const middle = (low + high) >> 1
      if (least[middle]! <= found) low = middle + 1
      else high = middle
    }
    least.copyWithin(low + 1, low, k - 1)
    least[low] = found
  }
  const bound = least[k - 1]!
  if (bound > bracket.low) {
    bracket.low = bound
    bracket.violator = { points: some.filter((_, at) => key[at]! >= bound), side }
  }
  const unknown = limit()
  return key.map(found => Math.min(found, unknown))
}
