/**
 * Rotations of real solid harmonics.
 */

/**
 * The matrices of a rotation about y on real harmonics of degrees l = 0 ... order-1: D_l with
 * R_l(Q x) = D_l R_l(x), Q x = (c x - s z, y, s x + c z). Entry (m, n), m, n = -l ... l, at [l][(m + l)(2l + 1) + n +
 * l]; negative m: sines. The recurrence of Ivanic and Ruedenberg: products and square roots only, stable.
 * @param c cosine of the angle
 * @param s its sine
 * @source doi:10.1021/jp953350u, with the corrections doi:10.1021/jp9833350
 */
export function rotationAboutY(order: number, c: number, s: number): Float64Array[] {
  // Degree 1 in the order m = -1, 0, 1: y, z, x.
  const first = Float64Array.of(1, 0, 0, 0, c, s, 0, -s, c)
  const matrices: Float64Array[] = [Float64Array.of(1)]
  if (order > 1) matrices.push(first)
  for (let l = 2; l < order; l++) matrices.push(nextDegree(l, first, matrices[l - 1]!))
  return matrices
}

function nextDegree(l: number, first: Float64Array, previous: Float64Array): Float64Array {
  const width = 2 * l + 1
  const one = (i: number, j: number): number => first[(i + 1) * 3 + j + 1]!
  const before = (a: number, b: number): number => previous[(a + l - 1) * (width - 2) + b + l - 1]!
  const product = (i: number, a: number, b: number): number => {
    if (b === l) return one(i, 1) * before(a, l - 1) - one(i, -1) * before(a, 1 - l)
    if (b === -l) return one(i, 1) * before(a, 1 - l) + one(i, -1) * before(a, l - 1)
    return one(i, 0) * before(a, b)
  }
  const out = new Float64Array(width * width)
  for (let m = -l; m <= l; m++) {
    for (let n = -l; n <= l; n++) {
      // A rotation about y does not mix cosines (m >= 0) and sines (m < 0).
      if (m >= 0 !== n >= 0) continue
      const k = Math.abs(m)
      const divisor = Math.abs(n) < l ? (l + n) * (l - n) : 2 * l * (2 * l - 1)
      let sum = 0
      const u = Math.sqrt(((l + m) * (l - m)) / divisor)
      if (u !== 0) sum += u * product(0, m, n)
      const v = Math.sqrt(((m === 0 ? 2 : 1) * (l + k - 1) * (l + k)) / divisor) * (m === 0 ? -0.5 : 0.5)
      if (m === 0) sum += v * (product(1, 1, n) + product(-1, -1, n))
      else if (m === 1) sum += v * Math.SQRT2 * product(1, 0, n)
      else if (m > 1) sum += v * (product(1, m - 1, n) - product(-1, 1 - m, n))
      else if (m === -1) sum += v * Math.SQRT2 * product(-1, 0, n)
      else sum += v * (product(1, m + 1, n) + product(-1, -m - 1, n))
      const w = m === 0 ? 0 : -0.5 * Math.sqrt(((l - k - 1) * (l - k)) / divisor)
      if (w !== 0) {
        sum +=
          w * (m > 0 ? product(1, m + 1, n) + product(-1, -m - 1, n) : product(1, m - 1, n) - product(-1, 1 - m, n))
      }
      out[(m + l) * width + n + l] = sum
    }
  }
  return out
}
