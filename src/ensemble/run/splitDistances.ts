/**
 * The three pieces into which Theorem 4.4 splits W_p(mu^N_T[Z], f_T): from the particles to their mean field flow, from
 * there to the law f^N_T with cut-off (sampling), and on to f_T without (cut-off).
 */
import type { Configuration } from '../../base/configuration.js'
import { randomStream } from '../../base/random.js'
import type { CoupledRun } from '../../flow/coupled/coupledFlow.js'
import { meanFieldFlow } from '../../flow/coupled/meanFieldFlow.js'
import type { EvolvingField } from '../../flow/field/evolvingField.js'
import type { SchemeName } from '../../flow/step/symplecticScheme.js'
import type { Law } from '../../law/law.js'
import { distanceBetween } from '../../transport/distanceBetween.js'
import { phaseCloud } from '../../transport/pointCloud.js'
import type { CoupledJob } from '../plan/job.js'

/**
 * At the end of a coupled run, for p = 1 and 2, exact assignments in R^6 (Euclidean):
 * - WpPsiPhi = W_p(mu[Psi_T(Z)], mu[Phi_T(Z)])
 * - WpPhiSecond = W_p(mu[Phi_T(Z)], mu[Phi_T(Z')]) for an independent Z' (stream 'second'): a second sample in place of
 *   f^N_T, in the mean an upper bound of the distance to f^N_T
 * - WpPsiSecond = W_p(mu[Psi_T(Z)], mu[Phi_T(Z')])
 * - WpCutoff = (1/N sum_i |phi^N_T(z'_i) - phi_T(z'_i)|^p)^(1/p): both characteristics from the same point, a coupling
 *   of f^N_T and f_T, so in the mean of the p-th powers an upper bound of W_p(f^N_T, f_T)^p
 * @param field with the cut-off @param bare without, both on [0, T]
 * @source Theorem 4.4, Propositions 9.1 and 9.2
 */
export function splitDistances(
  { seed, N, replica }: CoupledJob,
  law: Law,
  run: Pick<CoupledRun, 'Psi' | 'Phi' | 'parameters'>,
  field: EvolvingField,
  bare: EvolvingField,
): Record<string, number> {
  const second = law.sample(N, randomStream({ seed, law: law.name, N, replica, stream: 'second' }))
  const scheme = run.parameters.scheme as Extract<SchemeName, 'leapfrog' | 'suzuki4'>
  const options = { to: field.T, steps: Number(run.parameters.steps), scheme }
  const moved = meanFieldFlow(second, field, options)
  const uncut = meanFieldFlow(second, bare, options)
  const [Psi, Phi, other] = [phaseCloud(run.Psi), phaseCloud(run.Phi), phaseCloud(moved)]
  const columns: Record<string, number> = {}
  for (const p of [1, 2]) {
    columns[`W${p}PsiPhi`] = distanceBetween(Psi, Phi, p).value
    columns[`W${p}PhiSecond`] = distanceBetween(Phi, other, p).value
    columns[`W${p}PsiSecond`] = distanceBetween(Psi, other, p).value
    columns[`W${p}Cutoff`] = pairedDistance(moved, uncut, p)
  }
  return columns
}

/** (1/N sum |x_i - y_i|^p)^(1/p) over particles in R^6, p = 1 or 2. */
function pairedDistance(X: Configuration, Y: Configuration, p: number): number {
  const { N, d } = X
  let sum = 0
  for (let i = 0; i < N; i++) {
    let square = 0
    for (let a = 0; a < d; a++) {
      square += (X.q[a * N + i]! - Y.q[a * N + i]!) ** 2 + (X.p[a * N + i]! - Y.p[a * N + i]!) ** 2
    }
    sum += p === 1 ? Math.sqrt(square) : square
  }
  return p === 1 ? sum / N : Math.sqrt(sum / N)
}
