/**
 * The spanning tree of the network simplex method: flows, potentials and pivots. Nodes 0 ... n-1 are sources, n ...
 * n+m-1 sinks; every tree arc goes from a source to a sink; flows outside the tree are 0.
 */

export interface FlowTree {
  /** Potentials: u_i + v_j = c_ij on tree arcs. */
  readonly u: Float64Array
  readonly v: Float64Array
  /** Brings an arc into the tree; returns the work done. */
  pivot(source: number, sink: number): number
  /** Computes all potentials anew from the costs; false if they were fresh already. */
  freshPotentials(): boolean
  forEachArc(visit: (source: number, sink: number, flow: number) => void): void
}

/**
 * The tree of the north-west corner rule.
 * The tree stays strongly feasible (arcs without flow point to the root, source 0), which excludes cycling; for that,
 * flows must be exact: supply and demand are integers of the same sum.
 */
export function flowTree(supply: Float64Array, demand: Float64Array, costs: Float64Array): FlowTree {
  const n = supply.length
  const m = demand.length
  const size = n + m
  // The arc from a node to its parent, and its flow, belong to the node.
  const parent = new Int32Array(size).fill(-1)
  const flow = new Float64Array(size)
  const depth = new Int32Array(size)
  const firstChild = new Int32Array(size).fill(-1)
  const next = new Int32Array(size).fill(-1)
  const previous = new Int32Array(size).fill(-1)
  const u = new Float64Array(n)
  const v = new Float64Array(m)
  const stack = new Int32Array(size)
  let fresh = false

  const costAt = (a: number, b: number): number => (a < n ? costs[a * m + b - n]! : costs[b * m + a - n]!)

  function attach(node: number, to: number): void {
    parent[node] = to
    previous[node] = -1
    next[node] = firstChild[to]!
    if (next[node]! >= 0) previous[next[node]!] = node
    firstChild[to] = node
  }
  function detach(node: number): void {
    if (previous[node]! >= 0) next[previous[node]!] = next[node]!
    else firstChild[parent[node]!] = next[node]!
    if (next[node]! >= 0) previous[next[node]!] = previous[node]!
  }

  /** Depths below a node whose parent is set; potentials too, moved by `shift` (sources up, sinks down). */
  function update(top: number, shift: number): number {
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

  function freshPotentials(): boolean {
    if (fresh) return false
    fresh = true
    let height = 0
    stack[height++] = 0
    while (height > 0) {
      const node = stack[--height]!
      const up = parent[node]!
      if (up >= 0) {
        if (node < n) u[node] = costAt(node, up) - v[up - n]!
        else v[node - n] = costAt(node, up) - u[up]!
        depth[node] = depth[up]! + 1
      }
      for (let child = firstChild[node]!; child >= 0; child = next[child]!) stack[height++] = child
    }
    return true
  }

  // North-west corner: a staircase from (0, 0). Where source and sink are used up together, the next source hangs on
  // the old sink with flow 0: its arc points upwards.
  for (let i = 0, j = 0, s = supply[0]!, t = demand[0]!, hanging = n; ; ) {
    const moved = Math.min(s, t)
    attach(hanging, hanging >= n ? i : n + j)
    flow[hanging] = moved
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
  freshPotentials()

  function pivot(source: number, sink: number): number {
    fresh = false
    const t = n + sink
    // Flow goes round source -> sink -> up to the join -> down to the source. It falls on arcs that point against that:
    // those of sources on the source's side, those of sinks on the sink's side. Among the arcs that limit it, the last
    // one in that order from the join leaves (Cunningham's rule).
    let a = source
    let b = t
    while (a !== b) {
      if (depth[a]! >= depth[b]!) a = parent[a]!
      else b = parent[b]!
    }
    const join = a
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
    const reduced = costs[source * m + sink]! - u[source]! - v[sink]!
    // The part below the leaving arc is hung up again at the entering one: parents on the way are turned round.
    let node = below
    let to = below === source ? t : source
    let carried = limit
    for (;;) {
      const up = parent[node]!
      const kept = flow[node]!
      detach(node)
      attach(node, to)
      flow[node] = carried
      if (node === leaving) break
      carried = kept
      to = node
      node = up
    }
    return 2 * steps + 4 * update(below, below === source ? reduced : -reduced)
  }

  return {
    u,
    v,
    pivot,
    freshPotentials,
    forEachArc: visit => {
      for (let k = 0; k < size; k++) {
        const up = parent[k]!
        if (up >= 0) visit(k < n ? k : up, (k < n ? up : k) - n, flow[k]!)
      }
    },
  }
}
