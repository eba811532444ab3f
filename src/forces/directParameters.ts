/**
 * The block of parameters that the compiled direct sums read: which kernel, its tables, where everything is.
 */
import type { Kernel } from '../interaction/kernel.js'
import { wasmCore } from '../wasm/core.js'
import type { ForceModule } from '../wasm/forces.js'
import { powerTable, type RadialTable, radialTable, smoothFactor } from './functionTables.js'
import { radialFactor, SMALLEST_RADIUS } from './kernelSpec.js'
import { place } from './placement.js'
import type { ForceKernelSpec } from './types.js'

/** Relative error at which a tabulated radial function is still taken for the function. */
const TABLE_TOLERANCE = 1e-10

// Kinds of forces in the compiled loops: profile and power.
export const KINDS = { truncated: 0, cubicSpline: 3, plummer: 6, smooth: 9, radial: 11 } as const
export const SCALAR_KINDS = { truncated: 0, cubicSpline: 1, plummer: 2, majorant: 3, radial: 4 } as const

function kindOf({ profile, alpha }: ForceKernelSpec): number {
  if (profile === 'radial') return KINDS.radial
  if (profile === 'smooth') return alpha === 2 ? KINDS.smooth : KINDS.smooth + 1
  return KINDS[profile] + (alpha === 2 ? 0 : alpha === 1 ? 1 : 2)
}

/** Whether the compiled loops have this kernel in single precision. */
export function hasMixedPrecision({ profile, alpha, radius }: ForceKernelSpec): boolean {
  return radius > 0 && profile !== 'smooth' && profile !== 'radial' && (alpha === 1 || alpha === 2)
}

// Parameters of the compiled loops: position in the block, see directShared.ts there.
export const P = {
  kind: 0,
  clamp: 1,
  coefficient: 2,
  powerTable: 3,
  radialTable: 4,
  radialUnit: 5,
  radialFactor: 6,
  sources: 7,
  stride: 8,
  count: 9,
  weights: 10,
  targets: 11,
  targetStride: 12,
  targetCount: 13,
  out: 14,
  tiles: 15,
  rows: 16,
  private: 17,
  privateBytes: 18,
  tasks: 19,
  self: 20,
  boxes: 21,
  alpha: 22,
  radius: 23,
  targetBoxes: 24,
} as const
export type Parameters = Partial<Record<keyof typeof P, number>>

/** Clamp, coefficient and tables of a kernel; undefined if it cannot be tabulated. */
export function kernelParameters(module: ForceModule, spec: ForceKernelSpec, reach: number): Parameters | undefined {
  const { profile, alpha, radius } = spec
  const kind = kindOf(spec)
  if (profile === 'radial') return tabulate(module, spec, reach, radialFactor(spec.kernel), kind)
  const square = radius * radius
  const parameters: Parameters = { kind, alpha, radius, clamp: square }
  if (radius === 0) parameters.clamp = SMALLEST_RADIUS * SMALLEST_RADIUS
  else parameters.coefficient = (0.5 * (alpha + 1)) / square
  if (alpha !== 2 && (alpha !== 1 || profile === 'smooth'))
    parameters.powerTable = place(module, powerTable((alpha + 1) / 2)).ptr
  if (profile === 'smooth') {
    const table = radialTable(smoothFactor(alpha), 2 ** -20, 1, TABLE_TOLERANCE)
    if (table === undefined) return undefined
    parameters.radialTable = place(module, table.data).ptr
    parameters.radialUnit = 1 / square
    parameters.radialFactor = wasmCore().pow(radius, -(alpha + 1))
  }
  return parameters
}

/** Tables by kernel, kind and reach: a run asks for the same ones at every step. */
const tables = new WeakMap<Kernel, Map<string, RadialTable | undefined>>()

/** A table of f(r) as a function of (r/reference)^2, if f can be tabulated. */
export function tabulate(
  module: ForceModule,
  { kernel }: ForceKernelSpec,
  reach: number,
  f: (r: number) => number,
  kind: number,
): Parameters | undefined {
  const { breaks } = kernel
  if (breaks.length > 1) return undefined
  const reference = breaks[0] ?? 1
  const inUnits = (u: number): number => f(reference * Math.sqrt(u))
  const high = 2 ** Math.max(1, Math.ceil(2 * Math.log2(reach / reference)) + 1)
  if (!(high <= 2 ** 200)) return undefined
  // A function that is flat towards 0 needs no small radii; a singular one is clamped far below any real distance.
  const [small, smaller] = [inUnits(2 ** -40), inUnits(2 ** -80)]
  const low = Math.abs(small - smaller) <= 1e-11 * Math.abs(small) ? 2 ** -40 : 2 ** -120
  let known = tables.get(kernel)
  if (known === undefined) {
    known = new Map()
    tables.set(kernel, known)
  }
  const key = `${kind}/${high}`
  if (!known.has(key)) known.set(key, radialTable(inUnits, low, high, TABLE_TOLERANCE))
  const table = known.get(key)
  if (table === undefined) return undefined
  return { kind, radialTable: place(module, table.data).ptr, radialUnit: 1 / (reference * reference), radialFactor: 1 }
}

export function block(module: ForceModule, parameters: Parameters): number {
  const { ptr, view } = module.arena.f64(32)
  view.fill(0)
  for (const [name, value] of Object.entries(parameters)) view[P[name as keyof typeof P]] = value
  return ptr
}
