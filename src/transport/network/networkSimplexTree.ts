/**
 * The spanning tree of the network simplex method: flows, potentials and pivots. Nodes 0 ... n-1 are sources, n ...
 * n+m-1 sinks; every tree arc goes from a source to a sink; flows outside the tree are 0.
 */

/**
 * The tree stays strongly feasible (arcs without flow point to the root, source 0), which excludes cycling; for that,
 * flows must be exact: supply and demand are integers of the same sum.
 */
export class FlowTree {
  /** Potentials: u_i + v_j = c_ij on tree arcs. */
  readonly u: Float64Array
  readonly v: Float64Array
  private readonly costs: Float64Array
  // The arc from a node to its parent, and its flow, belong to the node.
  private readonly parent: Int32Array
  private readonly flow: Float64Array
  private readonly depth: Int32Array
  private readonly firstChild: Int32Array
  private readonly next: Int32Array
  private readonly previous: Int32Array
  private readonly stack: Int32Array
  private fresh = false

  /** The tree of the north-west corner rule. */
  constructor(supply: Float64Array, demand: Float64Array, costs: Float64Array) {
    const size = supply.length + demand.length
    this.costs = costs
    this.u = new Float64Array(supply.length)
    this.v = new Float64Array(demand.length)
    this.parent = new Int32Array(size).fill(-1)
    this.flow = new Float64Array(size)
    this.depth = new Int32Array(size)
    this.firstChild = new Int32Array(size).fill(-1)
    this.next = new Int32Array(size).fill(-1)
    this.previous = new Int32Array(size).fill(-1)
    this.stack = new Int32Array(size)
    this.northWestCorner(supply, demand)
    this.freshPotentials()
  }

  /** Brings an arc into the tree; returns the work done. */
  pivot(source: number, sink: number): number {
    const { parent, flow, depth, u, v, costs } = this
    const n = u.length
    const t = n + sink
    this.fresh = false
    // Flow goes round source -> sink -> up to the join -> down to the source. It falls on arcs that point against that:
    // those of sources on the source's side, those of sinks on the sink's side. Among the arcs that limit it, the last
    // one in that order from the join leaves (Cunningham's rule).
    let join = source
    for (let b = t; join !== b; ) {
      if (depth[join]! >= depth[b]!) join = parent[join]!
      else b = parent[b]!
    }
    let limit = Number.POSITIVE_INFINITY
    let leaving = -1
    let below = source
    for (let k = source; k !== join; k = parent[k]!) {
      if (k < n && flow[k]! < limit) {
        limit = flow[k]!
        leaving = k
      }
    }
    for (let k = t; k !== join; k = parent[k]!) {
      if (k >= n && flow[k]! <= limit) {
        limit = flow[k]!
        leaving = k
        below = t
      }
    }
    let steps = 0
    for (let k = source; k !== join; k = parent[k]!, steps++) flow[k]! += k < n ? -limit : limit
    for (let k = t; k !== join; k = parent[k]!, steps++) flow[k]! += k < n ? limit : -limit
    const reduced = costs[source * v.length + sink]! - u[source]! - v[sink]!
    this.turnRound(below, leaving, below === source ? t : source, limit)
    return 2 * steps + 4 * this.update(below, below === source ? reduced : -reduced)
  }

  /** Computes all potentials anew from the costs; false if they were fresh already. */
  freshPotentials(): boolean {
    if (this.fresh) return false
    this.fresh = true
    const { parent, depth, firstChild, next, stack, u, v, costs } = this
    const n = u.length
    const m = v.length
    let height = 0
    stack[height++] = 0
    while (height > 0) {
      const node = stack[--height]!
      const up = parent[node]!
      if (up >= 0) {
        if (node < n) u[node] = costs[node * m + up - n]! - v[up - n]!
        else v[node - n] = costs[up * m + node - n]! - u[up]!
        depth[node] = depth[up]! + 1
      }
      for (let child = firstChild[node]!; child >= 0; child = next[child]!) stack[height++] = child
    }
    return true
  }

  forEachArc(visit: (source: number, sink: number, flow: number) => void): void {
    const { parent, flow } = this
    const n = this.u.length
    for (let k = 0; k < parent.length; k++) {
      const up = parent[k]!
      if (up >= 0) visit(k < n ? k : up, (k < n ? up : k) - n, flow[k]!)
    }
  }

  /**
   * A staircase from (0, 0). Where source and sink are used up together, the next source hangs on the old sink with
   * flow 0: its arc points upwards.
   */
  private northWestCorner(supply: Float64Array, demand: Float64Array): void {
    const n = supply.length
    const m = demand.length
    for (let i = 0, j = 0, s = supply[0]!, t = demand[0]!, hanging = n; ; ) {
      const moved = Math.min(s, t)
      this.attach(hanging, hanging >= n ? i : n + j)
      this.flow[hanging] = moved
      s -= moved
      t -= moved
      if (i === n - 1 && j === m - 1) break
      if (s === 0 && i < n - 1) {
        s = supply[++i]!
        hanging = i
      } else {
        t = demand[++j]!
        hanging = n + j
      }
    }
  }

  /** Hangs the part of the tree from `below` to the leaving arc up at `to`: parents on the way are turned round. */
  private turnRound(below: number, leaving: number, to: number, flowThere: number): void {
    const { parent, flow } = this
    let node = below
    let over = to
    let carried = flowThere
    for (;;) {
      const up = parent[node]!
      const kept = flow[node]!
      this.detach(node)
      this.attach(node, over)
      flow[node] = carried
      if (node === leaving) return
      carried = kept
      over = node
      node = up
    }
  }

  private attach(node: number, to: number): void {
    const { next, previous, firstChild } = this
    this.parent[node] = to
    previous[node] = -1
    next[node] = firstChild[to]!
    if (next[node]! >= 0) previous[next[node]!] = node
    firstChild[to] = node
  }

  private detach(node: number): void {
    const { next, previous } = this
    if (previous[node]! >= 0) next[previous[node]!] = next[node]!
    else this.firstChild[this.parent[node]!] = next[node]!
    if (next[node]! >= 0) previous[next[node]!] = previous[node]!
  }

  /** Depths below a node whose parent is set; potentials too, moved by `shift` (sources up, sinks down). */
  private update(top: number, shift: number): number {
    const { parent, depth, firstChild, next, stack, u, v } = this
    const n = u.length
    let count = 0
    let height = 0
    stack[height++] = top
    while (height > 0) {
      const node = stack[--height]!
      depth[node] = depth[parent[node]!]! + 1
      if (node < n) u[node]! += shift
      else v[node - n]! -= shift
      count++
      for (let child = firstChild[node]!; child >= 0; child = next[child]!) stack[height++] = child
    }
    return count
  }
}
