/**
 * The laboratory of Theorem 4.2: both flows from the same throw, and how far apart they get.
 */
import type { Configuration } from '../../base/configuration.js'
import { coupledFlow } from '../../flow/coupled/coupledFlow.js'
import type { CoupledRecords } from '../../flow/coupled/coupledRecords.js'
import { cutoffRadius } from '../../interaction/cutoffRadius.js'
import type { Law } from '../../law/law.js'
import { lawByName } from '../../law/lawByName.js'
import { type LabComputation, type LabResult, numberOf, quantity, type Series } from './protocol.js'

/** Particles that are shown; the rest is computed all the same. */
export const SHOWN = 1500

/**
 * Steps per unit of time. A particle of unit speed crosses the cut-off radius in the time N^-delta, which takes ten
 * steps, up to what a reader will wait for; the budget says what came of it.
 */
const stepsPerTime = (N: number, delta: number): number => Math.max(40, Math.min(160, 10 / cutoffRadius(N, delta)))
/** Output times. */
const OUTPUTS = 20
/** The field's relative tolerance: far below the fluctuation at the N of the sliders. */
const FIELD_TOLERANCE = 1e-4

/**
 * Runs Psi and Phi; `partial` gets every output time.
 * @param setting N, delta, sigma, T, law, seed
 * @source Theorem 4.2, (72), (73)
 */
export const twoFlows: LabComputation = async (setting, { signal, partial, stage, threads }) => {
  const [N, delta, T, sigma] = ['N', 'delta', 'T', 'sigma'].map(key => numberOf(setting, key)) as [
    number,
    number,
    number,
    number,
  ]
  const law = lawOf(String(setting.law))
  stage('solving for the mean field')
  const steps = 2 * OUTPUTS * Math.max(1, Math.ceil((stepsPerTime(N, delta) * T) / (2 * OUTPUTS)))
  const run = await coupledFlow({
    notes: 'hide',
    law,
    N,
    delta,
    sigma: sigma as -1 | 0 | 1,
    T,
    seed: numberOf(setting, 'seed'),
    steps,
    outputs: OUTPUTS,
    majorant: 'omit',
    fieldTolerance: FIELD_TOLERANCE,
    budgetLimit: 0.1,
    threads,
    signal,
    onOutput: async ({ records, Psi, Phi }) => {
      if (records.times.length === 1) stage('moving the particles')
      await partial(resultOf(records, Psi, Phi, N, delta, ''))
    },
  })
  const { budget, field } = run
  const shares = `time step ${percent(budget.step.value)}, forces ${percent(budget.force.value)}, mean field ${percent(budget.field.value)} of the deviation`
  return resultOf(
    run,
    run.Psi,
    run.Phi,
    N,
    delta,
    `${budget.within ? 'Numerical errors' : 'Numerical errors are more than a tenth here, take the numbers as a sketch'}: ${shares}. Leapfrog, ${steps} steps; mean field: ${field.method}.`,
  )
}

/**
 * The laws of the choice: those whose mean field is known to the tolerance in a second, as bounded supports are not.
 */
const lawOf = (name: string): Law =>
  name === 'cold gaussian' ? lawByName('gaussian', { sigmaP: 0.3 }) : lawByName(name)

const percent = (share: number): string => {
  if (Number.isNaN(share)) return 'not measured'
  return share < 1e-5 ? 'below 0.001 %' : `${Number((100 * share).toPrecision(2))} %`
}

function resultOf(
  { times, columns }: CoupledRecords,
  Psi: Configuration,
  Phi: Configuration,
  N: number,
  delta: number,
  note: string,
): LabResult {
  const last = times.length - 1
  const at = (name: string): number => columns[name]![last]!
  const cutoff = cutoffRadius(N, delta)
  const within = at('supPosition') < cutoff && at('supMomentum') < cutoff
  const series = (name: string, column: string): Series => ({ name, x: times, y: columns[column]! })
  return {
    quantities: [
      quantity('time', 't', times[last]!, 'time'),
      quantity('position', '|Ψ¹ − Φ¹|∞', at('position'), 'length', 'the largest over all particles and axes'),
      quantity('momentum', '|Ψ² − Φ²|∞', at('momentum'), 'length/time', 'the same for momenta'),
      quantity(
        'cutoff',
        'N^−δ',
        cutoff,
        'length',
        within ? 'never reached so far: inside the event of Theorem 4.2' : 'reached: outside the event of Theorem 4.2',
      ),
      quantity(
        'fluctuation',
        '(73), law of large numbers',
        at('fluctuation'),
        '1/length²',
        'force of Φ’s points against its mean',
      ),
      quantity('stability', '(72), stability', at('stability'), '1/length²', 'what the deviation itself adds'),
      quantity('energy', 'change of the energy', at('energyDrift'), '', 'relative, Ψ conserves it exactly'),
    ],
    series: [
      series('|Ψ¹ − Φ¹|∞', 'position'),
      series('|Ψ² − Φ²|∞', 'momentum'),
      { name: 'N^−δ', x: times, y: new Float64Array(times.length).fill(cutoff) },
      series('(73) law of large numbers', 'fluctuation'),
      series('(72) stability', 'stability'),
    ],
    arrays: { Psi: shown(Psi), Phi: shown(Phi) },
    note,
  }
}

/** Positions of the first particles, in their layout. */
function shown({ q, N }: Configuration): Float64Array {
  const n = Math.min(N, SHOWN)
  const out = new Float64Array(3 * n)
  for (let a = 0; a < 3; a++) out.set(q.subarray(a * N, a * N + n), a * n)
  return out
}
