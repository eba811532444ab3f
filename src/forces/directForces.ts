/**
 * Direct sums over all pairs, laid out as a {@link ForceProgram} for the compiled loops of wasm/assembly/forces.
 */
import { wasmCore } from '../wasm/core.js'
import type { Block, ForceModule } from '../wasm/forces.js'
import { powerTable, radialTable, smoothFactor } from './functionTables.js'
import { radialFactor, SMALLEST_RADIUS } from './kernelSpec.js'
import { mortonOrder } from './mortonOrder.js'
import type { ForceKernelSpec, ForcePrecision, ForceProgram, ForceRequest, ForceStage } from './types.js'

/** Particles in a tile, as in the compiled loops. */
const TILE = 256
/** Tasks that the self form is cut into; private totals are kept for each, so fewer for very many particles. */
const tasksFor = (tiles: number): number => Math.min(tiles, tiles <= 2048 ? 32 : 16)
/** Bytes of scratch of one instance: 16 arrays of a tile in f32, or 6 in f64. */
const SCRATCH_BYTES = 16 * 4 * TILE
/** Relative error at which a tabulated radial function is still taken for the function. */
const TABLE_TOLERANCE = 1e-10

// Kinds of forces in the compiled loops: profile and power.
const KINDS = { truncated: 0, cubicSpline: 3, plummer: 6, smooth: 9, radial: 11 } as const
const SCALAR_KINDS = { truncated: 0, cubicSpline: 1, plummer: 2, majorant: 3, radial: 4 } as const

function kindOf({ profile, alpha }: ForceKernelSpec): number {
  if (profile === 'radial') return KINDS.radial
  if (profile === 'smooth') return alpha === 2 ? KINDS.smooth : KINDS.smooth + 1
  return KINDS[profile] + (alpha === 2 ? 0 : alpha === 1 ? 1 : 2)
}

/** Whether the compiled loops have this kernel in single precision. */
export function hasMixedPrecision({ profile, alpha, radius }: ForceKernelSpec): boolean {
  return radius > 0 && profile !== 'smooth' && profile !== 'radial' && (alpha === 1 || alpha === 2)
}

/** A scalar function of the distance: l(r) = constant r^-3 for r >= radius and `inner` below. */
export interface StepMajorant {
  readonly outerConstant: number
  readonly innerRadius: number
  readonly innerValue: number
}

