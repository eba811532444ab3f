/**
 * How much larger than the particles' extent the root cell is made.
 */

/** Points looked at, and the deepest level compared. */
const SAMPLE = 16384
const DEEPEST = 10
/** 2^(k/6): factors of the side; their cubes are 2^(k/2). */
const SCALES = [1, 2 ** (1 / 6), 2 ** (1 / 3), Math.SQRT2, 2 ** (2 / 3), 2 ** (5 / 6)].map(s => Math.fround(s))

/**
 * A factor in [1, 2) for the side of the root cell. Halving the side of cells divides their occupation by 8; the scale
 * of the root fills the gap, so that cells of some level hold about `leaf` particles each where the density is uniform.
 * Occupation is estimated from the fraction of pairs in a regular subset that share a cell.
 */
export function rootScale(
  axes: readonly { readonly view: Float64Array }[],
  N: number,
  side: number,
  low: readonly number[],
  leaf: number,
): number {
  // A little more than 1: rounding must not put a particle outside.
  const least = 1 + 2 ** -40
  if (N <= leaf) return least
  const size = Math.min(N, SAMPLE)
  const step = Math.floor(N / size)
  const keys = new Int32Array(size)
  const cellsAcross = 2 ** DEEPEST
  const bits = (v: number, a: number): number =>
    spread(Math.min(cellsAcross - 1, Math.floor(((v - low[a]!) / side) * cellsAcross)))
  for (let k = 0; k < size; k++) {
    const i = k * step
    keys[k] = bits(axes[0]!.view[i]!, 0) | (bits(axes[1]!.view[i]!, 1) << 1) | (bits(axes[2]!.view[i]!, 2) << 2)
  }
  keys.sort()
  for (let level = 1; level <= DEEPEST; level++) {
    const occupation = (N * sharedPairs(keys, 3 * (DEEPEST - level))) / (size * (size - 1))
    if (occupation >= leaf) continue
    let k = 0
    while (k + 1 < SCALES.length && occupation * 2 ** ((k + 1) / 2) <= leaf) k++
    return SCALES[k]! * least
  }
  return least
}

/** Ordered pairs of sorted keys that agree but for the last bits. */
function sharedPairs(keys: Int32Array, shift: number): number {
  let pairs = 0
  for (let begin = 0; begin < keys.length; ) {
    let end = begin
    while (end < keys.length && keys[end]! >> shift === keys[begin]! >> shift) end++
    pairs += (end - begin) * (end - begin - 1)
    begin = end
  }
  return pairs
}

/** Bits of a 10-bit number three places apart. */
function spread(v: number): number {
  let x = v
  x = (x | (x << 16)) & 0x030000ff
  x = (x | (x << 8)) & 0x0300f00f
  x = (x | (x << 4)) & 0x030c30c3
  return (x | (x << 2)) & 0x09249249
}
