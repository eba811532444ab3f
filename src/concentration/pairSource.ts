/**
 * The two kinds of pair functions whose sums are measured: force kernels and scalar majorants, seen through one
 * interface.
 */
import { quote, requireObject } from '../base/errors.js'
import type { Estimate } from '../base/statistics/estimate.js'
import type { Kernel } from '../interaction/kernel.js'
import type { RadialMajorant } from '../interaction/lipschitzMajorant.js'
import { type Law, type RadialDensity, requireLaw } from '../law/law.js'
import { majorantConvolution } from '../law/meanField/majorantConvolution.js'
import { radialField } from '../law/meanField/meanField.js'
import { type RadialTable, radialTable } from './radialTable.js'

/** h: a vector kernel or a scalar function of the distance. */
export type PairSource = Kernel | RadialMajorant

/** Whether h is a force kernel. */
export function isForce(source: PairSource): source is Kernel {
  return typeof (source as Kernel).magnitude === 'function'
}

/** Requires a kernel or a majorant. @throws TypeError */
export function requireSource(source: unknown): void {
  requireObject('source', source, 'like a kernel or a majorant')
  const { magnitude, value, breaks } = source as Partial<Kernel> & Partial<RadialMajorant>
  if ((typeof magnitude === 'function' || typeof value === 'function') && Array.isArray(breaks)) return
  throw new TypeError(`source must be a kernel or a majorant, got ${quote(source)}`)
}

/** |h|(r). */
export function sizeOf(source: PairSource): (r: number) => number {
  return isForce(source) ? r => source.magnitude(r) : r => source.value(r)
}

/** The radial density of a law, which these measurements need. @throws RangeError for a law without one */
export function radialOf(law: Law): RadialDensity {
  requireLaw(law)
  if (law.radial === undefined) {
    throw new RangeError(`law must be spherically symmetric about 0, got ${quote(law.name)}`)
  }
  return law.radial
}

/** Where the tables end: all of the mass of a compact law, twelve length scales of any other. */
export function reachOf({ supportRadius, scale }: RadialDensity): number {
  return Number.isFinite(supportRadius) ? supportRadius : 12 * scale
}

/** h*rho as a function of the radius with its error: for a force the component outwards, sigma included. */
export function meanOf(law: Law, source: PairSource): (r: number) => Estimate {
  const radial = radialOf(law)
  if (!isForce(source)) {
    const along = majorantConvolution(law, source).radial!
    return r => along(r)
  }
  const { magnitude } = radialField(radial, source)
  return r => {
    const field = magnitude(r, 1e-9)
    const ends = [source.sigma * field.low, source.sigma * field.high]
    return { ...field, value: source.sigma * field.value, low: Math.min(...ends), high: Math.max(...ends) }
  }
}

/** Radii where a convolution with h may have a kink: where spheres of a jump of h touch a jump of rho. */
export function kinksOf(radial: RadialDensity, source: PairSource): number[] {
  const jumps = radial.breaks
  return [...jumps, ...source.breaks, ...jumps.flatMap(s => source.breaks.flatMap(t => [Math.abs(s - t), s + t]))]
}

/** h*rho tabulated over the radius. */
export function meanTable(law: Law, source: PairSource): RadialTable {
  const radial = radialOf(law)
  const mean = meanOf(law, source)
  return radialTable(r => mean(r).value, reachOf(radial), kinksOf(radial, source))
}
