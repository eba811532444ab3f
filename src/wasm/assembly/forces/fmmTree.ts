// The adaptive octree and its lists.
//
// A cell is split while it holds more than `capacity` particles and its children would not be smaller than the cut-off
// radius. Cells are stored level by level. A cell t knows its colleagues (touching cells of its size) and links to
// coarser leaves: E(t), those whose particles it meets directly, and X(t), those it meets through its expansions.
// Cells of its size that its parent's colleagues contain and that do not touch it are the partners of M2L; they are
// found from the colleagues when they are needed.
import {
  CELL, CELLS, CELL_BYTES, CHILD, CHILDREN, COLLEAGUES, COUNT, CX, CY, CZ, DEPTH, E_COUNT, FIRST, LEAF_INDEX, LINK,
  OCTANT, PARENT, SIDE, X_COUNT, cellAt, centre, halved, int, num, ptr,
  TOTALS, FINE, FINE_COUNT, FINE_START, HALO, HALO_BYTES, HALO_COUNT, HALO_ENTRIES, HALO_START, HALO_TASK, LEAF, LEAVES,
  LEVEL, LEVELS, LINKS, N, NEAR, NEAR_TASKS, OUT_POTENTIAL, PARTNERS, PARTNER_BYTES, PARTNER_COUNT, PARTNER_START,
} from './fmmPlan'

/** Makes sure that memory reaches `end`; false if it cannot. */
function reach(end: u64): bool {
  const have = <u64>memory.size() << 16
  if (end <= have) return true
  const pages = (end - have + 65535) >> 16
  // A little ahead, so that not every cell asks.
  return memory.grow(<i32>pages + 16) >= 0 || memory.grow(<i32>pages) >= 0
}

const histogram = memory.data(64)

/**
 * Splits the root. Permutes x, y, z and index in place; tx, ty, tz, ti, code are work space of the same lengths.
 * At most 48 levels: deeper cells would not have exact centres. Returns the number of cells, or -1 if memory ran out.
 * Cell records begin at `cells`, level starts at `levels`.
 */
