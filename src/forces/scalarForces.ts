/**
 * The direct sum in plain JavaScript: what runs where compiled loops cannot, for kernels that no table can hold, and
 * what the compiled loops are measured against.
 */
import { turns } from '../base/interrupt.js'
import { kernelSpec, radialFactor, SMALLEST_RADIUS } from './kernelSpec.js'
import type { ForceKernelSpec, ForceRequest } from './types.js'

/** phi as a function of |q|^2, in closed form where there is one. */
function factor({ kernel, profile, alpha, radius }: ForceKernelSpec): (square: number) => number {
  // As in the compiled loops: at distance 0 the factor is finite.
  const clamp = Math.max(radius, SMALLEST_RADIUS) ** 2
  if (profile === 'truncated' && alpha === 2) {
    return square => {
      const m = square < clamp ? clamp : square
      return 1 / (m * Math.sqrt(m))
    }
  }
  if (profile === 'truncated' && alpha === 1) return square => 1 / (square < clamp ? clamp : square)
  const phi = radialFactor(kernel)
  return square => phi(Math.sqrt(square))
}

/** Writes the forces of a request on the targets from `first` to before `end`, by default on all. */
export function scalarForces(request: ForceRequest, first: number = 0, end: number = request.n): void {
  const { spec, N, n, sources, targets, weights, weight, force } = request
  const to = targets ?? sources
  const phi = factor(spec)
  const d3 = spec.d === 3
  const scale = spec.sigma * (weights === undefined ? weight : 1)
  for (let i = first; i < end; i++) {
    const x = to[i]!
    const y = to[n + i]!
    const z = d3 ? to[2 * n + i]! : 0
    let sx = 0
    let sy = 0
    let sz = 0
    for (let j = 0; j < N; j++) {
      const dx = x - sources[j]!
      const dy = y - sources[N + j]!
      const dz = d3 ? z - sources[2 * N + j]! : 0
      const square = dx * dx + dy * dy + dz * dz
      const f = weights === undefined ? phi(square) : weights[j]! * phi(square)
      sx += f * dx
      sy += f * dy
      sz += f * dz
    }
    force[i] = scale === 0 ? 0 : scale * sx + 0
    force[n + i] = scale === 0 ? 0 : scale * sy + 0
    if (d3) force[2 * n + i] = scale === 0 ? 0 : scale * sz + 0
  }
}

/** Writes sum_j w_j f(|q_i - q_j|), without j = i in the self form, for the same targets. */
export function scalarSums(
  request: ForceRequest,
  f: (r: number) => number,
  out: Float64Array,
  first: number = 0,
  end: number = request.n,
): void {
  const { spec, N, n, sources, targets, weights, weight } = request
  const to = targets ?? sources
  for (let i = first; i < end; i++) {
    let sum = 0
    for (let j = 0; j < N; j++) {
      if (targets === undefined && i === j) continue
      let square = 0
      for (let a = 0; a < spec.d; a++) square += (to[a * n + i]! - sources[a * N + j]!) ** 2
      const w = weights === undefined ? weight : weights[j]!
      if (w !== 0) sum += w * f(Math.sqrt(square))
    }
    out[i] = sum
  }
}

/** Pairs between two looks at the clock. */
const BLOCK = 4096

/** {@link scalarForces} with turns of the event loop in between. */
export async function scalarForcesInTurns(request: ForceRequest, signal: AbortSignal | undefined): Promise<void> {
  await inTurns(request, signal, (first, end) => scalarForces(request, first, end))
}

/** {@link scalarSums} with turns of the event loop in between. */
export async function scalarSumsInTurns(
  request: ForceRequest,
  f: (r: number) => number,
  out: Float64Array,
  signal: AbortSignal | undefined,
): Promise<void> {
  await inTurns(request, signal, (first, end) => scalarSums(request, f, out, first, end))
}

async function inTurns(
  { n, N }: ForceRequest,
  signal: AbortSignal | undefined,
  rows: (first: number, end: number) => void,
): Promise<void> {
  const turn = turns(signal)
  const block = Math.max(1, Math.floor(BLOCK / N))
  for (let first = 0; first < n; first += block) {
    rows(first, Math.min(n, first + block))
    const pause = turn()
    if (pause !== undefined) await pause
  }
}

/** The peer for benchmarks and tests: a request from positions alone. @internal */
export function plainRequest(q: Float64Array, kernel: Parameters<typeof kernelSpec>[0]): ForceRequest {
  const spec = kernelSpec(kernel)
  const N = q.length / spec.d
  const force = new Float64Array(q.length)
  const rest = { weights: undefined, targets: undefined, potential: false, potentialOut: undefined, tolerance: 1e-12 }
  return { spec, N, n: N, sources: q, weight: 1 / N, force, ...rest }
}