// Parameters of the compiled loops: position in the block, see directShared.ts there.
const P = {
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
type Parameters = Partial<Record<keyof typeof P, number>>

/**
 * Lays out a direct sum. In the self form with equal weights every pair is evaluated once (Newton's third law inside
 * and between tiles, private totals, added in fixed order); otherwise every source acts on every target.
 * @returns undefined if the compiled loops cannot evaluate this kernel well enough: then `scalarForces` must
 */
export function prepareDirect(
  module: ForceModule,
  request: ForceRequest,
  { precision }: { readonly precision: ForcePrecision },
): ForceProgram | undefined {
  const { spec, N, n, sources, targets, weights, weight, force } = request
  const reach = diameter(sources, targets, N, n, spec.d)
  const kernel = kernelParameters(module, spec, reach)
  if (kernel === undefined) return undefined
  const programs: ForceProgram[] = []
  const mixed = precision === 'mixed'
  const order = mixed ? mortonOrder(sources, N, spec.d) : undefined
  const from = placePoints(module, sources, N, spec.d, order)
  // Single precision has a narrow range: weights go in divided by a power of two near the largest.
  const unit = weights === undefined ? 1 : powerOfTwoNear(weights)
  const shares = placeWeights(module, weights, N, from.stride, order, 1 / unit)
  const common: Parameters = { ...kernel, sources: from.ptr, stride: from.stride, count: N, weights: shares.ptr }
  const tiles = Math.ceil(N / TILE)

  if (targets === undefined && weights === undefined) {
    const rows = Math.ceil(tiles / tasksFor(tiles))
    const tasks = Math.ceil(tiles / rows)
    const privateBytes = 24 * TILE * (rows + Math.floor(tiles / 2))
    const totals = module.arena.f64((tasks * privateBytes) / 8)
    const out = module.arena.f64(3 * from.stride)
    const boxes = mixed ? module.arena.f64(6 * tiles) : undefined
    const p = block(module, {
      ...common,
      out: out.ptr,
      tiles,
      rows,
      tasks,
      private: totals.ptr,
      privateBytes,
      boxes: boxes?.ptr ?? 0,
    })
    const stages: ForceStage[] = mixed ? [{ run: 'directBoxes', tasks: tiles, args: [p] }] : []
    stages.push({ run: mixed ? 'mixedSelf' : 'directSelf', tasks, args: [p] })
    stages.push({ run: 'directReduce', tasks: tiles, args: [p] })
    const collect = (): void => copyOut(out.view, from.stride, force, N, spec.d, spec.sigma * weight, order)
    programs.push({ stages, scratchBytes: SCRATCH_BYTES, collect })
  } else {
    const targetOrder = targets === undefined ? order : mixed ? mortonOrder(targets, n, spec.d) : undefined
    const to = targets === undefined ? from : placePoints(module, targets, n, spec.d, targetOrder)
    const out = module.arena.f64(3 * to.stride)
    const targetTiles = Math.ceil(n / TILE)
    const boxes = mixed ? module.arena.f64(6 * tiles) : undefined
    const targetBoxes = mixed ? module.arena.f64(6 * targetTiles) : undefined
    const p = block(module, {
      ...common,
      out: out.ptr,
      tiles,
      targets: to.ptr,
      targetStride: to.stride,
      targetCount: n,
      boxes: boxes?.ptr ?? 0,
      targetBoxes: targetBoxes?.ptr ?? 0,
    })
    out.view.fill(0)
    const stages: ForceStage[] = mixed
      ? [
          { run: 'directBoxes', tasks: tiles, args: [p] },
          { run: 'directTargetBoxes', tasks: targetTiles, args: [p] },
        ]
      : []
    stages.push({ run: mixed ? 'mixedRowsTask' : 'directRows', tasks: targetTiles, args: [p] })
    const factor = spec.sigma * (weights === undefined ? weight : unit)
    const collect = (): void => copyOut(out.view, to.stride, force, n, spec.d, factor, targetOrder)
    programs.push({ stages, scratchBytes: SCRATCH_BYTES, collect })
  }

  if (request.potentialOut !== undefined) {
    const potential = preparePotential(module, request, reach)
    if (potential === undefined) return undefined
    programs.push(potential)
  }
  return {
    stages: programs.flatMap(program => program.stages),
    scratchBytes: SCRATCH_BYTES,
    collect: () => {
      for (const program of programs) program.collect()
    },
  }
}

/** Lays out sum_j w_j V(q_i - q_j), j != i in the self form, into request.potentialOut; always in double precision. */
export function preparePotential(
  module: ForceModule,
  request: ForceRequest,
  reach: number = diameter(request.sources, request.targets, request.N, request.n, request.spec.d),
): ForceProgram | undefined {
  const { spec, potentialOut } = request
  const { profile, alpha, radius, sigma, kernel } = spec
  if (potentialOut === undefined) return undefined
  let parameters: Parameters | undefined
  let factor: number = sigma
  if (alpha === 2 && profile !== 'smooth' && profile !== 'radial') {
    // Without cut-off by Plummer's formula, which is Infinity for coincident particles.
    const kind = radius === 0 ? SCALAR_KINDS.plummer : SCALAR_KINDS[profile]
    parameters = { kind, clamp: radius * radius }
  } else {
    const table = tabulate(module, spec, reach, r => kernel.potential(r), SCALAR_KINDS.radial)
    if (table === undefined) return undefined
    parameters = table
    factor = 1
  }
  return prepareScalar(module, request, parameters, factor, potentialOut)
}

/** Lays out sum_j w_j l(|q_i - q_j|), j != i in the self form, of a majorant as in (47). */
export function prepareMajorant(
  module: ForceModule,
  request: ForceRequest,
  majorant: StepMajorant,
  out: Float64Array,
): ForceProgram {
  const { innerRadius, innerValue, outerConstant } = majorant
  const parameters = {
    kind: SCALAR_KINDS.majorant,
    clamp: innerRadius * innerRadius,
    coefficient: innerRadius > 0 ? innerValue : 0,
    radialFactor: outerConstant,
  }
  return prepareScalar(module, request, parameters, 1, out)
}

function prepareScalar(
  module: ForceModule,
  { spec, N, n, sources, targets, weights, weight }: ForceRequest,
  parameters: Parameters,
  factor: number,
  result: Float64Array,
): ForceProgram {
  const from = placePoints(module, sources, N, spec.d, undefined)
  const to = targets === undefined ? from : placePoints(module, targets, n, spec.d, undefined)
  const shares = placeWeights(module, weights, N, from.stride, undefined, 1)
  const out = module.arena.f64(to.stride)
  out.view.fill(0)
  const p = block(module, {
    ...parameters,
    sources: from.ptr,
    stride: from.stride,
    count: N,
    weights: shares.ptr,
    targets: to.ptr,
    targetStride: to.stride,
    targetCount: n,
    out: out.ptr,
    self: targets === undefined ? 1 : 0,
  })
  const scale = factor * (weights === undefined ? weight : 1)
  const collect = (): void => {
    for (let i = 0; i < n; i++) result[i] = scale === 0 ? 0 : scale * out.view[i]!
  }
  return {
    stages: [{ run: 'directScalar', tasks: Math.ceil(n / TILE), args: [p] }],
    scratchBytes: SCRATCH_BYTES,
    collect,
  }
}

/** Clamp, coefficient and tables of a kernel; undefined if it cannot be tabulated. */
function kernelParameters(module: ForceModule, spec: ForceKernelSpec, reach: number): Parameters | undefined {
  const { profile, alpha, radius } = spec
  const kind = kindOf(spec)
  if (profile === 'radial') return tabulate(module, spec, reach, radialFactor(spec.kernel), kind)
  const square = radius * radius
  const parameters: Parameters = { kind, alpha, radius, clamp: square }
  if (radius === 0) parameters.clamp = SMALLEST_RADIUS * SMALLEST_RADIUS
  else parameters.coefficient = (0.5 * (alpha + 1)) / square
  if (alpha !== 2 && (alpha !== 1 || profile === 'smooth')) parameters.powerTable = place(module, powerTable((alpha + 1) / 2)).ptr
  if (profile === 'smooth') {
    const table = radialTable(smoothFactor(alpha), 2 ** -20, 1, TABLE_TOLERANCE)
    if (table === undefined) return undefined
    parameters.radialTable = place(module, table.data).ptr
    parameters.radialUnit = 1 / square
    parameters.radialFactor = wasmCore().pow(radius, -(alpha + 1))
  }
  return parameters
}

/** A table of f(r) as a function of (r/reference)^2, if f can be tabulated. */
function tabulate(
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
  const table = radialTable(inUnits, low, high, TABLE_TOLERANCE)
  if (table === undefined) return undefined
  return { kind, radialTable: place(module, table.data).ptr, radialUnit: 1 / (reference * reference), radialFactor: 1 }
}

/** An upper bound on every distance between a target and a source. */
function diameter(sources: Float64Array, targets: Float64Array | undefined, N: number, n: number, d: number): number {
  let square = 0
  for (let a = 0; a < d; a++) {
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    const include = (q: Float64Array, count: number): void => {
      for (let i = a * count; i < (a + 1) * count; i++) {
        if (q[i]! < low) low = q[i]!
        if (q[i]! > high) high = q[i]!
      }
    }
    include(sources, N)
    if (targets !== undefined) include(targets, n)
    square += (high - low) ** 2
  }
  return Math.sqrt(square)
}

function place(module: ForceModule, data: Float64Array): Block<Float64Array> {
  const placed = module.arena.f64(data.length)
  placed.view.set(data)
  return placed
}

/** Three coordinates (the third 0 in d = 2), padded to a multiple of 4 with the last point, which has weight 0 there. */
function placePoints(
  module: ForceModule,
  q: Float64Array,
  N: number,
  d: number,
  order: Int32Array | undefined,
): { readonly ptr: number; readonly stride: number } {
  const stride = Math.ceil(N / 4) * 4
  const { ptr, view } = module.arena.f64(3 * stride)
  for (let a = 0; a < 3; a++) {
    const base = a * stride
    if (a >= d) view.fill(0, base, base + stride)
    else {
      if (order === undefined) view.set(q.subarray(a * N, (a + 1) * N), base)
      else for (let i = 0; i < N; i++) view[base + i] = q[a * N + order[i]!]!
      view.fill(view[base + N - 1]!, base + N, base + stride)
    }
  }
  return { ptr, stride }
}

function placeWeights(
  module: ForceModule,
  weights: Float64Array | undefined,
  N: number,
  stride: number,
  order: Int32Array | undefined,
  factor: number,
): Block<Float64Array> {
  const placed = module.arena.f64(stride)
  const { view } = placed
  if (weights === undefined) view.fill(1, 0, N)
  else for (let i = 0; i < N; i++) view[i] = factor * weights[order === undefined ? i : order[i]!]!
  view.fill(0, N)
  return placed
}

function powerOfTwoNear(weights: Float64Array): number {
  let most = 0
  for (const w of weights) most = Math.max(most, Math.abs(w))
  return most > 0 ? 2 ** Math.floor(Math.log2(most)) : 1
}

function block(module: ForceModule, parameters: Parameters): number {
  const { ptr, view } = module.arena.f64(32)
  view.fill(0)
  for (const [name, value] of Object.entries(parameters)) view[P[name as keyof typeof P]] = value
  return ptr
}

function copyOut(
  from: Float64Array,
  stride: number,
  to: Float64Array,
  n: number,
  d: number,
  factor: number,
  order: Int32Array | undefined,
): void {
  for (let a = 0; a < d; a++) {
    for (let i = 0; i < n; i++) {
      to[a * n + (order === undefined ? i : order[i]!)] = factor === 0 ? 0 : factor * from[a * stride + i]!
    }
  }
}
