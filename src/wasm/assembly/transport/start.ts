// Prices to start from, out of the solution of a small problem on some of the points.
import { addWork, bestValue, cost, d, n, price, rowMinimum, X, Y } from './state'

/** Starting rows that a column's price is averaged over; not above the length of a list, whose scratch is used. */
const NEAR: i32 = 16
/** The entry whose distance from the least one bounds those of the others, and how many times. */
const INNER: i32 = 3
const OUTER: f64 = 5

/** Row number k of `count` that are spread evenly over the order of the rows. */
export function startingRow(k: i32, count: i32): i32 {
  return <i32>((<f64>k + 0.5) * <f64>n / <f64>count)
}

/**
 * Sets the prices of the columns from ... to-1 by `count` >= NEAR starting rows, whose potentials u_k are in
 * `rowMinimum`: minus the mean of the NEAR least c_kj - u_k. The least one alone would be dear for columns that happen
 * to lie beside a starting row, and nobody would take them before all other prices have risen as far. Entries far
 * beyond the fourth least count as OUTER times as far as that one: rows of another cluster say nothing.
 */
export function pricesFromRows(count: i32, from: i32, to: i32): void {
  const width = <usize>d << 3
  const last = bestValue + (<usize>(NEAR - 1) << 3)
  for (let j = from; j < to; j++) {
    for (let at = bestValue; at <= last; at += 8) f64.store(at, Infinity)
    const y = Y + <usize>j * width
    for (let k: i32 = 0; k < count; k++) {
      const x = X + <usize>startingRow(k, count) * width
      const r = cost(x, y) - f64.load(rowMinimum + (<usize>k << 3))
      if (r >= f64.load(last)) continue
      let at = last
      for (; at > bestValue; at -= 8) {
        const before = f64.load(at - 8)
        if (before <= r) break
        f64.store(at, before)
      }
      f64.store(at, r)
    }
    const least = f64.load(bestValue)
    const most = OUTER * (f64.load(bestValue + (<usize>INNER << 3)) - least)
    let excess = 0.0
    for (let at = bestValue; at <= last; at += 8) excess += min(f64.load(at) - least, most)
    f64.store(price + (<usize>j << 3), -(least + excess / <f64>NEAR))
  }
  addWork(4 * <f64>count * <f64>(to - from))
}
