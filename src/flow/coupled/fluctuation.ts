/**
 * Along the mean field flow: how far the force of the N particles is from the mean field (73), the same for the
 * majorant of Definition 6.2, and whether the state is in the sets B_t and C_t of Definition 7.1. Called by the coupled
 * run.
 */

import { quote, requireDelta, requireInteger, requireLength, requireNumber, requireOptions } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { forcesAsync } from '../../forces/forcesAsync.js'
import { majorantSumsAsync } from '../../forces/pairSums.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import type { RadialMajorant } from '../../interaction/lipschitzMajorant.js'
import { wasmCore } from '../../wasm/core.js'
import { largest } from './deviation.js'

/** Left-hand sides of Definition 7.1 at one time. */
export interface Fluctuation {
  /** |K(Phi) - Kbar(Phi)|_infinity, (73). */
  readonly force: number
  /** max_i |(K(Phi) - Kbar(Phi))_i|, Euclidean. */
  readonly forceEuclidean: number
  /** |L(Phi) - Lbar(Phi)|_infinity; NaN where it was not measured. */
  readonly majorant: number
}

/** Everything that enters one measurement. */
export interface FluctuationInput {
  /** Positions of Phi, length d*N. */
  readonly q: Float64Array
  readonly kernel: Kernel
  /** k^N_delta * rho_t at these positions, same layout. */
  readonly meanForce: Float64Array
  /** Where the forces of the particles on each other are written, same layout. */
  readonly out: Float64Array
  /** Relative tolerance of the force sum. */
  readonly tolerance: number
  /** The majorant l^N_delta, and l^N_delta * rho_t at the positions, length N; absent: not measured. */
  readonly majorant?: { readonly function: RadialMajorant; readonly mean: Float64Array }
  readonly threads?: number
  readonly signal?: AbortSignal
}

/** The thresholds of Definition 7.1: N^(-1+2 delta) for the force, 1 for the majorant. */
export function typicalThresholds(N: number, delta: number): { readonly force: number; readonly majorant: number } {
  requireNumber('N', N, 1, Number.MAX_VALUE, 'a finite number >= 1')
  requireDelta(delta)
  const core = wasmCore()
  return { force: core.exp((2 * delta - 1) * core.log(N)), majorant: 1 }
}

/**
 * |K(q) - Kbar(q)|_inf and |L(q) - Lbar(q)|_inf over all particles; `out` holds K(q) afterwards.
 * @source Definition 7.1, (73)
 */
export async function fluctuation(input: FluctuationInput): Promise<Fluctuation> {
  requireOptions<FluctuationInput>('fluctuation', input, {
    q: true,
    kernel: true,
    meanForce: true,
    out: true,
    tolerance: true,
    majorant: true,
    threads: true,
    signal: 'signal',
  })
  const { q, kernel, meanForce, out, tolerance, majorant, threads, signal } = input
  requireKernel(kernel)
  const { d } = kernel
  for (const [name, x] of Object.entries({ q, meanForce, out })) {
    if (!(x instanceof Float64Array)) throw new TypeError(`${name} must be a Float64Array, got ${quote(x)}`)
  }
  requireNumber('tolerance', tolerance, 1e-12, 1)
  if (threads !== undefined) requireInteger('threads', threads, 1, 256)
  requireInteger('q.length', q.length / d, 1)
  requireLength('meanForce', meanForce, q.length)
  requireLength('out', out, q.length)
  if (majorant !== undefined) {
    requireShape<{ function: { value: (r: number) => number }; mean: Float64Array }>('majorant', majorant, {
      function: { value: 'function' },
      mean: 'numbers',
    })
  }
  const rest = { ...(threads === undefined ? {} : { threads }), ...(signal === undefined ? {} : { signal }) }
  const N = q.length / d
  if (kernel.sigma === 0) out.fill(0)
  else await forcesAsync(q, kernel, { tolerance, out, ...rest })
  const [force, forceEuclidean] = largest(out, meanForce, N, d)
  if (majorant === undefined) return { force, forceEuclidean, majorant: Number.NaN }
  const [worst] = largest(await majorantSumsAsync(q, majorant.function, rest), majorant.mean, N, 1)
  return { force, forceEuclidean, majorant: worst }
}
