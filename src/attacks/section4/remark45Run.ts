/**
 * Runs of both flows with a force or noise added: what the claim on Remarks 4.5 measures and its figure shows.
 */

import type { Configuration } from '../../base/configuration.js'
import { requireN, requireOneOf, requirePositive } from '../../base/errors.js'
import { randomStream } from '../../base/random.js'
import type { EvolvingField } from '../../flow/field/evolvingField.js'
import { particleField } from '../../flow/field/particleField.js'
import { langevinNoise } from '../../flow/step/langevinNoise.js'
import { type ParticleStepper, particleStepper } from '../../flow/step/particleStepper.js'
import { forces } from '../../forces/forces.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import type { Kernel } from '../../interaction/kernel.js'
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
  const law = gaussianLaw()
  const kernel = cutoffKernel({ N, delta })
  const noisy = added === 'noise' || added === 'other-noise'
  const trap = added === 'force' ? 1 : 0
  const noise = { diffusion: 0.1, friction: 0.2 }
  const field = await particleField(law, kernel, {
    ...{ T, steps: STEPS, M: SOURCES, seed: `${seed}/claim-4.5`, threads: 1 },
    ...(noisy ? { noise } : {}),
    ...(trap > 0 ? { external: (_: number, q: Float64Array, out: Float64Array) => opposite(q, out) } : {}),
    ...(signal === undefined ? {} : { signal }),
  })
  const Z = law.sample(N, randomStream({ seed: `${seed}/claim-4.5`, law: law.name, N }))
  const stepper = (mean: EvolvingField | undefined, path: string): ParticleStepper =>
    particleStepper(Z, {
      acceleration: (t, q, out) => {
        if (mean === undefined) forces(q, kernel, { method: 'direct', precision: 'f64', out })
        else mean.force(Math.min(t, T), q, out)
        for (let k = 0; k < q.length; k++) out[k] = out[k]! - trap * q[k]!
      },
      ...{ T, steps: STEPS },
      ...(noisy
        ? { noise: langevinNoise({ key: `${seed}/claim-4.5/${path}`, N, T, resolution: STEPS, ...noise }) }
        : {}),
    })
  const Psi = stepper(undefined, 'path')
  const Phi = stepper(field, added === 'other-noise' ? 'other' : 'path')
  const out = { t: [] as number[], momentum: [] as number[], terms: [] as AddedTerms[] }
  for (let n = 0; n <= STEPS; n++) {
    signal?.throwIfAborted()
    if (n > 0) {
      Psi.advanceSync()
      Phi.advanceSync()
    }
    out.t.push((n / STEPS) * T)
    out.momentum.push(largest(Psi.Z.p, Phi.Z.p))
    out.terms.push(addedTerms(Psi.Z, Phi.Z, { kernel, field, t: Math.min(Phi.t, T), trap }))
  }
  return { start: Z, Psi: Psi.Z, Phi: Phi.Z, ...out }
}

function opposite(q: Float64Array, out: Float64Array): void {
  for (let k = 0; k < q.length; k++) out[k] = -q[k]!
}

function largest(x: Float64Array, y: Float64Array): number {
  return x.reduce((most, value, k) => Math.max(most, Math.abs(value - y[k]!)), 0)
}

function addedTerms(
  Psi: Configuration,
  Phi: Configuration,
  options: { readonly kernel: Kernel; readonly field: EvolvingField; readonly t: number; readonly trap: number },
): AddedTerms {
  const { kernel, field, t, trap } = options
  const direct = { method: 'direct', precision: 'f64' } as const
  const onPhi = forces(Phi.q, kernel, direct).force
  const s = largest(forces(Psi.q, kernel, direct).force, onPhi)
  const f = largest(onPhi, field.force(t, Phi.q, new Float64Array(Phi.q.length)))
  return { s, f, E: trap, x: largest(Psi.q, Phi.q) }
}
