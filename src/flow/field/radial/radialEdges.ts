/**
 * The radial solver for data with edges under a kernel with a bounded core: polynomials on cells, and a rule that is
 * finest in the radius.
 *
 * The force of a shell under the core has a kink of second order at distance N^-delta, so that sums over nodes converge
 * like a power of their number. At t = 0 all nodes of a radius coincide, and later the cosine spreads them: most nodes
 * go to the radius, then to the cosine. Each part of the error is the change under fewer of one kind, which for such a
 * power is one to three times the error, and some more.
 */
import type { Kernel } from '../../../interaction/kernel.js'
import { phaseNodesOf } from '../../../law/invariantPhaseNodes.js'
import { wasmCore } from '../../../wasm/core.js'
import { symplecticScheme } from '../../step/symplecticScheme.js'
import { radialCellOperatorSteps } from './radialCellOperator.js'
import { radialCells } from './radialCells.js'
import {
  distance,
  energyDrift,
  type Probe,
  probeOf,
  type Samples,
  sampled,
  supremum,
  timeInterpolationError,
} from './radialComparison.js'
import type { RadialOperator } from './radialOperator.js'
import type { RadialErrors, RadialProblem, RefinedSolution } from './radialRecord.js'
import { radialRun } from './radialRun.js'
import { shares, type Work } from './radialShares.js'
import type { RadialSolution } from './radialTable.js'

/** Polynomials on a cell. */
export const CELL_MODES = 6

const MAX_STEPS = 512
/** The parts that the checks keep of the nodes along each coordinate, of the cells and of the steps. */
const FEWER = 0.8
const COARSER = 0.75
const SLOWER = 0.7
/** How much larger than the error the change under slower steps is at least: SLOWER^-ORDER - 1 is 2.5. */
const TIME_GAIN = 1.5
/** A change of two errors of either sign may be smaller than the finer one: 0.95 times it was the least seen. */
const SAFETY = 1.3
/** Sums over nodes gain this power of their number, as measured; steps across kinks of the force hardly more. */
const ORDER = 3.5

interface Resolution {
  readonly n: number
  readonly cells: number
  readonly steps: number
}

/** Nodes in the radius, the speed and the cosine. */
function countsFor(n: number): readonly [number, number, number] {
  return [4 * n, Math.max(12, Math.ceil(0.6 * n)), n]
}

/** Raises the resolution until the estimated error meets the tolerance or there are `maxNodes` nodes. */
export function* edgeRefinement(problem: RadialProblem): Work<RefinedSolution> {
  const { kernel, T, tolerance, maxNodes } = problem
  const tracker = shares()
  const solve = (resolution: Resolution, length: number, stage: string): Work<RadialSolution> =>
    solution(problem, resolution, length, stage)
  const length = yield* tracker.within(0.02, reach(problem))
  const digits = -wasmCore().log(tolerance) / Math.LN10
  const first = Math.min(maxNodes, Math.round(6 + 7 * digits))
  let at: Resolution = { n: first, cells: 4 * first, steps: firstSteps(problem) }
  for (let round = 1; ; round++) {
    const stage = `refinement ${round}`
    const whole = tracker.of(at.n >= maxNodes ? 0.9 : 0.6)
    const fewer = { ...at, n: Math.ceil(FEWER * at.n) }
    const coarser = { ...fewer, cells: Math.ceil(COARSER * at.cells) }
    const runs: RadialSolution[] = []
    for (const [resolution, share] of [
      [at, 0.4],
      [fewer, 0.2],
      [coarser, 0.2],
      [{ ...coarser, steps: Math.ceil(SLOWER * at.steps) }, 0.2],
    ] as const) {
      runs.push(yield* tracker.within(share * whole, solve(resolution, length, stage)))
    }
    const best = runs[0]!
    const probe = edgeProbe(best)
    const samples = runs.map(run => sampled(run, probe))
    const scale = supremum(samples[0]!.force)
    const errors = errorsOf(best, probe, samples, kernel)
    const share = 0.3 * tolerance * scale
    const step = Math.max(errors.time, errors.interpolation)
    const n = raised(at.n, errors.nodes / share, maxNodes)
    const cells = errors.modes > share ? 4 * Math.max(n, raised(at.n, errors.modes / share, maxNodes)) : at.cells
    // More steps are cheap, and what they leave is overstated where the force is smooth; where nodes and cells can't be
    // raised any more, a fifth of what those leave will do.
    const allowed = Math.max(0.25 * share, at.n >= maxNodes ? 0.2 * (errors.nodes + errors.modes) : 0)
    const faster = Math.ceil(at.steps * Math.min(2, 1.1 * wasmCore().pow(step / allowed, 1 / ORDER)))
    const steps = step > allowed ? Math.min(MAX_STEPS, faster) : at.steps
    if (n === at.n && cells === at.cells && steps === at.steps) {
      const parameters = {
        ...{ tolerance, nodes: n, modes: best.modes.K, steps, tail: TAIL, cells, maxNodes },
        ...{ scheme: 'yoshida6', map: 'cells', mapLength: length, T },
      }
      return { solution: best, errors, scale: kernel.sigma === 0 ? 0 : scale, parameters }
    }
    at = { n, cells, steps }
  }
}

