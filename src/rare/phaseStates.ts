/**
 * The law f0^N of N particles as states of a rare event, and what a state stands for.
 */

import { requireInteger } from '../base/errors.js'
import { normalStates, requireStateLaw, type StateLaw } from '../base/rare/stateLaw.js'
import { type Law, requireLaw } from '../law/law.js'

/** N particles: components q_1, q_2, q_3, p_1, p_2, p_3. */
export interface PhaseStates {
  readonly states: StateLaw
  /** What a state has to be multiplied by: 1 where it holds positions and momenta themselves. */
  readonly scaleQ: number
  readonly scaleP: number
}

/**
 * f0^N as a law of states: standard normal variates in units of the deviations for the Gaussian law, which then has all
 * moves; draws of the law's own sampler for every other, which has resampling.
 * @throws TypeError, RangeError
 * @example phaseStates(gaussianLaw(), 64).states.components // 6
 */
export function phaseStates(law: Law, N: number): PhaseStates {
  requireLaw(law)
  requireInteger('N', N, 2)
  const name = `${law.name} ${JSON.stringify(law.parameters)}`
  if (law.name === 'gaussian') {
    const { sigmaQ, sigmaP } = law.parameters
    return { states: { ...normalStates(N, 6), name }, scaleQ: Number(sigmaQ), scaleP: Number(sigmaP) }
  }
  const states: StateLaw = {
    ...{ name, particles: N, components: 6 },
    draw: (state, i, stream) => {
      const { q, p } = law.sample(1, stream)
      for (let a = 0; a < 3; a++) {
        state[a * N + i] = q[a]!
        state[(3 + a) * N + i] = p[a]!
      }
    },
  }
  requireStateLaw(states)
  return { states, scaleQ: 1, scaleP: 1 }
}
