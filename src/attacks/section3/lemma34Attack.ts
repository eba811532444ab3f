/**
 * The search for the worst density of Lemma 3.4: the one that pulls hardest on the origin for its mass and height.
 * By averaging around the axis of the pull, which changes neither pull nor mass and does not raise the height, the
 * worst density is axisymmetric; nothing else is assumed by {@link searchForce}. Named families are tried beside it.
 */
import { type Maximum, maximize } from '../../base/numerics/optimize.js'
import { gaussSum } from '../../base/numerics/quadrature.js'
import type { RandomStream } from '../../base/random.js'
import { type Cell, type CellMeasure, type DensityMaximum, searchDensity } from '../densitySearch.js'

/** What a density amounts to in (23): e . (k*rho)(0), with e the axis. */
export interface ForceDensity {
  readonly mass: number
  readonly sup: number
  readonly force: number
}

/** |k*rho|(0) ||rho||_1^(-1/3) ||rho||_infinity^(-2/3), the quotient whose supremum is C in (23). */
export function forceRatio({ mass, sup, force }: ForceDensity): number {
  return force / (Math.cbrt(mass) * Math.cbrt(sup) ** 2)
}

/** Free densities in cylinder-symmetric cells (r, cos theta), r <= 2 (mass/sup)^(1/3). */
export interface ForceSearch extends DensityMaximum {
  /** The quotient of (23). */
  readonly ratio: number
  /** Distance of the farthest charge along the axis, and the largest half width, in units (mass/sup)^(1/3). */
  readonly length: number
  readonly halfWidth: number
  /** Share of the mass behind the origin (cos theta < 0). */
  readonly behind: number
}

/** Options of {@link searchForce}. */
export interface ForceSearchOptions {
  /** ||rho||_1 > 0. */
  readonly mass: number
  /** ||rho||_infinity > 0. */
  readonly sup: number
  /** Refinements of the cells; each divides the gap to the supremum by four. */
  readonly rounds: number
  /** Whether charges of both signs, |rho| <= sup, are allowed; default 'positive'. */
  readonly charge?: 'positive' | 'signed'
  /** Cut-off radius r_c of kernel (4), default 0. */
  readonly cutoff?: number
}

/** The hardest pull over all axisymmetric densities with given mass and height. */
export function searchForce(options: ForceSearchOptions, stream: RandomStream): ForceSearch {
  const { mass, sup, rounds, charge = 'positive', cutoff = 0 } = options
  const unit = Math.cbrt(mass / sup)
  const plain = (cell: Cell): CellMeasure => pull(cell, cutoff)
  // |cos| is what a density of either sign can use; the sign of the charge is then the sign of cos theta.
  const measure = charge === 'signed' ? (cell: Cell): CellMeasure => absolute(plain(cell)) : plain
  const found = searchDensity({ cells: startingCells(2 * unit), measure, sup, mass, rounds }, stream)
  let length = 0
  let halfWidth = 0
  let behind = 0
  found.cells.forEach((cell, i) => {
    const r = 0.5 * (cell.low[0]! + cell.high[0]!)
    const c = 0.5 * (cell.low[1]! + cell.high[1]!)
    if (c < 0) behind += found.density[i]! * measure(cell).volume
    if (found.density[i]! < 0.5 * sup) return
    length = Math.max(length, r * c)
    halfWidth = Math.max(halfWidth, r * Math.sqrt(1 - c * c))
  })
  return {
    ...found,
    ratio: forceRatio({ mass: found.mass, sup, force: found.value }),
    length: length / unit,
    halfWidth: halfWidth / unit,
    behind: behind / found.mass,
  }
}

/** Volume of the cell and the integral of cos(theta) g(r) over it, g = r/r_c^3 inside the cut-off and 1/r^2 outside. */
function pull({ low, high }: Cell, cutoff: number): CellMeasure {
  const [r1, c1] = low as [number, number]
  const [r2, c2] = high as [number, number]
  const inner = (r: number): number => (cutoff > 0 ? (0.25 * Math.min(r, cutoff) ** 4) / cutoff ** 3 : 0)
  const radial = inner(r2) - inner(r1) + Math.max(r2, cutoff) - Math.max(r1, cutoff)
  return {
    volume: ((2 * Math.PI) / 3) * (c2 - c1) * (r2 - r1) * (r2 * r2 + r1 * r2 + r1 * r1),
    integral: Math.PI * (c2 - c1) * (c2 + c1) * radial,
  }
}

function absolute({ volume, integral }: CellMeasure): CellMeasure {
  return { volume, integral: Math.abs(integral) }
}

function startingCells(radius: number): Cell[] {
  const n = 8
  const cells: Cell[] = []
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      cells.push({ low: [(radius * i) / n, (2 * j) / n - 1], high: [(radius * (i + 1)) / n, (2 * (j + 1)) / n - 1] })
    }
  }
  return cells
}

/** Density 1 on {r < R(cos theta)}: mass (2 pi/3) int R^3 dc, pull 2 pi int c R dc over -1 < c < 1. */
export function starShape(extent: (c: number) => number): ForceDensity {
  const over = (f: (c: number) => number): number => gaussSum(f, -1, 0, 200) + gaussSum(f, 0, 1, 200)
  return {
    mass: ((2 * Math.PI) / 3) * over(c => extent(c) ** 3),
    sup: 1,
    force: 2 * Math.PI * over(c => c * extent(c)),
  }
}

/** The unit ball with the origin on its surface: r < 2 cos theta. */
export function ballAtSurface(): ForceDensity {
  return starShape(c => Math.max(0, 2 * c))
}

/** Half of the unit ball with the origin at the centre of its flat side. */
export function halfBall(): ForceDensity {
  return starShape(c => (c > 0 ? 1 : 0))
}

/**
 * The family r < max(0, cos theta)^x of lobes: balls for x = 1, half balls for x = 0; the best exponent is searched.
 */
export function bestLobe(stream: RandomStream): Maximum {
  const ratio = (x: number): number => forceRatio(starShape(c => (c > 0 ? c ** x : 0)))
  return maximize(
    ([x]) => (x! >= 0 ? ratio(x!) : Number.NaN),
    s => [3 * s.uniform()],
    stream,
    3,
    0.3,
  )
}

/**
 * Spheroids with half axes A (along the pull) and B, the origin inside on the axis or on the surface; searched over
 * log(A/B) and the position of the origin between centre (0) and pole (1).
 */
export function bestSpheroid(stream: RandomStream): Maximum {
  const ratio = (x: Float64Array): number => {
    const aspect = Math.exp(x[0]!)
    const place = Math.min(1, Math.abs(x[1]!))
    // The ray from (0, 0, -place A) at cosine c leaves (z/A)^2 + (s/B)^2 = 1, A = aspect, B = 1, at r.
    return forceRatio(
      starShape(c => {
        const a = (c / aspect) ** 2 + (1 - c * c)
        const b = (place * c) / aspect
        return (b + Math.sqrt(Math.max(0, b * b + a * (1 - place * place)))) / a
      }),
    )
  }
  return maximize(ratio, s => [s.normal(), s.uniform()], stream, 3, 0.3)
}
