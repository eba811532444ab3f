// Prices to start from, out of the solution of a small problem on some of the points.
import { addWork, cost, d, n, price, rowMinimum, X, Y } from './state'

/** Row number k of `count` that are spread evenly over the order of the rows. */
export function startingRow(k: i32, count: i32): i32 {
  return <i32>((<f64>k + 0.5) * <f64>n / <f64>count)
}

/**
 * Sets the prices of the columns from ... to-1 to max_k (u_k - c_kj) over `count` starting rows, whose potentials u_k are
 * in `rowMinimum`: the least prices at which these rows would want nothing better than u_k.
 */
export function pricesFromRows(count: i32, from: i32, to: i32): void {
  const width = <usize>d << 3
  for (let j = from; j < to; j++) {
    let least = Infinity
    const y = Y + <usize>j * width
    for (let k: i32 = 0; k < count; k++) {
      const x = X + <usize>startingRow(k, count) * width
      least = min(least, cost(x, y) - f64.load(rowMinimum + (<usize>k << 3)))
    }
    f64.store(price + (<usize>j << 3), -least)
  }
  addWork(4 * <f64>count * <f64>(to - from))
}
