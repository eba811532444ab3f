/**
 * The law f0^N of N particles as states of a rare event, and what a state stands for.
 */

import { requireInteger } from '../base/errors.js'
import { requireStateLaw, type StateLaw } from '../base/rare/stateLaw.js'
import { type LatentNormals, type Law, requireLaw } from '../law/law.js'

/** N particles, and the points of phase space that their states stand for. */
export interface PhaseStates {
  readonly states: StateLaw
  /** Writes positions and momenta, coordinate a of particle i at [a * N + i]. */
  readonly write: (state: Float64Array, q: Float64Array, p: Float64Array) => void
}

/** Of states that hold positions and momenta themselves. */
const THEMSELVES: LatentNormals = {
  components: 6,
  place: (x, q, p) => {
    for (let a = 0; a < 3; a++) {
      q[a] = x[a]!
      p[a] = x[3 + a]!
    }
  },
}

/**
 * f0^N as a law of states: standard normal variates for a law that is an image of such (`latent`), which then has all
 * moves; draws of the law's own sampler for every other, which has resampling.
 * @throws TypeError, RangeError
 * @example phaseStates(uniformBallLaw(), 64).states.components // 10
 */
export function phaseStates(law: Law, N: number): PhaseStates {
  requireLaw(law)
  requireInteger('N', N, 2)
  const { components, place } = law.latent ?? THEMSELVES
  const name = `${law.name} ${JSON.stringify(law.parameters)}`
  const [x, one, other] = [new Float64Array(components), new Float64Array(3), new Float64Array(3)]
  const draw = law.latent === undefined ? drawn(law, N) : 'normal'
  const states: StateLaw = { name, particles: N, components, draw }
  requireStateLaw(states)
  return {
    states,
    write: (state, q, p) => {
      for (let i = 0; i < N; i++) {
        for (let k = 0; k < components; k++) x[k] = state[k * N + i]!
        place(x, one, other)
        for (let a = 0; a < 3; a++) {
          q[a * N + i] = one[a]!
          p[a * N + i] = other[a]!
        }
      }
    },
  }
}

/** The law's own sampler, particle by particle. */
function drawn(law: Law, N: number): StateLaw['draw'] {
  return (state, i, stream) => {
    const { q, p } = law.sample(1, stream)
    for (let a = 0; a < 3; a++) {
      state[a * N + i] = q[a]!
      state[(3 + a) * N + i] = p[a]!
    }
  }
}
