/**
 * Expansions by their definitions: Legendre functions from Rodrigues' recurrence, integrals over spheres. No tables.
 */

export type Vector = [number, number, number]
type Part = 'cos' | 'sin'

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))

/** P_l^m(t) without the Condon-Shortley phase, t = cos theta. */
function legendre(l: number, m: number, t: number): number {
  let p = 1
  for (let k = 1; k <= m; k++) p *= (2 * k - 1) * Math.sqrt(1 - t * t)
  let [before, now] = [0, p]
  for (let k = m + 1; k <= l; k++) [before, now] = [now, ((2 * k - 1) * t * now - (k + m - 1) * before) / (k - m)]
  return now
}

/** r^l sqrt((2 - [m = 0]) (l-m)!/(l+m)!) P_lm(cos theta) {cos, sin}(m phi). */
export function regular([x, y, z]: Vector, l: number, m: number, part: Part): number {
  if (part === 'sin' && m === 0) return 0
  const r = Math.hypot(x, y, z)
  const norm = Math.sqrt(((m === 0 ? 1 : 2) * factorial(l - m)) / factorial(l + m))
  const angle = m * Math.atan2(y, x)
  return r ** l * norm * legendre(l, m, r === 0 ? 1 : z / r) * (part === 'cos' ? Math.cos(angle) : Math.sin(angle))
}

/** The same over r^(2l+1). */
export function irregular(x: Vector, l: number, m: number, part: Part): number {
  return regular(x, l, m, part) / Math.hypot(...x) ** (2 * l + 1)
}

const place = (l: number, m: number, part: Part): number => l * l + m + (part === 'sin' ? l : 0)

function each(order: number, visit: (l: number, m: number, part: Part) => void): void {
  for (let l = 0; l < order; l++) {
    for (let m = 0; m <= l; m++) visit(l, m, 'cos')
    for (let m = 1; m <= l; m++) visit(l, m, 'sin')
  }
}

/** Multipole moments of charges about a centre, degrees below `order`. */
export function multipole(
  charges: readonly { readonly at: Vector; readonly weight: number }[],
  [cx, cy, cz]: Vector,
  order: number,
): Float64Array {
  const moments = new Float64Array(order * order)
  for (const { at, weight } of charges) {
    each(order, (l, m, part) => {
      moments[place(l, m, part)]! += weight * regular([at[0] - cx, at[1] - cy, at[2] - cz], l, m, part)
    })
  }
  return moments
}

/**
 * Local coefficients about `to` of the potential of a multipole at `from`, by integration over a sphere around `to`.
 */
export function localOfMultipole(
  moments: Float64Array,
  from: Vector,
  to: Vector,
  order: number,
  radius: number,
): Float64Array {
  const local = new Float64Array(order * order)
  const across = 40
  for (const [t, weight] of gaussLegendre(across)) {
    for (let k = 0; k < 2 * across; k++) {
      const phi = (Math.PI * k) / across
      const u: Vector = [Math.sqrt(1 - t * t) * Math.cos(phi), Math.sqrt(1 - t * t) * Math.sin(phi), t]
      const x: Vector = [0, 1, 2].map(a => to[a]! + radius * u[a]! - from[a]!) as Vector
      let potential = 0
      each(order, (l, m, part) => {
        potential += moments[place(l, m, part)]! * irregular(x, l, m, part)
      })
      each(order, (l, m, part) => {
        local[place(l, m, part)]! +=
          (((2 * l + 1) / (4 * Math.PI)) * (weight * (Math.PI / across)) * potential * regular(u, l, m, part)) /
          radius ** l
      })
    }
  }
  return local
}

/** Nodes and weights on [-1, 1], by Newton's method. */
function gaussLegendre(n: number): [number, number][] {
  return Array.from({ length: n }, (_, k) => {
    let t = Math.cos((Math.PI * (k + 0.75)) / (n + 0.5))
    let slope = 1
    for (let i = 0; i < 50; i++) {
      const p = legendre(n, 0, t)
      slope = (n * (legendre(n - 1, 0, t) - t * p)) / (1 - t * t)
      t -= p / slope
    }
    return [t, 2 / ((1 - t * t) * slope * slope)]
  })
}
