/**
 * The whole part of the square root of n >= 0, by Newton's iteration from above.
 * @example Number(integerRoot(17n)) // 4
 */
export function integerRoot(n: bigint): bigint {
  if (n < 2n) return n
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (x + n / x) >> 1n
    if (next >= x) return x
    x = next
  }
}

/**
 * The largest whole number whose square is at most n >= 0, and the least whose square is at least n.
 * @example rootBounds(17n).map(Number) // [4, 5]
 */
export function rootBounds(n: bigint): readonly [bigint, bigint] {
  const root = integerRoot(n)
  return [root, root * root === n ? root : root + 1n]
}
