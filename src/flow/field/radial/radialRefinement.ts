/**
 * Raises the resolution of the radial solver until its estimated error meets a tolerance.
 */
import { coulombKernel } from '../../../interaction/coulombKernel.js'
import { phaseNodesOf } from '../../../law/invariantPhaseNodes.js'
import { wasmCore } from '../../../wasm/core.js'
import { symplecticScheme } from '../../step/symplecticScheme.js'
import { fieldKey } from '../fieldKey.js'
import {
  decayed,
  distance,
  energyDrift,
  halfMassRadius,
  type Probe,
  probeOf,
  remainder,
  type Samples,
  sampled,
  supremum,
  timeInterpolationError,
} from './radialComparison.js'
import { edgeRefinement } from './radialEdges.js'
import { radialMethod } from './radialMethod.js'
import { modeRecurrence } from './radialModes.js'
import { isCoulomb, radialOperator } from './radialOperator.js'
import type { RadialErrors, RadialProblem, RefinedSolution } from './radialRecord.js'
import { radialRun } from './radialRun.js'
import { shares, type Work } from './radialShares.js'
import type { RadialSolution } from './radialTable.js'

/** A problem with what its rule of nodes says. */
interface Chosen extends RadialProblem {
  /** Whether the map follows the support. */
  readonly follows: boolean
  /** Whether the density falls like a power. */
  readonly tails: boolean
}

interface Resolution {
  /** Nodes along each coordinate of phase space. */
  readonly n: number
  /** Modes. */
  readonly K: number
  readonly steps: number
  /** Mass left out. */
  readonly tail: number
}

const CELLS = 128
const MAX_STEPS = 512
/**
 * The radii and speeds of a rule that spans many scales, as a multiple of the cosines: measured where the latter
 * suffice.
 */
const TAIL_RADII = 1.6
const TAIL_SPEEDS = 1.3
/** The part of the nodes along each coordinate that the check keeps. */
const FEWER = 0.85

/**
 * Modes for n nodes along each coordinate: a mode of degree K in r^2 is resolved by K + 2 nodes in free motion, and the
 * check with fewer nodes must resolve it too.
 */
function modesFor(n: number): number {
  return Math.floor(0.72 * n)
}

/**
 * What the choice of the map takes of the whole, and each refinement of what is left: mostly there are two or three.
 */
const MAP_SHARE = 0.25
const ROUND_SHARE = 0.4
/** Runs of the choice of the map; the first is small. */
const MAP_RUNS = 10

/** @throws RangeError if the law is not rotation-invariant (before any work) */
export function refine(problem: RadialProblem): Work<RefinedSolution> {
  // A rule is made here so that a law that has none is refused at the call.
  const { law, kernel } = problem
  const { method, compact } = radialMethod(law, kernel)
  if (method === 'edges') return edgeRefinement(problem)
  return refinement({ ...problem, tails: method === 'tails', follows: compact && isCoulomb(kernel) })
}

