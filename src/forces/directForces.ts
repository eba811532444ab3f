/**
 * Direct sums of forces over all pairs, laid out as a {@link ForceProgram} for the compiled loops of
 * wasm/assembly/forces.
 */
import type { ForceModule } from '../wasm/forces.js'
import { block, kernelParameters, type Parameters } from './directParameters.js'
import { mortonOrder } from './mortonOrder.js'
import { copyOut, diameter, placePoints, placeWeights } from './placement.js'
import type { ForcePrecision, ForceProgram, ForceRequest, ForceStage } from './types.js'

/** Particles in a tile, as in the compiled loops. */
export const TILE = 256
/** Tasks that the self form is cut into; private totals are kept for each, so fewer for very many particles. */
const tasksFor: (tiles: number) => number = tiles => Math.min(tiles, tiles <= 2048 ? 32 : 16)
/** Bytes of scratch of one instance: 16 arrays of a tile in f32, or 6 in f64. */
export const SCRATCH_BYTES: number = 16 * 4 * TILE

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
  const { spec, N, n, sources, targets, weights } = request
  const kernel = kernelParameters(module, spec, diameter(sources, targets, N, n, spec.d))
  if (kernel === undefined) return undefined
  const form = targets === undefined && weights === undefined ? selfForm : rowForm
  return form(module, request, kernel, precision === 'mixed')
}

function selfForm(module: ForceModule, request: ForceRequest, kernel: Parameters, mixed: boolean): ForceProgram {
  const { spec, N, sources, weight, force } = request
  const { arena } = module
  const order = mixed ? mortonOrder(sources, N, spec.d) : undefined
  const { ptr, stride } = placePoints(module, sources, N, spec.d, order)
  const tiles = Math.ceil(N / TILE)
  const rows = Math.ceil(tiles / tasksFor(tiles))
  const tasks = Math.ceil(tiles / rows)
  const privateBytes = 24 * TILE * (rows + Math.floor(tiles / 2))
  const out = arena.f64(3 * stride)
  const p = block(module, {
    ...kernel,
    sources: ptr,
    stride,
    count: N,
    weights: placeWeights(module, undefined, N, stride, undefined, 1).ptr,
    out: out.ptr,
    tiles,
    rows,
    tasks,
    private: arena.f64((tasks * privateBytes) / 8).ptr,
    privateBytes,
    boxes: arena.f64(6 * tiles).ptr,
  })
  const stages: ForceStage[] = [
    { run: mixed ? 'mixedSelf' : 'directSelf', tasks, args: [p] },
    { run: 'directReduce', tasks: tiles, args: [p] },
  ]
  if (mixed) stages.unshift({ run: 'directBoxes', tasks: tiles, args: [p] })
  const collect = (): void => copyOut(out.view, stride, force, N, spec.d, spec.sigma * weight, order)
  return { stages, scratchBytes: SCRATCH_BYTES, collect }
}

function rowForm(module: ForceModule, request: ForceRequest, kernel: Parameters, mixed: boolean): ForceProgram {
  const { spec, N, n, sources, targets, weights, weight, force } = request
  const { arena } = module
  const order = mixed ? mortonOrder(sources, N, spec.d) : undefined
  const from = placePoints(module, sources, N, spec.d, order)
  const targetOrder = targets === undefined ? order : mixed ? mortonOrder(targets, n, spec.d) : undefined
  const to = targets === undefined ? from : placePoints(module, targets, n, spec.d, targetOrder)
  // Single precision has a narrow range: weights go in divided by a power of two near the largest.
  const unit = weights === undefined ? 1 : powerOfTwoNear(weights)
  const tiles = Math.ceil(N / TILE)
  const targetTiles = Math.ceil(n / TILE)
  const out = arena.f64(3 * to.stride)
  out.view.fill(0)
  const p = block(module, {
    ...kernel,
    sources: from.ptr,
    stride: from.stride,
    count: N,
    weights: placeWeights(module, weights, N, from.stride, order, 1 / unit).ptr,
    targets: to.ptr,
    targetStride: to.stride,
    targetCount: n,
    out: out.ptr,
    tiles,
    boxes: arena.f64(6 * tiles).ptr,
    targetBoxes: arena.f64(6 * targetTiles).ptr,
  })
  const stages: ForceStage[] = [{ run: mixed ? 'mixedRowsTask' : 'directRows', tasks: targetTiles, args: [p] }]
  if (mixed) {
    stages.unshift(
      { run: 'directBoxes', tasks: tiles, args: [p] },
      { run: 'directTargetBoxes', tasks: targetTiles, args: [p] },
    )
  }
  const factor = spec.sigma * (weights === undefined ? weight : unit)
  const collect = (): void => copyOut(out.view, to.stride, force, n, spec.d, factor, targetOrder)
  return { stages, scratchBytes: SCRATCH_BYTES, collect }
}

function powerOfTwoNear(weights: Float64Array): number {
  let most = 0
  for (const w of weights) most = Math.max(most, Math.abs(w))
  return most > 0 ? 2 ** Math.floor(Math.log2(most)) : 1
}
