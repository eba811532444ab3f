// The finish: shortest augmenting paths. A row that is free, or matched above its least reduced cost, gets the column
// at the end of the shortest path from it; Dijkstra's search with reduced costs, lazily over the rows' lists. Prices
// rise by what the search proves, as in the auction, so lists and bounds stay valid.
//
// Rows that are matched within epsilon of their best only have a path of negative reduced cost behind them, -epsilon at
// least; it is taken as 0. A row that is exactly best stays so, and no row gets further from its best (follow the
// update: p_j rises by mu - dist_j, the reduced cost of a row k in the tree by mu - dist_k for its match and by no less
// for all others). So after every row has been the source once, all are exactly best: the matching is optimal.
// Every search ends, after at most n rows.
import { leastOf } from './auction'
import { columnsBelow, refreshList, setPrice } from './scan'
import {
  addWork, bound, costOf, heap, hits, K, key, listColumn, listCost, listLow, matchCost, n, owner, partner, place, predecessor,
  price, priceChanged, scanned, settled, touched, version, work,
} from './state'

// ---- binary heap of ids by key; `place` is an id's position, -1 outside ----
let size: i32 = 0

// @ts-ignore: decorator
@inline
function keyOf(id: i32): f64 { return f64.load(key + (<usize>id << 3)) }
// @ts-ignore: decorator
@inline
function put(at: i32, id: i32): void {
  i32.store(heap + (<usize>at << 2), id)
  i32.store(place + (<usize>id << 2), at)
}
function rise(id: i32): void {
  let at = i32.load(place + (<usize>id << 2))
  if (at < 0) at = size++
  const value = keyOf(id)
  while (at > 0) {
    const up = (at - 1) >> 1
    const above = i32.load(heap + (<usize>up << 2))
    if (keyOf(above) <= value) break
    put(at, above)
    at = up
  }
  put(at, id)
}
function pop(): i32 {
  const first = i32.load(heap)
  i32.store(place + (<usize>first << 2), -1)
  size--
  if (size > 0) {
    const id = i32.load(heap + (<usize>size << 2))
    const value = keyOf(id)
    let at: i32 = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      let below = i32.load(heap + (<usize>child << 2))
      if (child + 1 < size) {
        const other = i32.load(heap + (<usize>(child + 1) << 2))
        if (keyOf(other) < keyOf(below)) {
          child++
          below = other
        }
      }
      if (keyOf(below) >= value) break
      put(at, below)
      at = child
    }
    put(at, id)
  }
  return first
}

// ---- one search ----
/** The row that the search starts from; -1: no search is on. */
let source: i32 = -1
let sourceLevel: f64 = 0
/** Length of the shortest path to a free column so far, and that column. */
let shortest: f64 = Infinity
let target: i32 = -1
let touchedCount: i32 = 0
let settledCount: i32 = 0

function setKey(id: i32, value: f64): void {
  if (keyOf(id) == Infinity) i32.store(touched + (<usize>(touchedCount++) << 2), id)
  f64.store(key + (<usize>id << 3), value)
}

function relax(j: i32, value: f64, row: i32): void {
  if (value >= shortest || value >= keyOf(j)) return
  setKey(j, value)
  i32.store(predecessor + (<usize>j << 2), row)
  if (i32.load(owner + (<usize>j << 2)) < 0) {
    shortest = value
    target = j
  } else rise(j)
}

/** Length of the path to a row, and the row's level: what its reduced costs are counted from. */
function pathTo(row: i32): f64 { return row == source ? 0 : keyOf(i32.load(partner + (<usize>row << 2))) }
function levelOf(row: i32): f64 {
  if (row == source) return sourceLevel
  const j = i32.load(partner + (<usize>row << 2))
  return f64.load(matchCost + (<usize>row << 3)) + f64.load(price + (<usize>j << 3))
}