function* refinement(problem: Chosen): Work<RefinedSolution> {
  const { T, tolerance, maxNodes, follows, tails } = problem
  // Smooth data of unit width need about 8 + 3 log10(1/tolerance) nodes; the loop corrects it.
  const digits = -wasmCore().log(tolerance) / Math.LN10
  const wanted = (base: number): number => Math.min(maxNodes, Math.round(base + 3 * digits))
  let at: Resolution = { n: wanted(12), K: modesFor(wanted(12)), steps: firstSteps(problem), tail: 1e-3 * tolerance }
  const tracker = shares()
  const length = follows ? 0 : yield* tracker.within(MAP_SHARE, bestLength(problem, at))
  let before = { steps: 1, error: Number.POSITIVE_INFINITY }
  for (let round = 1; ; round++) {
    const solve = (resolution: Resolution): Work<RadialSolution> =>
      solution(problem, resolution, length, `refinement ${round}`)
    const whole = tracker.of(ROUND_SHARE)
    const coarse = { ...at, n: Math.ceil(FEWER * at.n), tail: 10 * at.tail }
    const best = yield* tracker.within(0.5 * whole, solve(at))
    const fewer = yield* tracker.within(0.3 * whole, solve(coarse))
    const fewest = tails
      ? yield* tracker.within(0.1 * whole, solve({ ...coarse, n: Math.ceil(FEWER * coarse.n) }))
      : fewer
    const slower = yield* tracker.within(
      (tails ? 0.1 : 0.2) * whole,
      solve({ ...coarse, steps: Math.ceil(0.7 * at.steps) }),
    )
    const probe = probeOf(best)
    const [a, b, c, e, f, g] = [
      best,
      truncated(best, Math.ceil(0.8 * at.K)),
      truncated(best, Math.ceil(0.64 * at.K)),
      fewer,
      slower,
      fewest,
    ].map(one => sampled(one, probe)) as [Samples, Samples, Samples, Samples, Samples, Samples]
    const scale = supremum(a.force)
    const part = (key: 'force' | 'density'): { nodes: number; modes: number; time: number } => ({
      nodes: tails ? decayed(distance(a[key], e[key]), distance(e[key], g[key])) : distance(a[key], e[key]),
      modes: (tails ? decayed : remainder)(distance(a[key], b[key]), distance(b[key], c[key])),
      time: distance(e[key], f[key]),
    })
    const parts = part('force')
    const density = part('density')
    const errors: RadialErrors = {
      ...parts,
      interpolation: timeInterpolationError(best, probe),
      density: density.nodes + density.modes + density.time,
      energy: energyDrift(best, problem.kernel.sigma),
    }
    const share = 0.25 * tolerance * scale
    const step = Math.max(errors.time, errors.interpolation)
    const mostModes = modesFor(maxNodes)
    const K = raised(at.K, errors.modes / share, mostModes)
    // An error that can't be lowered any more makes it pointless to push the others far below it.
    const floor = at.K >= mostModes ? 0.2 * errors.modes : 0
    const forNodes = raised(at.n, errors.nodes / Math.max(share, floor), maxNodes)
    const n = Math.max(forNodes, Math.min(maxNodes, Math.ceil(K / 0.72)))
    const stuck = at.n >= maxNodes ? 0.2 * (errors.nodes + errors.modes) : floor
    const excess = step / Math.max(share, stuck)
    // Order 6, so a factor of two in the steps gains 64.
    const faster = Math.ceil(at.steps * Math.min(2, 1.1 * wasmCore().pow(excess, 1 / 6)))
    // Half as many steps again that gain less than a tenth (kinks in time, rounding) are not followed by still more.
    const idle = at.steps >= 1.5 * before.steps && step > 0.9 * before.error
    const next: Resolution = {
      ...at,
      n,
      K: Math.min(K, modesFor(n)),
      steps: excess > 1 && !idle ? Math.min(MAX_STEPS, faster) : at.steps,
    }
    before = { steps: at.steps, error: step }
    if (next.n === at.n && next.K === at.K && next.steps === at.steps) {
      const interpolation = errors.interpolation + cellError(best, probe)
      return {
        solution: best,
        errors: { ...errors, interpolation },
        scale: problem.kernel.sigma === 0 ? 0 : scale,
        parameters: {
          tolerance,
          nodes: at.n,
          modes: at.K,
          steps: at.steps,
          tail: at.tail,
          cells: CELLS,
          maxNodes,
          scheme: 'yoshida6',
          map: follows ? 'support' : 'algebraic',
          ...(follows ? {} : { mapLength: length }),
          T,
        },
      }
    }
    at = next
  }
}

/** One run. */
function* solution(
  { law, kernel, T, follows, tails, maxNodes }: Chosen,
  { n, K, steps, tail }: Resolution,
  length: number,
  stage: string,
): Work<RadialSolution> {
  const modes = modeRecurrence(K, kernel.d)
  const operator = radialOperator(kernel, modes, length, CELLS, maxNodes)
  const counts = [Math.ceil(TAIL_RADII * n), Math.ceil(TAIL_SPEEDS * n), n] as const
  const nodes = phaseNodesOf(law, { d: kernel.d as 2 | 3, n, tail, ...(tails ? { counts } : {}) })
  const { sigma } = kernel
  const run = radialRun({ nodes, modes, operator, sigma, length, scheme: symplecticScheme('yoshida6'), T, steps })
  for (;;) {
    const { done, value } = run.next()
    if (done === true) return { kernel, modes, operator, record: value, T, follows }
    yield { stage, fraction: value, overall: value }
  }
}