export function fmmTree(
  plan: usize, x: usize, y: usize, z: usize, index: usize, tx: usize, ty: usize, tz: usize, ti: usize, code: usize,
  cells: usize, levels: usize, capacity: i32, smallest: f64, depth: i32,
): i32 {
  const n = int(plan, N)
  store<u32>(plan + CELL, <u32>cells)
  if (!reach(<u64>cells + 16 * CELL_BYTES)) return -1
  memory.fill(cells, 0, CELL_BYTES)
  store<i32>(cells, n, COUNT)
  store<i32>(cells, -1, PARENT)
  store<f64>(cells, 0.5, CX)
  store<f64>(cells, 0.5, CY)
  store<f64>(cells, 0.5, CZ)
  for (let i = 0; i < n; i++) store<i32>(index + (<usize>i << 2), i)
  let total = 1
  let level = 0
  let from = 0
  store<i32>(levels, 0)
  while (from < total) {
    const to = total
    store<i32>(levels + (<usize>(level + 1) << 2), to)
    const childSide = num(plan, SIDE) * halved(level + 1)
    const quarter = halved(level + 2)
    if (level < depth && childSide >= smallest) {
      for (let c = from; c < to; c++) {
        const cell = cells + <usize>c * CELL_BYTES
        const count = load<i32>(cell, COUNT)
        if (count <= capacity) continue
        const first = load<i32>(cell, FIRST)
        const mx = centre(plan, cell, 0)
        const my = centre(plan, cell, 1)
        const mz = centre(plan, cell, 2)
        memory.fill(histogram, 0, 32)
        for (let i = first; i < first + count; i++) {
          const at = <usize>i << 3
          const o = <u32>(load<f64>(x + at) >= mx) | (<u32>(load<f64>(y + at) >= my) << 1) | (<u32>(load<f64>(z + at) >= mz) << 2)
          store<u8>(code + <usize>i, o)
          const h = histogram + (<usize>o << 2)
          store<i32>(h, load<i32>(h) + 1)
        }
        if (!reach(<u64>cells + <u64>(total + 9) * CELL_BYTES)) return -1
        store<i32>(cell, total, CHILD)
        let begin = first
        let children = 0
        for (let o = 0; o < 8; o++) {
          const h = histogram + (<usize>o << 2)
          const size = load<i32>(h)
          store<i32>(h, begin)
          if (size == 0) continue
          const child = cells + <usize>total * CELL_BYTES
          memory.fill(child, 0, CELL_BYTES)
          store<i32>(child, begin, FIRST)
          store<i32>(child, size, COUNT)
          store<i32>(child, c, PARENT)
          store<i32>(child, o, OCTANT)
          store<i32>(child, level + 1, DEPTH)
          store<f64>(child, load<f64>(cell, CX) + (o & 1 ? quarter : -quarter), CX)
          store<f64>(child, load<f64>(cell, CY) + (o & 2 ? quarter : -quarter), CY)
          store<f64>(child, load<f64>(cell, CZ) + (o & 4 ? quarter : -quarter), CZ)
          total++
          children++
          begin += size
        }
        store<i32>(cell, children, CHILDREN)
        if (children == 1) continue
        for (let i = first; i < first + count; i++) {
          const at = <usize>i << 3
          const h = histogram + (<usize>load<u8>(code + <usize>i) << 2)
          const place = load<i32>(h)
          store<i32>(h, place + 1)
          const p = <usize>place << 3
          store<f64>(tx + p, load<f64>(x + at))
          store<f64>(ty + p, load<f64>(y + at))
          store<f64>(tz + p, load<f64>(z + at))
          store<i32>(ti + (p >> 1), load<i32>(index + (at >> 1)))
        }
        const bytes = <usize>count << 3
        const offset = <usize>first << 3
        memory.copy(x + offset, tx + offset, bytes)
        memory.copy(y + offset, ty + offset, bytes)
        memory.copy(z + offset, tz + offset, bytes)
        memory.copy(index + (offset >> 1), ti + (offset >> 1), bytes >> 1)
      }
    }
    from = to
    level++
  }
  store<i32>(plan + LEVELS, level)
  store<u32>(plan + LEVEL, <u32>levels)
  store<i32>(plan + CELLS, total)
  return total
}

/** Whether two cells touch: exact, because centres and sides are dyadic fractions. */
function touch(a: usize, b: usize): bool {
  const reach = 0.5 * (halved(load<i32>(a, DEPTH)) + halved(load<i32>(b, DEPTH)))
  return (
    Math.abs(load<f64>(a, CX) - load<f64>(b, CX)) <= reach &&
    Math.abs(load<f64>(a, CY) - load<f64>(b, CY)) <= reach &&
    Math.abs(load<f64>(a, CZ) - load<f64>(b, CZ)) <= reach
  )
}

/** Whether the cell meets the particles of a coarser leaf directly: E(cell); otherwise X(cell). */
@inline function direct(cell: usize, leaf: usize, few: i32): bool {
  return load<i32>(cell, COUNT) <= few || touch(cell, leaf)
}

/**
 * Colleagues of every cell, and the links to coarser leaves in a pool that begins at `links`. A cell of at most
 * `few` particles has no X list. Returns the number of links, or -1 if memory ran out.
 */
