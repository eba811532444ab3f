// The forward auction, one bid at a time: an unassigned row takes its best column and raises the column's price by the
// margin over its second best, plus epsilon. Afterwards every assigned row is within epsilon of its best column, so the
// cost of a complete matching is within n epsilon of the least. D. P. Bertsekas, doi:10.1007/BF02186476.
//
// Prices only rise, so the bound of a row on the columns outside its list stays valid, and the listed reduced costs
// (`listLow`, ascending) bound the present ones: a row looks at its list until the next one cannot be second best.
import { refreshList, setPrice } from './scan'
import {
  addWork, bound, K, listColumn, listCost, listLow, matchCost, n, owner, partner, price, priceChanged, queue, rowMinimum, work,
} from './state'

/** Bids made. */
export let bids: f64 = 0

let head: i32 = 0
let waiting: i32 = 0

export function queued(): i32 { return waiting }

function enqueue(i: i32): void {
  let at = head + waiting
  if (at >= n) at -= n
  i32.store(queue + (<usize>at << 2), i)
  waiting++
}
function dequeue(): i32 {
  const i = i32.load(queue + (<usize>head << 2))
  if (++head == n) head = 0
  waiting--
  return i
}

// The best and second best reduced costs of a row, as found by `look`.
let best: f64 = 0
let second: f64 = 0
let bestEntry: usize = 0

/** Returns false if the list does not tell which column is best: another one may be better. */
function look(i: i32): bool {
  best = Infinity
  second = Infinity
  const from = <usize>(i * K)
  const limit = f64.load(bound + (<usize>i << 3))
  if (limit == -Infinity) return false
  let k = from
  const end = from + K
  for (; k < end; k++) {
    if (f64.load(listLow + (k << 3)) >= second) break
    const r = f64.load(listCost + (k << 3)) + f64.load(price + (<usize>i32.load(listColumn + (k << 2)) << 3))
    if (r < best) {
      second = best
      best = r
      bestEntry = k
    } else if (r < second) second = r
  }
  addWork(<f64>(k - from) + 4)
  if (best > limit) return false
  second = min(second, limit)
  return true
}

/** Lower bounds of the rows' reduced costs, from their lists; -inf for a row that has none. */
export function boundRows(): void {
  for (let i: i32 = 0; i < n; i++) {
    look(i)
    f64.store(rowMinimum + (<usize>i << 3), min(best, f64.load(bound + (<usize>i << 3))))
  }
}

/** The least reduced cost of a row. */
export function leastOf(i: i32): f64 {
  if (!look(i)) {
    refreshList(i)
    look(i)
  }
  return best
}

/** Begins a round: rows that are further than epsilon from their best are set free, all free rows are queued. */
export function beginRound(epsilon: f64): void {
  head = 0
  waiting = 0
  boundRows()
  for (let i: i32 = 0; i < n; i++) {
    const j = i32.load(partner + (<usize>i << 2))
    if (j >= 0) {
      const r = f64.load(matchCost + (<usize>i << 3)) + f64.load(price + (<usize>j << 3))
      if (r <= f64.load(rowMinimum + (<usize>i << 3)) + epsilon) continue
      i32.store(partner + (<usize>i << 2), -1)
      i32.store(owner + (<usize>j << 2), -1)
    }
    enqueue(i)
  }
}

/**
 * Bids until at most `leave` rows are free or the budget of work is used up; returns the number of free rows. No bid
 * raises a price by more than `most` + epsilon: prices far above the costs would take the digits from their sums.
 */
export function bid(epsilon: f64, most: f64, leave: i32, budget: f64): i32 {
  const stop = work + budget
  while (waiting > leave && work < stop) {
    const i = dequeue()
    bids += 1
    if (!look(i)) {
      refreshList(i)
      look(i)
    }
    const j = i32.load(listColumn + (bestEntry << 2))
    const old = f64.load(price + (<usize>j << 3))
    setPrice(j, old + min(second - best, most) + epsilon)
    priceChanged()
    const evicted = i32.load(owner + (<usize>j << 2))
    i32.store(owner + (<usize>j << 2), i)
    i32.store(partner + (<usize>i << 2), j)
    f64.store(matchCost + (<usize>i << 3), f64.load(listCost + (bestEntry << 3)))
    if (evicted >= 0) {
      i32.store(partner + (<usize>evicted << 2), -1)
      enqueue(evicted)
    }
  }
  return waiting
}