/** Steps to begin with: the fastest of free motion and collapse, in a scheme of order 6. */
function firstSteps({ law, kernel, T, tolerance }: RadialProblem): number {
  const length = law.radial?.scale ?? Math.sqrt(law.positionMoment(1))
  const free = Math.sqrt(law.momentumMoment(2) / 3) / length
  const bound = kernel.sigma === 0 ? 0 : Math.sqrt(4 * law.rhoSup)
  const wanted = 0.6 * T * Math.max(free, bound) * wasmCore().pow(tolerance, -1 / 6)
  return Math.min(MAX_STEPS, Math.max(8, Math.ceil(wanted)))
}

/** Lengths of maps by what they are chosen for: the same for every cut-off. */
const chosen = new Map<string, number>()

/** The length of the map for which coarse runs are most accurate, as a multiple of the half-mass radius. */
function* bestLength(given: Chosen, at: Resolution): Work<number> {
  // Under the Coulomb force, whose operator has no length: the spread of the particles decides, not the core of the
  // kernel.
  const { d, sigma } = given.kernel
  const problem = { ...given, kernel: coulombKernel({ d, sigma }) }
  const { law, kernel, T, tolerance, maxNodes } = problem
  const key = fieldKey({ law, kernel, T, tolerance, method: `map, ${maxNodes} nodes` })
  const length = chosen.get(key) ?? (yield* triedLengths(problem, at))
  chosen.set(key, length)
  return length
}

function* triedLengths(problem: Chosen, at: Resolution): Work<number> {
  const stage = 'choosing the map'
  const pilot = { ...at, steps: Math.min(at.steps, 10) }
  const guess = 2 * (problem.law.radial?.scale ?? 1)
  const tracker = shares()
  const first = yield* tracker.within(0, solution(problem, { ...pilot, n: 12, K: 10 }, guess, stage))
  const half = Math.max(halfMassRadius(first, 0), halfMassRadius(first, problem.T))
  let best = { length: guess, error: Number.POSITIVE_INFINITY }
  const own = problem.law.radial?.scale ?? half
  for (const length of [own, half, 1.5 * half, 2.25 * half, 3.4 * half]) {
    const fine = yield* tracker.within(1 / MAP_RUNS, solution(problem, pilot, length, stage))
    const fewer = { ...pilot, n: Math.ceil(FEWER * pilot.n) }
    const coarse = yield* tracker.within(1 / MAP_RUNS, solution(problem, fewer, length, stage))
    const probe = probeOf(fine)
    const [a, b, c] = [fine, coarse, truncated(fine, Math.ceil(0.8 * pilot.K))].map(
      one => sampled(one, probe).force,
    ) as [Float64Array, Float64Array, Float64Array]
    const error = distance(a, b) + distance(a, c)
    if (error < best.error) best = { length, error }
  }
  return best.length
}

/** The solution without its modes from K on. */
function truncated(solution: RadialSolution, K: number): RadialSolution {
  const { record } = solution
  const all = solution.modes.K
  const kept = (values: Float64Array): Float64Array => values.map((value, i) => (i % all < K ? value : 0))
  const shorter = { ...record, modes: kept(record.modes), modeVelocities: kept(record.modeVelocities) }
  return { ...solution, record: shorter }
}

/** A resolution raised by a tenth to a half where its error exceeds its share. */
function raised(value: number, excess: number, most: number): number {
  if (excess <= 1) return value
  const factor = Math.min(1.5, 1.1 + 0.04 * wasmCore().log(excess))
  return Math.min(most, Math.ceil(factor * value))
}

/** The change when the cells of the force table are a quarter larger. */
function cellError(solution: RadialSolution, probe: Probe): number {
  const { kernel, record, follows } = solution
  const modes = modeRecurrence(solution.modes.K, kernel.d)
  const length = follows ? 0 : record.lengths[0]!
  const operator = radialOperator(kernel, modes, length, (3 * CELLS) / 4)
  return distance(sampled(solution, probe).force, sampled({ ...solution, operator }, probe).force)
}