export function fmmLists(plan: usize, links: usize, few: i32): i32 {
  store<u32>(plan + LINKS, <u32>links)
  const root = cellAt(plan, 0)
  memory.fill(root + COLLEAGUES, 0xff, 108)
  store<i32>(root + COLLEAGUES + 13 * 4, 0)
  const cells = int(plan, CELLS)
  let total = 0
  for (let t = 1; t < cells; t++) {
    const cell = cellAt(plan, t)
    const parent = cellAt(plan, load<i32>(cell, PARENT))
    const octant = load<i32>(cell, OCTANT)
    const inherited = load<i32>(parent, E_COUNT)
    const parentLinks = links + (<usize>load<i32>(parent, LINK) << 2)
    memory.fill(cell + COLLEAGUES, 0xff, 108)
    if (!reach(<u64>links + (<u64>(total + 27 + inherited) << 2))) return -1
    store<i32>(cell, total, LINK)
    for (let code = 0; code < 27; code++) {
      const q = load<i32>(parent + COLLEAGUES + (<usize>code << 2))
      if (q < 0) continue
      const colleague = cellAt(plan, q)
      const child = load<i32>(colleague, CHILD)
      if (child == 0) {
        if (direct(cell, colleague, few)) store<i32>(links + (<usize>(total++) << 2), q)
        continue
      }
      const bx = 2 * (code % 3 - 1) - (octant & 1) + 1
      const by = 2 * ((code / 3) % 3 - 1) - ((octant >> 1) & 1) + 1
      const bz = 2 * (code / 9 - 1) - (octant >> 2) + 1
      const end = child + load<i32>(colleague, CHILDREN)
      for (let c = child; c < end; c++) {
        const o = load<i32>(cellAt(plan, c), OCTANT)
        const ix = <u32>(bx + (o & 1))
        const iy = <u32>(by + ((o >> 1) & 1))
        const iz = <u32>(bz + (o >> 2))
        if (ix < 3 && iy < 3 && iz < 3) store<i32>(cell + COLLEAGUES + (<usize>(ix + 3 * iy + 9 * iz) << 2), c)
      }
    }
    for (let k = 0; k < inherited; k++) {
      const q = load<i32>(parentLinks + (<usize>k << 2))
      if (direct(cell, cellAt(plan, q), few)) store<i32>(links + (<usize>(total++) << 2), q)
    }
    store<i32>(cell, total - load<i32>(cell, LINK), E_COUNT)
    const begin = total
    for (let code = 0; code < 27; code++) {
      const q = load<i32>(parent + COLLEAGUES + (<usize>code << 2))
      if (q < 0) continue
      const colleague = cellAt(plan, q)
      if (load<i32>(colleague, CHILD) == 0 && !direct(cell, colleague, few)) store<i32>(links + (<usize>(total++) << 2), q)
    }
    for (let k = 0; k < inherited; k++) {
      const q = load<i32>(parentLinks + (<usize>k << 2))
      if (!direct(cell, cellAt(plan, q), few)) store<i32>(links + (<usize>(total++) << 2), q)
    }
    store<i32>(cell, total - begin, X_COUNT)
  }
  return total
}

/** Writes the leaves in particle order to `leaf`; returns their number. */
export function fmmLeaves(plan: usize, leaf: usize): i32 {
  store<u32>(plan + LEAF, <u32>leaf)
  const count = collectLeaves(plan, leaf, 0, 0)
  store<i32>(plan + LEAVES, count)
  return count
}

function collectLeaves(plan: usize, leaf: usize, c: i32, count: i32): i32 {
  const cell = cellAt(plan, c)
  const child = load<i32>(cell, CHILD)
  if (child == 0) {
    store<i32>(cell, count, LEAF_INDEX)
    store<i32>(leaf + (<usize>count << 2), c)
    return count + 1
  }
  const end = child + load<i32>(cell, CHILDREN)
  for (let k = child; k < end; k++) count = collectLeaves(plan, leaf, k, count)
  return count
}

/** The n-th leaf that leaf `c` is responsible for, beginning with k = 0 ... 26 + E_COUNT - 1; -1: none there. */
@inline function partner(plan: usize, c: i32, cell: usize, k: i32): i32 {
  if (k < 27) {
    const q = load<i32>(cell + COLLEAGUES + (<usize>k << 2))
    return q > c && load<i32>(cellAt(plan, q), CHILD) == 0 ? q : -1
  }
  return load<i32>(ptr(plan, LINKS) + (<usize>(load<i32>(cell, LINK) + k - 27) << 2))
}

/**
 * The near field as tasks: contiguous runs of leaves of about equal numbers of pairs. `near` gets the first leaf of
 * every task, `start` the place of every leaf's partners, `cost` (f64 per leaf), `mark` (i32 per leaf) are work space.
 * Sets PARTNER_COUNT, HALO_BYTES, HALO_COUNT. Returns the number of pairs.
 */
