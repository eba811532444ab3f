/**
 * What Psi conserves: energy, momentum, angular momentum, and how far they drift.
 */
import { type Invariants, invariantDrift, invariants } from '../../micro/invariants.js'
import { sharedBy } from '../coupledState.js'
import type { Observer } from '../observer.js'

/**
 * energy: that of Psi per particle; energyDrift: its largest change so far, relative to kinetic and |potential| energy
 * at t = 0; momentumDrift, angularMomentumDrift: largest changes so far, in the maximum norm. The potential costs as
 * much as a force.
 * @source (5), (6)
 * @example (await coupledRun(s, {}, [conservationObserver()])).columns.energyDrift
 */
export function conservationObserver(): Observer<'energy' | 'energyDrift' | 'momentumDrift' | 'angularMomentumDrift'> {
  return {
    columns: ['energy', 'energyDrift', 'momentumDrift', 'angularMomentumDrift'],
    begin: run => {
      const conserved: Invariants[] = []
      return {
        see: async ({ Psi }) => {
          const now = await invariants(Psi, run.system.kernel, sharedBy(run))
          conserved.push(now)
          const { relativeEnergy, momentum, angularMomentum } = invariantDrift(conserved)
          return {
            energy: now.energy,
            energyDrift: relativeEnergy,
            momentumDrift: momentum,
            angularMomentumDrift: angularMomentum,
          }
        },
      }
    },
  }
}
