/**
 * Markers of a law: points of equal mass in phase space that stand for f0 far better than random draws do. The 3-D mean
 * field solver moves them along characteristics.
 */
import { type Configuration, configuration } from '../../../base/configuration.js'
import { requireInteger, requireText } from '../../../base/errors.js'
import { normalVariates, type RandomStream, randomStream } from '../../../base/random.js'
import { type Law, requireLaw } from '../../../law/law.js'

/**
 * Primitive polynomials (degree, coefficients) and initial direction numbers of the dimensions 2 ... 8.
 * @source S. Joe, F. Y. Kuo, SIAM J. Sci. Comput. 30 (2008) 2635, doi:10.1137/070709359
 */
const DIRECTIONS: readonly (readonly [degree: number, coefficients: number, initial: readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
]

/** Coordinates of the point set; what a sampler asks for beyond them is pseudo-random. */
const DIMENSIONS: number = DIRECTIONS.length + 1
const BITS = 32

/**
 * M points of mass 1/M each whose distribution is f0: the law's own exact sampler, fed with the coordinates of a
 * scrambled Sobol net in place of its random numbers, one point a draw. A law that needs more than eight numbers a
 * draw, as those that reject do, takes the rest from the named stream, and the gain over random draws is smaller.
 * Two scrambles of the same law are independent, each unbiased: their difference measures the error of either.
 * @param M a power of two, so that the points are a net; the first 2^k of them are one too
 * @param key names the scramble and the stream
 * @returns positions and momenta, structure of arrays
 * @throws RangeError unless M is a power of two
 * @source I. M. Sobol, USSR Comput. Math. Math. Phys. 7 (1967) 86; J. Matousek, J. Complexity 14 (1998) 527,
 * doi:10.1006/jcom.1998.0489
 * @example markersOfLaw(gaussianLaw(), 4096, 'shift 1').q.length // 12288
 */
export function markersOfLaw(law: Law, M: number, key: string): Configuration {
  requireLaw(law)
  requireText('key', key)
  requireInteger('M', M, 1, 2 ** 26)
  if (Math.log2(M) % 1 !== 0) throw new RangeError(`M must be a power of two, got ${M}`)
  const random = randomStream(key)
  const directions = scrambledDirections(random)
  const point = Uint32Array.from({ length: DIMENSIONS }, () => Math.floor(random.uniform() * 2 ** BITS))
  let used = 0
  const uniform = (): number => (used < DIMENSIONS ? (point[used++]! + 0.5) / 2 ** BITS : random.uniform())
  const normals = normalVariates(uniform)
  const stream: RandomStream = { key, uniform, normal: normals.next }
  const Z = configuration(M, 3)
  for (let i = 0; i < M; i++) {
    if (i > 0) {
      // Gray code order: one direction number a step.
      const changed = 31 - Math.clz32(i & -i)
      for (let j = 0; j < DIMENSIONS; j++) point[j] = point[j]! ^ directions[j]![changed]!
    }
    used = 0
    normals.forget()
    const { q, p } = law.sample(1, stream)
    for (let a = 0; a < 3; a++) {
      Z.q[a * M + i] = q[a]!
      Z.p[a * M + i] = p[a]!
    }
  }
  return Z
}

/** Sobol's direction numbers times a random lower triangular matrix of bits for each dimension. */
function scrambledDirections(random: RandomStream): readonly Uint32Array[] {
  return Array.from({ length: DIMENSIONS }, (_, j) => {
    const plain = j === 0 ? Uint32Array.from({ length: BITS }, (_, k) => 2 ** (31 - k)) : directionNumbers(j - 1)
    // Row i: digit i itself and a random choice of the digits before it.
    const rows = Uint32Array.from({ length: BITS }, (_, i) => {
      const before = i === 0 ? 0 : Math.floor(random.uniform() * 2 ** i) * 2 ** (BITS - i)
      return before + 2 ** (31 - i)
    })
    return plain.map(v => {
      let scrambled = 0
      for (let i = 0; i < BITS; i++) scrambled = scrambled * 2 + parity(rows[i]! & v)
      return scrambled
    })
  })
}

function directionNumbers(dimension: number): Uint32Array {
  const [degree, coefficients, initial] = DIRECTIONS[dimension]!
  const v = new Uint32Array(BITS)
  for (let k = 0; k < BITS; k++) {
    if (k < degree) {
      v[k] = initial[k]! * 2 ** (31 - k)
      continue
    }
    let value = v[k - degree]! ^ (v[k - degree]! >>> degree)
    for (let l = 1; l < degree; l++) if ((coefficients >> (degree - 1 - l)) & 1) value ^= v[k - l]!
    v[k] = value
  }
  return v
}

function parity(x: number): number {
  let y = x ^ (x >>> 16)
  y ^= y >>> 8
  y ^= y >>> 4
  y ^= y >>> 2
  y ^= y >>> 1
  return y & 1
}