export function fmmPartition(plan: usize, tasks: i32, near: usize, start: usize, cost: usize, mark: usize): f64 {
  const leaves = int(plan, LEAVES)
  store<i32>(plan + NEAR_TASKS, tasks)
  store<u32>(plan + NEAR, <u32>near)
  store<u32>(plan + PARTNER_START, <u32>start)
  let partners = 0
  let pairs: f64 = 0
  for (let a = 0; a < leaves; a++) {
    const c = load<i32>(ptr(plan, LEAF) + (<usize>a << 2))
    const cell = cellAt(plan, c)
    const count = <f64>load<i32>(cell, COUNT)
    store<i32>(start + (<usize>a << 2), partners)
    let sum = count
    const end = 27 + load<i32>(cell, E_COUNT)
    for (let k = 0; k < end; k++) {
      const q = partner(plan, c, cell, k)
      if (q < 0) continue
      partners++
      sum += <f64>load<i32>(cellAt(plan, q), COUNT)
    }
    store<f64>(cost + (<usize>a << 3), count * sum)
    pairs += count * sum
  }
  store<i32>(start + (<usize>leaves << 2), partners)
  store<i32>(plan + PARTNER_COUNT, partners)
  let task = 0
  let done: f64 = 0
  for (let a = 0; a < leaves; a++) {
    while (task < tasks && done * <f64>tasks >= pairs * <f64>task) store<i32>(near + (<usize>(task++) << 2), a)
    done += load<f64>(cost + (<usize>a << 3))
  }
  while (task <= tasks) store<i32>(near + (<usize>(task++) << 2), leaves)
  const width: i32 = ptr(plan, OUT_POTENTIAL) != 0 ? 32 : 24
  let bytes = 0
  let entries = 0
  memory.fill(mark, 0xff, <usize>leaves << 2)
  for (task = 0; task < tasks; task++) {
    const from = load<i32>(near + (<usize>task << 2))
    const to = load<i32>(near + (<usize>(task + 1) << 2))
    for (let a = from; a < to; a++) {
      const c = load<i32>(ptr(plan, LEAF) + (<usize>a << 2))
      const cell = cellAt(plan, c)
      const end = 27 + load<i32>(cell, E_COUNT)
      for (let k = 0; k < end; k++) {
        const q = partner(plan, c, cell, k)
        if (q < 0) continue
        const other = cellAt(plan, q)
        const b = load<i32>(other, LEAF_INDEX)
        if ((b >= from && b < to) || load<i32>(mark + (<usize>b << 2)) == task) continue
        store<i32>(mark + (<usize>b << 2), task)
        bytes += width * load<i32>(other, COUNT)
        entries++
      }
    }
  }
  store<i32>(plan + HALO_BYTES, bytes)
  store<i32>(plan + HALO_COUNT, entries)
  return pairs
}

