/**
 * A k-d tree from which points can be taken out: the nearest point, and any or all points within a distance. What the
 * bottleneck distance and the distances to the nearest atom search with.
 */

/** The norm of R^d in which distances are taken. */
export type DistanceNorm = 'euclidean' | 'maximum'

const LEAF = 8

/**
 * The tree of n points. Distances are compared as keys: |x - y|^2 for the Euclidean norm, summed over coordinates in
 * their order, and max_a |x_a - y_a| for the maximum norm. A query is point number `at` of an array of structures.
 * @example new KdTree(Float64Array.of(0, 1, 5), 3, 1, 'euclidean').nearest(Float64Array.of(4), 0, Infinity) // 2
 */
export class KdTree {
  private readonly d: number
  private readonly euclidean: boolean
  private readonly firstLeaf: number
  private readonly layout: Layout
  /** Coordinates in the order of the tree. */
  private readonly sorted: Float64Array
  private readonly slotOf: Int32Array
  private readonly leafOf: Int32Array
  /** Number of present points below each node. Those of a leaf fill its first slots. */
  private readonly present: Int32Array
  /** Nodes that a search has yet to look at, and their keys. */
  private readonly stack: Int32Array
  private readonly stackKey: Float64Array
  private top = 0
  private found = 0

  /** @param points length n*d: point i is points[i*d .. i*d + d - 1]; copied */
  constructor(points: Float64Array, n: number, d: number, norm: DistanceNorm) {
    let levels = 0
    while (n / 2 ** levels > LEAF) levels++
    this.d = d
    this.euclidean = norm === 'euclidean'
    this.firstLeaf = 2 ** levels
    this.layout = build(points, n, d, levels)
    this.sorted = new Float64Array(n * d)
    this.slotOf = new Int32Array(n)
    this.leafOf = new Int32Array(n)
    this.present = new Int32Array(2 * this.firstLeaf)
    this.stack = new Int32Array(2 * levels + 2)
    this.stackKey = new Float64Array(2 * levels + 2)
    const { index, start } = this.layout
    for (let leaf = this.firstLeaf; leaf < 2 * this.firstLeaf; leaf++) {
      for (let slot = start[leaf]!; slot < start[leaf + 1]!; slot++) {
        const i = index[slot]!
        this.slotOf[i] = slot
        this.leafOf[i] = leaf
        for (let a = 0; a < d; a++) this.sorted[slot * d + a] = points[i * d + a]!
      }
    }
    this.restore()
  }

  /** Index of a present point with key <= limit to the query, or -1. Its key is then in `foundKey`. */
  anyWithin(queries: Float64Array, at: number, limit: number): number {
    const { layout, present } = this
    this.begin(queries, at)
    for (let leaf = this.nextLeaf(queries, at, limit); leaf > 0; leaf = this.nextLeaf(queries, at, limit)) {
      const first = layout.start[leaf]!
      for (let slot = first, end = first + present[leaf]!; slot < end; slot++) {
        const key = this.pointKey(slot, queries, at)
        if (key > limit) continue
        this.found = key
        return layout.index[slot]!
      }
    }
    return -1
  }

  /** Index of a nearest present point with key < limit, or -1; key in `foundKey`. */
  nearest(queries: Float64Array, at: number, limit: number): number {
    const { layout, present } = this
    let best = -1
    let bound = limit
    this.begin(queries, at)
    for (let leaf = this.nextLeaf(queries, at, bound); leaf > 0; leaf = this.nextLeaf(queries, at, bound)) {
      const first = layout.start[leaf]!
      for (let slot = first, end = first + present[leaf]!; slot < end; slot++) {
        const key = this.pointKey(slot, queries, at)
        if (!(key < bound)) continue
        bound = key
        best = layout.index[slot]!
      }
    }
    if (best >= 0) this.found = bound
    return best
  }

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
  ): number {
    const { layout, present } = this
    let count = 0
    this.begin(queries, at)
    for (let leaf = this.nextLeaf(queries, at, limit); leaf > 0; leaf = this.nextLeaf(queries, at, limit)) {
      const first = layout.start[leaf]!
      // From behind, because a point taken out changes places with the last present one.
      for (let slot = first + present[leaf]! - 1; slot >= first; slot--) {
        const key = this.pointKey(slot, queries, at)
        if (key > limit) continue
        outKey[count] = key
        out[count] = layout.index[slot]!
        this.remove(out[count++]!)
        if (count === most) return count
      }
    }
    return count
  }

  /** The key of the last point found. */
  foundKey(): number {
    return this.found
  }

  /** Takes the point with this index out. */
  remove(i: number): void {
    const { present, slotOf } = this
    const leaf = this.leafOf[i]!
    const last = this.layout.start[leaf]! + present[leaf]! - 1
    if (slotOf[i]! > last) return
    this.exchange(slotOf[i]!, last)
    for (let node = leaf; node >= 1; node >>= 1) present[node]!--
  }

  /** Puts all points back. */
  restore(): void {
    const { firstLeaf, present, layout } = this
    const { start } = layout
    for (let leaf = firstLeaf; leaf < 2 * firstLeaf; leaf++) present[leaf] = start[leaf + 1]! - start[leaf]!
    for (let node = firstLeaf - 1; node >= 1; node--) present[node] = present[2 * node]! + present[2 * node + 1]!
  }

  private begin(queries: Float64Array, at: number): void {
    this.stack[0] = 1
    this.stackKey[0] = this.boxKey(1, queries, at)
    this.top = this.present[1]! > 0 ? 1 : 0
  }

  /** The next leaf with points whose box has key <= bound, depth first, the nearer child first; 0 at the end. */
  private nextLeaf(queries: Float64Array, at: number, bound: number): number {
    const { firstLeaf, present, stack, stackKey } = this
    while (this.top > 0) {
      let node = stack[--this.top]!
      if (stackKey[this.top]! > bound) continue
      while (node > 0 && node < firstLeaf) {
        const left = this.boxKey(2 * node, queries, at)
        const right = this.boxKey(2 * node + 1, queries, at)
        const near = 2 * node + (right < left ? 1 : 0)
        const far = 4 * node + 1 - near
        const farKey = right < left ? left : right
        if (farKey <= bound && present[far]! > 0) {
          stack[this.top] = far
          stackKey[this.top++] = farKey
        }
        node = (right < left ? right : left) <= bound && present[near]! > 0 ? near : 0
      }
      if (node > 0) return node
    }
    return 0
  }

  /** The least key that a point in the node's box can have. */
  private boxKey(node: number, queries: Float64Array, at: number): number {
    if (this.present[node] === 0) return Number.POSITIVE_INFINITY
    const { d, euclidean } = this
    const { low, high } = this.layout
    let key = 0
    for (let a = 0; a < d; a++) {
      const x = queries[at * d + a]!
      const below = low[node * d + a]! - x
      const above = x - high[node * d + a]!
      const gap = below > above ? below : above
      if (gap > 0) {
        if (euclidean) key += gap * gap
        else if (gap > key) key = gap
      }
    }
    return key
  }

  private pointKey(slot: number, queries: Float64Array, at: number): number {
    const { d, euclidean, sorted } = this
    let key = 0
    for (let a = 0; a < d; a++) {
      const gap = queries[at * d + a]! - sorted[slot * d + a]!
      if (euclidean) key += gap * gap
      else if (gap > key) key = gap
      else if (-gap > key) key = -gap
    }
    return key
  }

  /** Exchanges two points of a leaf. */
  private exchange(slot: number, other: number): void {
    if (slot === other) return
    const { d, sorted, slotOf } = this
    const { index } = this.layout
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
