/**
 * Runs of both flows with a force or noise added: what the claim on Remarks 4.5 measures and its figure shows.
 */

import type { Configuration } from '../../base/configuration.js'
import { requireN, requireOneOf, requirePositive } from '../../base/errors.js'
import { pairOfFlows } from '../../flow/coupled/pairOfFlows.js'
import { initialConfiguration, system } from '../../flow/coupled/system.js'
import type { EvolvingField } from '../../flow/field/evolvingField.js'
import { particleField } from '../../flow/field/particleField.js'
import { forces } from '../../forces/forces.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'

export type Remark45Spec = {
  readonly N: number
  readonly delta: number
  /**
   * 'force': the trap E = -q; 'noise': D = 0.1 and friction 0.2 on the same paths; 'other-noise': on independent paths.
   */
  readonly added: 'nothing' | 'force' | 'noise' | 'other-noise'
}

const T = 1
/** Steps of both flows on [0, 1]. */
export const STEPS = 32

/** Particles of the field: its own fluctuation is then half of that of the largest N below. */
const SOURCES = 2000

/** A run of the claim, at its 33 times of [0, 1]. */
export interface Remark45Run {
  readonly start: Configuration
  readonly Psi: Configuration
  readonly Phi: Configuration
  readonly t: readonly number[]
  /** |Psi^2 - Phi^2|_inf, and what may be added to it per unit of time. */
  readonly momentum: readonly number[]
  readonly terms: readonly AddedTerms[]
}

/** (72) s, (73) f, E = Lip(E) and x = |Psi^1 - Phi^1|_inf at one time. */
export type AddedTerms = Readonly<Record<'s' | 'f' | 'E' | 'x', number>>

/**
 * Both flows with a force or noise added.
 * @throws RangeError naming a field of the spec; the reason of the signal, both as rejections
 * @example (await remark45Run({ N: 128, delta: 0.3, added: 'noise' }, '1')).momentum.at(-1)
 */
export async function remark45Run(spec: Remark45Spec, seed: string, signal?: AbortSignal): Promise<Remark45Run> {
  const N = requireN(spec.N)
  const delta = requirePositive('delta', spec.delta)
  const added = requireOneOf('added', spec.added, ['nothing', 'force', 'noise', 'other-noise'])
  const name = `${seed}/claim-4.5`
  const own = system({ law: gaussianLaw(), N, delta, T, seed: name })
  const external = added === 'force' ? { external: opposite } : {}
  const noisy = added === 'noise' || added === 'other-noise'
  const noise = noisy ? { noise: { diffusion: 0.1, friction: 0.2 } } : {}
  const field = await particleField(own.law, own.kernel, {
    ...{ T, steps: STEPS, M: SOURCES, seed: name, threads: 1, ...noise, ...external },
    ...(signal === undefined ? {} : { signal }),
  })
  const start = initialConfiguration(own)
  // By the flows of a coupled run, not by one: its own paths have another name, and are the same for both flows.
  const { Psi, Phi } = pairOfFlows({ system: own, field, tolerance: 1e-12, threads: 1, ...external }, start, {
    ...{ scheme: 'leapfrog', count: STEPS, finest: STEPS, ...noise },
    paths: { Psi: `${name}/path`, Phi: `${name}/${added === 'other-noise' ? 'other' : 'path'}` },
  })
  const out = { t: [] as number[], momentum: [] as number[], terms: [] as AddedTerms[] }
  for (let n = 0; n <= STEPS; n++) {
    signal?.throwIfAborted()
    if (n > 0) {
      await Psi.advance()
      await Phi.advance()
    }
    out.t.push((n / STEPS) * T)
    out.momentum.push(largest(Psi.Z.p, Phi.Z.p))
    out.terms.push(addedTerms(Psi.Z, Phi.Z, { field, t: Math.min(Phi.t, T), trap: added === 'force' ? 1 : 0 }))
  }
  return { start, Psi: Psi.Z, Phi: Phi.Z, ...out }
}

function opposite(_: number, q: Float64Array, out: Float64Array): void {
  for (let k = 0; k < q.length; k++) out[k] = -q[k]!
}

function largest(x: Float64Array, y: Float64Array): number {
  return x.reduce((most, value, k) => Math.max(most, Math.abs(value - y[k]!)), 0)
}

function addedTerms(
  Psi: Configuration,
  Phi: Configuration,
  { field, t, trap }: { readonly field: EvolvingField; readonly t: number; readonly trap: number },
): AddedTerms {
  const { kernel } = field
  const direct = { method: 'direct', precision: 'f64' } as const
  const onPhi = forces(Phi.q, kernel, direct).force
  const s = largest(forces(Psi.q, kernel, direct).force, onPhi)
  const f = largest(onPhi, field.force(t, Phi.q, new Float64Array(Phi.q.length)))
  return { s, f, E: trap, x: largest(Psi.q, Phi.q) }
}
