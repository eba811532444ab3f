/**
 * A k-d tree from which points can be taken out: the nearest point, and any or all points within a distance. What the
 * bottleneck distance and the distances to the nearest atom search with.
 */

/** The norm of R^d in which distances are taken. */
export type DistanceNorm = 'euclidean' | 'maximum'

/**
 * Distances are compared as keys: |x - y|^2 for the Euclidean norm, summed over coordinates in their order, and
 * max_a |x_a - y_a| for the maximum norm.
 */
export interface KdTree {
  /** Index of a present point with key <= limit to the query, or -1. Its key is then in `foundKey`. */
  anyWithin(queries: Float64Array, at: number, limit: number): number
  /** Index of a nearest present point with key < limit, or -1; key in `foundKey`. */
  nearest(queries: Float64Array, at: number, limit: number): number
  /**
   * Takes out present points with key <= limit: all, or `most` of them.
   * @param out their indices, room for `most`; @param outKey their keys, likewise
   * @returns their number
   */
  takeWithin(
    queries: Float64Array,
    at: number,
    limit: number,
    most: number,
    out: Int32Array,
    outKey: Float64Array,
  ): number
  /** The key of the last point found. */
  foundKey(): number
  /** Takes the point with this index out. */
  remove(index: number): void
  /** Puts all points back. */
  restore(): void
}

const LEAF = 8

/**
 * The tree of n points.
 * @param points length n*d, array of structures: point i is points[i*d .. i*d + d - 1]; copied. Queries have the same
 * form: point number `at` of an array of points
 * @example kdTree(Float64Array.of(0, 1, 5), 3, 1, 'euclidean').nearest(Float64Array.of(4), 0, Infinity) // 2
 */
export function kdTree(points: Float64Array, n: number, d: number, norm: DistanceNorm): KdTree {
  const euclidean = norm === 'euclidean'
  let levels = 0
  while (n / 2 ** levels > LEAF) levels++
  const firstLeaf = 2 ** levels
  const { index, start, low, high } = build(points, n, d, levels)
  const sorted = new Float64Array(n * d)
  const slotOf = new Int32Array(n)
  const leafOf = new Int32Array(n)
  for (let leaf = firstLeaf; leaf < 2 * firstLeaf; leaf++) {
    for (let slot = start[leaf]!; slot < start[leaf + 1]!; slot++) {
      const i = index[slot]!
      slotOf[i] = slot
      leafOf[i] = leaf
      for (let a = 0; a < d; a++) sorted[slot * d + a] = points[i * d + a]!
    }
  }
  // Number of present points below each node. Those of a leaf fill its first slots.
  const present = new Int32Array(2 * firstLeaf)
  const stack = new Int32Array(2 * levels + 2)
  const stackKey = new Float64Array(2 * levels + 2)
  let found = 0

  const boxKey = (node: number, queries: Float64Array, offset: number): number => {
    const at = node * d
    let key = 0
    for (let a = 0; a < d; a++) {
      const x = queries[offset + a]!
      const below = low[at + a]! - x
      const above = x - high[at + a]!
      const gap = below > above ? below : above
      if (gap > 0) {
        if (euclidean) key += gap * gap
        else if (gap > key) key = gap
      }
    }
    return key
  }

  const pointKey = (slot: number, queries: Float64Array, offset: number): number => {
    const at = slot * d
    let key = 0
    for (let a = 0; a < d; a++) {
      const gap = queries[offset + a]! - sorted[at + a]!
      if (euclidean) key += gap * gap
      else if (gap > key) key = gap
      else if (-gap > key) key = -gap
    }
    return key
  }

  /** Exchanges two points of a leaf. */
  const exchange = (slot: number, other: number): void => {
    if (slot === other) return
    const i = index[slot]!
    const j = index[other]!
    index[slot] = j
    index[other] = i
    slotOf[i] = other
    slotOf[j] = slot
    for (let a = 0; a < d; a++) {
      const x = sorted[slot * d + a]!
      sorted[slot * d + a] = sorted[other * d + a]!
      sorted[other * d + a] = x
    }
  }

  const remove = (i: number): void => {
    const leaf = leafOf[i]!
    const last = start[leaf]! + present[leaf]! - 1
    if (slotOf[i]! > last) return
    exchange(slotOf[i]!, last)
    for (let node = leaf; node >= 1; node >>= 1) present[node]!--
  }

  /** Depth first, the nearer child first; `shrink` goes on to the nearest, otherwise the first point found is returned. */
  const search = (queries: Float64Array, at: number, limit: number, shrink: 0 | 1): number => {
    const offset = at * d
    let best = -1
    let bound = limit
    let top = 0
    if (present[1] === 0) return -1
    stack[0] = 1
    stackKey[0] = boxKey(1, queries, offset)
    top = 1
    while (top > 0) {
      top--
      if (stackKey[top]! > bound) continue
      let node = stack[top]!
      let pruned = false
      while (node < firstLeaf) {
        let near = 2 * node
        let far = near + 1
        let nearKey = present[near]! > 0 ? boxKey(near, queries, offset) : Number.POSITIVE_INFINITY
        let farKey = present[far]! > 0 ? boxKey(far, queries, offset) : Number.POSITIVE_INFINITY
        if (farKey < nearKey) {
          near = far
          far = 2 * node
          const key = nearKey
          nearKey = farKey
          farKey = key
        }
        if (farKey <= bound && present[far]! > 0) {
          stack[top] = far
          stackKey[top++] = farKey
        }
        if (!(nearKey <= bound) || present[near] === 0) {
          pruned = true
          break
        }
        node = near
      }
      if (pruned) continue
      const begin = start[node]!
      const end = begin + present[node]!
      for (let slot = begin; slot < end; slot++) {
        const key = pointKey(slot, queries, offset)
        if (shrink === 0 ? key <= bound : key < bound) {
          found = key
          best = index[slot]!
          if (shrink === 0) return best
          bound = key
        }
      }
    }
    return best
  }

  const takeWithin: KdTree['takeWithin'] = (queries, at, limit, most, out, outKey) => {
    const offset = at * d
    let count = 0
    let top = 0
    stack[top++] = 1
    while (top > 0) {
      const node = stack[--top]!
      if (node < firstLeaf) {
        // The nearer child first: where `most` are enough, the other one is never looked at.
        const child = 2 * node
        const key = present[child]! > 0 ? boxKey(child, queries, offset) : Number.POSITIVE_INFINITY
        const other = present[child + 1]! > 0 ? boxKey(child + 1, queries, offset) : Number.POSITIVE_INFINITY
        const second = other < key ? child : child + 1
        if (Math.max(key, other) <= limit && present[second]! > 0) stack[top++] = second
        if (Math.min(key, other) <= limit && present[child + child + 1 - second]! > 0)
          stack[top++] = child + child + 1 - second
        continue
      }
      const begin = start[node]!
      // From behind, because a point taken out changes places with the last present one.
      for (let slot = begin + present[node]! - 1; slot >= begin; slot--) {
        const key = pointKey(slot, queries, offset)
        if (key > limit) continue
        const i = index[slot]!
        outKey[count] = key
        out[count++] = i
        remove(i)
        if (count === most) return count
      }
    }
    return count
  }

  const restore = (): void => {
    for (let leaf = firstLeaf; leaf < 2 * firstLeaf; leaf++) present[leaf] = start[leaf + 1]! - start[leaf]!
    for (let node = firstLeaf - 1; node >= 1; node--) present[node] = present[2 * node]! + present[2 * node + 1]!
  }
  restore()

  return {
    anyWithin: (queries, at, limit) => search(queries, at, limit, 0),
    nearest: (queries, at, limit) => search(queries, at, limit, 1),
    takeWithin,
    foundKey: () => found,
    restore,
    remove,
  }
}

