/**
 * An order of points in which neighbours in the list are neighbours in space: boxes of consecutive points are then
 * small, and a search can put most of them aside.
 */
import { ASSIGNMENT_GROUP, ASSIGNMENT_LEAF } from '../../wasm/transport.js'

/**
 * Halves the points at the median of the widest coordinate, again and again, down to groups and leaves that are full.
 * @param x length d*n, structure of arrays
 * @returns a permutation of 0 ... n-1, length n; the same on every engine
 */
export function assignmentOrder(x: Float64Array, n: number, d: number): Int32Array {
  const order = new Int32Array(n)
  for (let i = 0; i < n; i++) order[i] = i
  // Ranges still to be split, as pairs; the depth is log2(n / 32), so the stack stays short.
  const ranges = [0, n]
  while (ranges.length > 0) {
    const to = ranges.pop()!
    const from = ranges.pop()!
    if (to - from <= ASSIGNMENT_LEAF) continue
    const unit = to - from > ASSIGNMENT_GROUP ? ASSIGNMENT_GROUP : ASSIGNMENT_LEAF
    const middle = from + Math.ceil((to - from) / unit / 2) * unit
    const axis = widest(x, n, d, order, from, to)
    if (axis >= 0) select(x.subarray(axis * n, (axis + 1) * n), order, from, to - 1, middle)
    else continue
    ranges.push(from, middle, middle, to)
  }
  return order
}

/** The coordinate of largest extent; -1 if all points are the same. */
function widest(x: Float64Array, n: number, d: number, order: Int32Array, from: number, to: number): number {
  let axis = -1
  let extent = 0
  for (let a = 0; a < d; a++) {
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (let k = from; k < to; k++) {
      const v = x[a * n + order[k]!]!
      if (v < low) low = v
      if (v > high) high = v
    }
    if (high - low > extent) {
      extent = high - low
      axis = a
    }
  }
  return axis
}

/** Hoare's selection: afterwards order[left .. k-1] <= order[k] <= order[k+1 .. right] by value. */
function select(value: Float64Array, order: Int32Array, left: number, right: number, k: number): void {
  while (left < right) {
    const a = value[order[left]!]!
    const b = value[order[(left + right) >> 1]!]!
    const c = value[order[right]!]!
    const pivot = a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b
    let i = left
    let j = right
    while (i <= j) {
      while (value[order[i]!]! < pivot) i++
      while (value[order[j]!]! > pivot) j--
      if (i <= j) {
        const swap = order[i]!
        order[i++] = order[j]!
        order[j--] = swap
      }
    }
    if (k <= j) right = j
    else if (k >= i) left = i
    else return
  }
}