/** Goes from a row to the columns of its list, and notes when the search would have to look beyond it. */
function relaxList(row: i32): void {
  const length = pathTo(row)
  const level = levelOf(row)
  const from = <usize>(row * K)
  let k = from
  const end = from + K
  for (; k < end; k++) {
    if (length + (f64.load(listLow + (k << 3)) - level) >= shortest) break
    const j = i32.load(listColumn + (k << 2))
    const r = f64.load(listCost + (k << 3)) + f64.load(price + (<usize>j << 3)) - level
    relax(j, length + max(r, 0.0), row)
  }
  addWork(<f64>(2 * (k - from)) + 8)
  const beyond = length + max(f64.load(bound + (<usize>row << 3)) - level, 0.0)
  if (k == end && beyond < shortest) {
    setKey(n + row, beyond)
    rise(n + row)
  }
}

function begin(row: i32, level: f64): void {
  source = row
  sourceLevel = level
  shortest = Infinity
  target = -1
  touchedCount = 0
  settledCount = 0
  size = 0
}

/** Continues the search; returns whether it is done. */
function search(stop: f64): bool {
  while (size > 0 && keyOf(i32.load(heap)) < shortest) {
    if (work >= stop) return false
    const id = pop()
    if (id < n) {
      i32.store(settled + (<usize>(settledCount++) << 2), id)
      relaxList(i32.load(owner + (<usize>id << 2)))
      continue
    }
    const row = id - n
    if (i64.load(scanned + (<usize>row << 3)) != version) {
      refreshList(row)
      relaxList(row)
      continue
    }
    // A fresh list is not enough: more than K columns are this near. All of them, then.
    const length = pathTo(row)
    const level = levelOf(row)
    const count = columnsBelow(row, shortest - length + level)
    for (let h: i32 = 0; h < count; h++) {
      const j = i32.load(hits + (<usize>h << 2))
      relax(j, length + max(costOf(row, j) + f64.load(price + (<usize>j << 3)) - level, 0.0), row)
    }
    addWork(<f64>(8 * count))
  }
  return true
}

function finish(): void {
  let changed = false
  for (let h: i32 = 0; h < settledCount; h++) {
    const j = i32.load(settled + (<usize>h << 2))
    const by = shortest - keyOf(j)
    if (by > 0) {
      setPrice(j, f64.load(price + (<usize>j << 3)) + by)
      changed = true
    }
  }
  if (changed) priceChanged()
  for (let j = target; ; ) {
    const row = i32.load(predecessor + (<usize>j << 2))
    const before = i32.load(partner + (<usize>row << 2))
    i32.store(partner + (<usize>row << 2), j)
    i32.store(owner + (<usize>j << 2), row)
    f64.store(matchCost + (<usize>row << 3), costOf(row, j))
    if (row == source) break
    j = before
  }
  abandonSearch()
}

/** Forgets a search that is on; its row stays free. */
export function abandonSearch(): void {
  for (let h: i32 = 0; h < touchedCount; h++) {
    const id = i32.load(touched + (<usize>h << 2))
    f64.store(key + (<usize>id << 3), Infinity)
    i32.store(place + (<usize>id << 2), -1)
  }
  touchedCount = 0
  source = -1
}

let cursor: i32 = 0
/** Begins a pass over all rows. */
export function beginRepair(): void {
  abandonSearch()
  cursor = 0
}

/**
 * Continues the pass: every free row, and every row matched more than `slack` (relative to its reduced cost) above its
 * best, is matched anew; with slack = Infinity the free rows only. Returns 0 when the pass is done, 1 when the budget
 * of work is used up.
 */
export function repair(slack: f64, budget: f64): i32 {
  const stop = work + budget
  while (cursor < n || source >= 0) {
    if (work >= stop) return 1
    if (source < 0) {
      const i = cursor++
      const j = i32.load(partner + (<usize>i << 2))
      if (j >= 0 && slack == Infinity) continue
      const least = leastOf(i)
      if (j >= 0) {
        const c = f64.load(matchCost + (<usize>i << 3))
        const p = f64.load(price + (<usize>j << 3))
        if (c + p - least <= slack * (c + abs(p))) continue
        i32.store(partner + (<usize>i << 2), -1)
        i32.store(owner + (<usize>j << 2), -1)
        begin(i, least)
        relax(j, c + p - least, i)
      } else begin(i, least)
      relaxList(i)
    }
    if (!search(stop)) return 1
    finish()
  }
  return 0
}