interface Layout {
  /** Point indices in the order of the tree. */
  readonly index: Int32Array
  /** First slot of each node of a heap-numbered tree (1 is the root); start[2 * firstLeaf] = n ends the last leaf. */
  readonly start: Int32Array
  /** Corners of the smallest box around each node's points. */
  readonly low: Float64Array
  readonly high: Float64Array
}

/** Halves by number along the widest side, so that equal points cost nothing extra. */
function build(points: Float64Array, n: number, d: number, levels: number): Layout {
  const leaves = 2 ** levels
  const index = Int32Array.from({ length: n }, (_, i) => i)
  const start = new Int32Array(2 * leaves + 1)
  const low = new Float64Array(2 * leaves * d).fill(Number.POSITIVE_INFINITY)
  const high = new Float64Array(2 * leaves * d).fill(Number.NEGATIVE_INFINITY)
  start[2 * leaves] = n
  for (let level = 0; level <= levels; level++) {
    const nodes = 2 ** level
    for (let j = 0; j < nodes; j++) {
      const node = nodes + j
      const begin = Math.floor((j * n) / nodes)
      const end = Math.floor(((j + 1) * n) / nodes)
      start[node] = begin
      let widest = 0
      let width = -1
      for (let a = 0; a < d; a++) {
        let least = Number.POSITIVE_INFINITY
        let most = Number.NEGATIVE_INFINITY
        for (let slot = begin; slot < end; slot++) {
          const x = points[index[slot]! * d + a]!
          if (x < least) least = x
          if (x > most) most = x
        }
        low[node * d + a] = least
        high[node * d + a] = most
        if (most - least > width) {
          width = most - least
          widest = a
        }
      }
      if (level < levels && width > 0) {
        select(index, points, d, widest, begin, end - 1, Math.floor(((2 * j + 1) * n) / (2 * nodes)))
      }
    }
  }
  return { index, start, low, high }
}

/** Hoare's selection: afterwards slots below k hold points not above slot k's along axis a, those behind not below. */
function select(
  index: Int32Array,
  points: Float64Array,
  d: number,
  a: number,
  left: number,
  right: number,
  k: number,
): void {
  let begin = left
  let end = right
  while (begin < end) {
    const pivot = points[index[(begin + end) >> 1]! * d + a]!
    let i = begin
    let j = end
    while (i <= j) {
      while (points[index[i]! * d + a]! < pivot) i++
      while (points[index[j]! * d + a]! > pivot) j--
      if (i <= j) {
        const swapped = index[i]!
        index[i] = index[j]!
        index[j] = swapped
        i++
        j--
      }
    }
    if (k <= j) end = j
    else if (k >= i) begin = i
    else return
  }
}