/** Fills what fmmPartition counted. `mark`, `where` (i32 per leaf), `list` (two i32 per halo entry) are work space. */
export function fmmPartners(plan: usize, mark: usize, where: usize, list: usize): void {
  const leaves = int(plan, LEAVES)
  const tasks = int(plan, NEAR_TASKS)
  const width: i32 = ptr(plan, OUT_POTENTIAL) != 0 ? 32 : 24
  const near = ptr(plan, NEAR)
  const haloStart = ptr(plan, HALO_START)
  let at = ptr(plan, PARTNERS)
  let bytes: usize = 0
  let entries = 0
  memory.fill(mark, 0xff, <usize>leaves << 2)
  memory.fill(haloStart, 0, <usize>(leaves + 1) << 2)
  for (let task = 0; task < tasks; task++) {
    const from = load<i32>(near + (<usize>task << 2))
    const to = load<i32>(near + (<usize>(task + 1) << 2))
    store<u32>(ptr(plan, HALO_TASK) + (<usize>task << 2), <u32>bytes)
    for (let a = from; a < to; a++) {
      const c = load<i32>(ptr(plan, LEAF) + (<usize>a << 2))
      const cell = cellAt(plan, c)
      const end = 27 + load<i32>(cell, E_COUNT)
      for (let k = 0; k < end; k++) {
        const q = partner(plan, c, cell, k)
        if (q < 0) continue
        const other = cellAt(plan, q)
        const b = load<i32>(other, LEAF_INDEX)
        const first = load<i32>(other, FIRST)
        const count = load<i32>(other, COUNT)
        let address = ptr(plan, TOTALS) + (<usize>first << 3)
        let stride = int(plan, N) << 3
        if (b < from || b >= to) {
          if (load<i32>(mark + (<usize>b << 2)) != task) {
            store<i32>(mark + (<usize>b << 2), task)
            store<u32>(where + (<usize>b << 2), <u32>(ptr(plan, HALO) + bytes))
            store<i32>(list + (<usize>entries << 3), b)
            store<u32>(list + (<usize>entries << 3), <u32>(ptr(plan, HALO) + bytes), 4)
            store<i32>(haloStart + (<usize>b << 2), load<i32>(haloStart + (<usize>b << 2)) + 1)
            entries++
            bytes += <usize>(width * count)
          }
          address = <usize>load<u32>(where + (<usize>b << 2))
          stride = count << 3
        }
        store<i32>(at, first)
        store<i32>(at, count, 4)
        store<u32>(at, <u32>address, 8)
        store<i32>(at, stride, 12)
        at += PARTNER_BYTES
      }
    }
  }
  store<u32>(ptr(plan, HALO_TASK) + (<usize>tasks << 2), <u32>bytes)
  prefix(haloStart, leaves)
  for (let e = entries - 1; e >= 0; e--) {
    const slot = haloStart + (<usize>load<i32>(list + (<usize>e << 3)) << 2)
    const place = load<i32>(slot) - 1
    store<i32>(slot, place)
    store<u32>(ptr(plan, HALO_ENTRIES) + (<usize>place << 2), load<u32>(list + (<usize>e << 3), 4))
  }
}

/** Counts -> ends; filling from the back turns ends into starts. */
function prefix(counts: usize, n: i32): void {
  let sum = 0
  for (let i = 0; i <= n; i++) {
    sum += load<i32>(counts + (<usize>i << 2))
    store<i32>(counts + (<usize>i << 2), sum)
  }
}

/** The transposed X lists: for every leaf the finer cells that see it through expansions. Counts when `fine` is 0. */
export function fmmFine(plan: usize, start: usize, fine: usize): i32 {
  const cells = int(plan, CELLS)
  const leaves = int(plan, LEAVES)
  const links = ptr(plan, LINKS)
  memory.fill(start, 0, <usize>(leaves + 1) << 2)
  for (let t = 0; t < cells; t++) {
    const cell = cellAt(plan, t)
    const begin = load<i32>(cell, LINK) + load<i32>(cell, E_COUNT)
    const end = begin + load<i32>(cell, X_COUNT)
    for (let k = begin; k < end; k++) {
      const slot = start + (<usize>load<i32>(cellAt(plan, load<i32>(links + (<usize>k << 2))), LEAF_INDEX) << 2)
      store<i32>(slot, load<i32>(slot) + 1)
    }
  }
  prefix(start, leaves)
  const total = load<i32>(start + (<usize>leaves << 2))
  store<i32>(plan + FINE_COUNT, total)
  if (fine == 0) return total
  for (let t = cells - 1; t >= 0; t--) {
    const cell = cellAt(plan, t)
    const begin = load<i32>(cell, LINK) + load<i32>(cell, E_COUNT)
    for (let k = begin + load<i32>(cell, X_COUNT) - 1; k >= begin; k--) {
      const slot = start + (<usize>load<i32>(cellAt(plan, load<i32>(links + (<usize>k << 2))), LEAF_INDEX) << 2)
      const place = load<i32>(slot) - 1
      store<i32>(slot, place)
      store<i32>(fine + (<usize>place << 2), t)
    }
  }
  store<u32>(plan + FINE_START, <u32>start)
  store<u32>(plan + FINE, <u32>fine)
  return total
}