const TAIL = 1e-12

/** One run. */
function* solution(
  { law, kernel, T }: RadialProblem,
  { n, cells, steps }: Resolution,
  length: number,
  stage: string,
): Work<RadialSolution> {
  const modes = radialCells(cells, CELL_MODES, kernel.d)
  const operator = yield* operatorOf(kernel, cells, length, stage)
  const nodes = phaseNodesOf(law, { d: kernel.d as 2 | 3, n, counts: countsFor(n), graded: true, tail: TAIL })
  const { sigma } = kernel
  const run = radialRun({ nodes, modes, operator, sigma, length, scheme: symplecticScheme('yoshida6'), T, steps })
  for (;;) {
    const { done, value } = run.next()
    if (done === true) return { kernel, modes, operator, record: value, T, follows: false }
    yield { stage, fraction: value, overall: value }
  }
}

// The last operators: runs that differ in nodes or steps share them.
const recent: { kernel: Kernel; cells: number; length: number; operator: RadialOperator }[] = []

function* operatorOf(kernel: Kernel, cells: number, length: number, stage: string): Work<RadialOperator> {
  const known = recent.find(entry => entry.kernel === kernel && entry.cells === cells && entry.length === length)
  if (known !== undefined) return known.operator
  const steps = radialCellOperatorSteps(kernel, radialCells(cells, CELL_MODES, kernel.d), length)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) {
      recent.push({ kernel, cells, length, operator: value })
      if (recent.length > 2) recent.shift()
      return value
    }
    yield { stage, fraction: 0, overall: 0 }
  }
}

/**
 * The largest radius that a coarse run gets to: the length of the map r/(r^2 + s^2)^{1/2}, whose cells are then even
 * there.
 */
function* reach(problem: RadialProblem): Work<number> {
  const [cells, guess] = [48, 2 * (problem.law.radial?.scale ?? problem.law.positionMoment(1))]
  const pilot = yield* solution(
    problem,
    { n: 10, cells, steps: Math.min(16, firstSteps(problem)) },
    guess,
    'choosing the map',
  )
  let last = 0
  pilot.record.modes.forEach((c, i) => {
    if (c > 0 && i % CELL_MODES === 0) last = Math.max(last, (i % (cells * CELL_MODES)) / CELL_MODES)
  })
  const y = (last + 0.5) / cells
  return (guess * y) / Math.sqrt((1 - y) * (1 + y))
}

/** Steps to begin with: 28 while the fastest crosses the spread, or falls, and a few a crossing of the core. */
function firstSteps({ law, kernel, T }: RadialProblem): number {
  const length = law.radial?.scale ?? law.positionMoment(1)
  const free = Math.sqrt(law.momentumMoment(2)) / length
  const bound = kernel.sigma === 0 ? 0 : Math.sqrt(4 * law.rhoSup)
  return Math.min(MAX_STEPS, Math.max(8, Math.ceil(28 * T * Math.max(free, bound))))
}

/** The usual radii, and times that are no multiples of the step. */
function edgeProbe(best: RadialSolution): Probe {
  const { radii } = probeOf(best)
  const { T } = best
  return { radii, times: [0, ...Array.from({ length: 12 }, (_, k) => ((k + 0.618) / 12) * T), T] }
}

function errorsOf(best: RadialSolution, probe: Probe, samples: readonly Samples[], { sigma }: Kernel): RadialErrors {
  const part = (key: 'force' | 'density', k: number): number => distance(samples[k]![key], samples[k + 1]![key])
  return {
    nodes: SAFETY * part('force', 0),
    modes: SAFETY * part('force', 1),
    time: part('force', 2) / TIME_GAIN,
    interpolation: timeInterpolationError(best, probe),
    density: part('density', 0) + part('density', 1) + part('density', 2),
    energy: energyDrift(best, sigma),
  }
}

/** A number of nodes raised by a tenth to a half where their error exceeds its share. */
function raised(value: number, excess: number, most: number): number {
  if (excess <= 1) return value
  return Math.min(most, Math.ceil(value * Math.min(1.5, 1.05 * wasmCore().pow(excess, 1 / ORDER))))
}
