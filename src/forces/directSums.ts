/**
 * Direct sums of scalar functions of the distance, laid out for the compiled loops: potentials and majorants.
 */
import type { ForceModule } from '../wasm/forces.js'
import { SCRATCH_BYTES, TILE } from './directForces.js'
import { block, type Parameters, SCALAR_KINDS, tabulate } from './directParameters.js'
import { diameter, placePoints, placeWeights } from './placement.js'
import type { ForceProgram, ForceRequest } from './types.js'

/** A scalar function of the distance: l(r) = constant r^-3 for r >= radius and `inner` below. */
interface StepMajorant {
  readonly outerConstant: number
  readonly innerRadius: number
  readonly innerValue: number
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
