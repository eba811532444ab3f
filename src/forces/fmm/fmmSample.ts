/**
 * What a fast multipole sum must know of a cloud before it is planned, from a regular subset of the particles: how many
 * share a cell, and whether they fill space, a surface or a line.
 */

/** Points looked at, and the deepest level compared. */
const SAMPLE = 16384
const DEEPEST = 10
/** Occupation at which the dimension is measured: that of leaves. */
const LEAF = 60
/** Factors by which halved cells hold less: 2^2.5 and 2^1.5, between line, surface and volume. */
const VOLUME = 5.656854249492381
const SURFACE = 2.8284271247461903
/** 2^(k/6): scales of the root's side. */
const SCALES = [1, 1.122462048309373, 1.2599210498948732, Math.SQRT2, 1.5874010519681994, 1.7817974362806785]
/** A little more than 1: rounding must not put a particle outside the root. */
const ROOM = 1 + 2 ** -40

/** Points in order: those of `sources`, then those of `targets`; structures of arrays of `N` and `n` points. */
interface Cloud {
  readonly N: number
  readonly sources: Float64Array
  readonly n: number
  readonly targets: Float64Array | undefined
}

export interface CloudSample {
  /** Smallest coordinates. */
  readonly low: readonly [number, number, number]
  /** Largest minus smallest coordinate, of each axis. */
  readonly extent: readonly [number, number, number]
  /** Number of points. */
  readonly count: number
  /** Estimated number of particles in a particle's cell when the widest extent is halved 0, 1, 2, ... 10 times. */
  readonly occupation: readonly number[]
  /** 3 where the particles fill space at the scale of leaves, 2 on a surface, 1 on a line (correlation dimension). */
  readonly dimension: 1 | 2 | 3
}

/**
 * Looks at a cloud. Occupation: the fraction of pairs of a subset of 16384 points that share a cell, times N.
 * @throws RangeError if an extent is not finite
 */
export function sampleCloud({ N, sources, n, targets }: Cloud): CloudSample {
  const low: [number, number, number] = [0, 0, 0]
  const extent: [number, number, number] = [0, 0, 0]
  for (let a = 0; a < 3; a++) {
    let least = sources[a * N]!
    let most = least
    for (let i = a * N; i < (a + 1) * N; i++) {
      const v = sources[i]!
      if (v < least) least = v
      if (v > most) most = v
    }
    if (targets !== undefined) {
      for (let i = a * n; i < (a + 1) * n; i++) {
        const v = targets[i]!
        if (v < least) least = v
        if (v > most) most = v
      }
    }
    low[a] = least
    extent[a] = most - least
  }
  const widest = Math.max(...extent)
  if (!Number.isFinite(widest)) throw new RangeError('positions and their differences must be finite')
  const count = targets === undefined ? N : N + n
  const size = Math.min(count, SAMPLE)
  const keys = new Int32Array(size)
  const step = Math.floor(count / size)
  // A third of the way into a cell for flat clouds, as in the root.
  const scale = widest === 0 ? 0 : 2 ** DEEPEST / (widest * ROOM)
  const shift = low.map((l, a) => (extent[a]! < (2 / 3) * widest ? l - widest / 3 + extent[a]! / 2 : l))
  for (let k = 0; k < size; k++) {
    const i = k * step
    let key = 0
    for (let a = 0; a < 3; a++) {
      const v = i < N ? sources[a * N + i]! : targets![a * n + i - N]!
      key |= spread(Math.floor((v - shift[a]!) * scale)) << a
    }
    keys[k] = key
  }
  keys.sort()
  const occupation: number[] = []
  for (let level = 0; level <= DEEPEST; level++) {
    const pairs = sharedPairs(keys, 3 * (DEEPEST - level))
    occupation.push(size < 2 ? 1 : Math.max(1, (count * pairs) / (size * (size - 1))))
  }
  const level = occupation.findIndex(o => o < LEAF)
  const ratio = level <= 0 ? 8 : occupation[level - 1]! / occupation[level]!
  const dimension = ratio > VOLUME ? 3 : ratio > SURFACE ? 2 : 1
  return { low, extent, count, occupation, dimension }
}

/**
 * The side of the root cell, between 1 and 2 times the widest extent. Halving the side of cells divides their
 * occupation by 8; the scale of the root fills the gap, so that cells of some level hold about `leaf` particles.
 */
export function rootSide({ extent, occupation, count }: CloudSample, leaf: number): number {
  const widest = Math.max(...extent) * ROOM
  const level = occupation.findIndex(o => o < leaf)
  if (level <= 0 || count <= leaf) return widest
  let k = 0
  while (k + 1 < SCALES.length && occupation[level]! * cube(SCALES[k + 1]!) <= leaf) k++
  return widest * SCALES[k]!
}

/** The engine's power function need not be exact. */
export const cube = (x: number): number => x * x * x

/** Ordered pairs of sorted keys that agree but for the last bits. */
function sharedPairs(keys: Int32Array, shift: number): number {
  if (shift === 30) return keys.length * (keys.length - 1)
  let pairs = 0
  for (let begin = 0; begin < keys.length; ) {
    const key = keys[begin]! >> shift
    let end = begin + 1
    while (end < keys.length && keys[end]! >> shift === key) end++
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
