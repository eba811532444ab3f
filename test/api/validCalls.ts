/**
 * One valid, cheap call of every exported function: from these the attacks with senseless arguments start.
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { normalStates } from '../../src/base/index.js'
import { measureClaim } from '../../src/claims/index.js'
import { writeTailFile } from '../../src/ensemble/index.js'
import { measureTubes } from '../../src/flow/index.js'
import * as mfl from '../../src/index.js'
import { prove, statementById } from '../../src/proofs/index.js'
import { parseTailPlan } from '../../src/rare/index.js'

/** How a function is called, and what is known of its results. */
export interface ValidCall {
  /** A fresh list of arguments for every call, as functions may write into them. */
  readonly args: () => unknown[] | Promise<unknown[]>
  /** Why it is attacked but not called with valid arguments. */
  readonly notCalled?: string
  /** Why its defaults are not called: an empty options object is left out. */
  readonly slow?: string
  /** Members of results that are NaN by definition, by path, and why. */
  readonly nan?: readonly [path: RegExp, why: string]
}

/** Reached only if no argument was refused: ends what would take seconds. */
export const REACHED = new Error('all arguments were taken')
const ABORTED = AbortSignal.abort(REACHED)

/** A folder that is thrown away. */
export const scratch = mkdtempSync(join(tmpdir(), 'mfl-arguments-'))

const stream = () => mfl.randomStream('arguments')
const gaussian = mfl.gaussianLaw()
const ball = mfl.uniformBallLaw()
const kernel = mfl.cutoffKernel({ N: 10, delta: 0.3 })
const coulomb = mfl.coulombKernel()
const majorant = mfl.lipschitzMajorant({ N: 10, delta: 0.3 })
const cloud = (d: number, n = 4) => ({
  n,
  d,
  x: Float64Array.from({ length: n * d }, (_, k) => Math.sin(1 + 7 * k)),
})
const state = (N = 4) => gaussian.sample(N, stream())
/** One draw from the Gaussian. */
const oneOf = (random: mfl.RandomStream) => gaussian.sample(1, random)
const stationary = mfl.stationaryField({ law: mfl.plummerLaw(), kernel: mfl.coulombKernel({ sigma: -1 }), T: 1 })
const phaseSquare = {
  ...{ times: [0, 1], q: [-1, 1], p: [-1, 1], sup: 1, errors: [{ high: 0 }, { high: 0.1 }] },
  values: [
    [0, 0.5, 0.5, 1],
    [1, 0.5, 0.5, 0],
  ],
}
const plan = mfl.parsePlan({
  name: 'small',
  kind: 'coupled',
  seed: 'test',
  replicates: 2,
  grid: { law: ['gaussian'], N: [4], delta: [0.3] },
  times: [0.1],
  steps: 4,
})
const claimPlan = mfl.parsePlan({
  name: 'claims',
  kind: 'claim',
  seed: 'test',
  replicates: 1,
  claims: [{ id: '3.4', specs: [mfl.claimById('3.4').defaults[0]] }],
})
const results = { plan, jobs: new Map() }
const normals = normalStates(2, 2)
const first = (z: Float64Array) => z[0]!
const tailPlan = parseTailPlan({
  ...{ name: 'small', kind: 'tail', seed: 'test', T: 0.1, steps: 2, portraits: 0 },
  groups: [{ N: [4], delta: [0.3], factors: [0.1], population: 100, runs: 2, movesPerLevel: 2 }],
})
writeTailFile(join(scratch, 'tail.json'), { plan: tailPlan, provenance: {}, records: [] })
const tailSystem = mfl.system({ law: gaussian, N: 4, delta: 0.3, T: 0.1, seed: 1 })
const tailField = mfl.radialField({ law: gaussian, kernel: tailSystem.kernel, T: 0.1, tolerance: 0.1 })
const claimResults = { plan: claimPlan, jobs: new Map() }
const store = await mfl.openStore(join(scratch, 'store'), plan)
const job = mfl.planCells(plan)[0]!.job(0)
const claimJob = mfl.planCells(claimPlan)[0]!.job(0)
mfl.packEnsemble(join(scratch, 'packed.parquet'), results)
const table = { columns: { t: [0, 1], x: Float64Array.of(1, 2) }, metadata: { seed: '1' } }
mfl.writeTable(join(scratch, 'table.parquet'), table)
const claim = mfl.claimById('3.4')
const certificate = await prove(statementById('lemma-6-3-outer'))
const record = await measureClaim(claim, claim.defaults[0]!, '1')
const field = mfl.radialField({ law: ball, kernel, T: 0.1, tolerance: 0.1 })
const grid = await mfl.gridField({
  law: gaussian,
  kernel,
  T: 0.1,
  resolution: { markers: 1024, nodes: 16, steps: 5 },
  missed: 'report',
})
const run = await mfl.coupledFlow({
  law: ball,
  N: 4,
  delta: 0.3,
  T: 0.1,
  seed: 1,
  steps: 4,
  outputs: 2,
  field,
  paths: 2,
})
const tubesOptions = { law: gaussian, N: [4], delta: [0.3], T: 0.02, seed: 1, particles: 2, outputs: 2, steps: 4 }
const tubes = await measureTubes(tubesOptions)
const ballSystem = mfl.system({ law: ball, N: 4, delta: 0.3, T: 0.1, seed: 1 })
const flowNumerics = { field, steps: 4, outputs: 2 }
const stepper = (Z = state()) => mfl.particleStepper(Z, { acceleration: still, T: 1, steps: 4 })
const still: mfl.Acceleration = (_t, _q, out) => {
  out.fill(0)
}
const snapshot = mfl.snapshot(stepper())
const figure = mfl.chaosThresholdFigure()
const line = mfl.gaussianLaw1d()
const cube = mfl.uniformCubeLaw(2)
const event = { summand: mfl.forceSummand(), logN: 20, delta: 0.25, rhoSup: 0.24, logThreshold: -2 }
const knots = [0, 1].map(t => ({ t, Z: state(), force: new Float64Array(12) }))
const exact = mfl.wassersteinDistance(cloud(2), cloud(2))
const bottleneck = mfl.bottleneckDistance(cloud(2), cloud(2))
const rates = [{ lambda: 1, beta: 0.4 }]
const rows = Object.fromEntries(
  ['plain JavaScript', 'direct', 'fmm', 'tolerance 0.000001'].map(name => [name, { seconds: 1, error: 1e-7 }]),
)
const timings = {
  ...{ sizes: [{ N: 10, rows }], tolerances: { N: 10, rows }, machine: { cpu: 'x', node: 'x' }, date: 'x' },
}
const estimate = { value: 1, low: 0.5, high: 1.5, kind: 'exact', method: 'made up' }
/** The parts of a distance whose means a figure shows. */
const SPLIT = ['W1PsiPhi', 'W1PhiSecond', 'W1PsiSecond', 'W1Cutoff']
const summary = (means: readonly string[]) =>
  [10, 20].map(N => ({
    ...{ law: 'gaussian', N, delta: 0.3, sigma: 1, t: 1, replicates: 2, complete: true, outside: estimate },
    means: Object.fromEntries(means.map(name => [name, estimate])),
  }))
const samples = [1, 2, 3].map(x => [x, 2 * x, 3 * x])
const sampling = () => ({ stream: stream(), samples: 20 })
const bare = (...args: unknown[]): ValidCall => ({ args: () => args })
const fresh = (args: () => unknown[]): ValidCall => ({ args })
/** Figures draw what they are given; the arguments are made up from the types. */
export const MADE = /Figure$/

export const validCalls: Readonly<Record<string, ValidCall>> = {
  admissibleDelta: bare(3, 0),
  button: bare('another'),
  checkAnswer: bare('06.1', 81.3),
  gradeAnswer: bare('06.2', 2),
  handIn: bare('06.1', 81.3),
  certificateJsonSchema: bare(),
  checkbox: bare(true, {}),
  checkCertificate: bare(certificate, []),
  checkCertificates: bare([certificate]),
  choice: bare(['a', 'b'], {}),
  lab: bare('kernel', {}),
  interact: fresh(() => [{ N: mfl.slider([1]) }, () => 'one']),
  parseCertificate: bare(certificate),
  distanceCertificate: fresh(() => [cloud(2), cloud(2), exact]),
  provedDistance: fresh(() => [cloud(2), cloud(2), exact]),
  player: bare([0, 1], {}),
  prove: bare(statementById('lemma-6-3-outer'), {}),
  slider: bare([0, 1], {}),
  statementById: bare('lemma-6-3-outer'),
  statementsFor: bare(['lemma-6-3-outer']),
  ballSmallBall: bare({ sum: 'force', logN: 20, delta: 0.25, logThreshold: -5 }),
  bernsteinBound: bare(event),
  bernsteinThreshold: bare({ summand: event.summand, logN: 20, delta: 0.25, rhoSup: 0.24 }, -3),
  binomialTail: bare(2, 5, 0.5),
  bootstrapSlope: fresh(() => [[1, 2, 3], samples, stream(), { resamples: 20 }]),
  bottleneckDistance: fresh(() => [cloud(2), cloud(2), {}]),
  bottleneckDistanceAsync: fresh(() => [cloud(2), cloud(2), {}]),
  bumpLaw: bare({}),
  centralConvolution: bare({ logN: 20, gamma: 0.3 }, ball.radial),
  chaosDistance: bare(10, 0.1, 0.2),
  chaosObserver: bare(ballSystem, rates),
  chaosThreshold: bare(0.25, 1),
  checkRegularisation: bare(kernel, { N: 10, delta: 0.3 }),
  chooseStep: fresh(() => [state(), kernel, { T: 0.1, tolerance: 0.1, maxSteps: 16 }]),
  circularOrbit: bare(2, 1),
  cite: bare('text'),
  claimById: bare('3.4'),
  claimFiles: bare('3.4'),
  claimSummary: bare(claimResults),
  clopperPearson: bare(1, 5, 0.9),
  closeForcePool: bare(),
  concentricGaussianDistance: bare(3, 2, 1, 2),
  configuration: bare(2, 3),
  conservationObserver: bare(),
  convergenceOrders: {
    args: () => [{ schemes: ['leapfrog'], problems: ['kepler'], steps: [64, 128] }],
    slow: 'all schemes and problems take seconds',
  },
  convolutionSupremum: bare({ logN: 20, gamma: 0.3 }),
  coulombKernel: bare({}),
  coupledFlow: {
    args: () => [{ law: ball, N: 4, delta: 0.3, T: 0.1, seed: 1, steps: 4, outputs: 2, field }],
    nan: [
      /^columns\.(majorantFluctuation|inB|inC)\./,
      'not measured, without cut-off or where the majorant is omitted',
    ],
  },
  coupledRun: {
    args: () => [ballSystem, flowNumerics, []],
    slow: 'the mean field and the step by themselves take seconds',
  },
  coupledTable: bare(run),
  customKernel: fresh(() => [
    { name: 'mine', magnitude: (r: number) => (r < 1 ? r : 1 / r ** 2), alpha: 2, cutoffRadius: 1, breaks: [1] },
  ]),
  customLaw: fresh(() => [
    {
      name: 'mine',
      density: gaussian.density,
      envelope: { sample: oneOf, density: gaussian.density, bound: 1.001 },
      probes: 100,
    },
  ]),
  cutoffExponentHere: bare(2),
  cutoffExponentThere: bare(2),
  cutoffKernel: bare({ N: 10, delta: 0.3 }),
  coldBallRadius: bare({ sigma: 1, t: 0.5 }),
  coldCollapseTime: bare(1),
  cutoffRadius: bare(10, 0.3),
  decodeRecord: bare(mfl.encodeRecord({ rows: [{ t: 1 }] })),
  deviation: fresh(() => [state(), state()]),
  deviations: fresh(() => [state().q, kernel, (r: number) => r]),
  deviationObserver: bare(),
  distance1d: fresh(() => [cloud(1), cloud(1, 3), 2]),
  distance1dToLaw: fresh(() => [cloud(1), line, 2]),
  distanceBetween: fresh(() => [cloud(2), cloud(2), 2, {}]),
  distanceBetweenAsync: fresh(() => [cloud(2), cloud(2), 2, {}]),
  drawFigure: bare('chaos-threshold'),
  ellipticOrbit: bare(0.3),
  encodeRecord: bare({ rows: [{ t: 1 }] }),
  ensembleCsv: bare(results),
  ensembleQuery: { args: () => [join(scratch, 'store'), 'select 1 as x'], notCalled: 'the store has no results' },
  ensembleStatus: bare(store),
  ensembleSummary: bare(results, 0.95),
  estimated: bare(1, 0.1, 'x'),
  euclideanNorm: bare([1, 2, 3]),
  evolvingField: bare({ law: mfl.kurthLaw(), kernel, T: 0.1, tolerance: 0.1 }),
  exact: bare(1, 'x', 0.1),
  expectedDistance: bare({ N: 100, d: 3, p: 1 }, [0.5, 0.5]),
  expectedDistanceAsync: bare({ N: 100, d: 3, p: 1 }, [0.5, 0.5]),
  expectedDistanceInCube: bare({ N: 100, d: 3, p: 1 }),
  expectedW1ToLaw: bare(3, line),
  expectedW2SquaredToLaw: bare(3, line),
  exponentialLaw1d: bare(1),
  exportFigure: bare(figure, join(scratch, 'figures'), ['csv'], {}),
  extremalMajorant: bare({ N: 10, gamma: 0.3 }),
  fallThroughCutoff: bare(0.3),
  fieldFor: {
    args: () => [{ law: mfl.kurthLaw(), kernel, T: 0.1, N: 10, delta: 0.3 }, { tolerance: 0.1 }],
    slow: 'to the tolerance of a run it takes seconds',
  },
  fieldFromBytes: fresh(() => [mfl.fieldToBytes(field), { law: ball, kernel }]),
  fieldKey: bare({ law: ball, kernel, T: 1, tolerance: 1e-3, method: 'radial' }),
  fieldStore: bare(join(scratch, 'store of fields')),
  fieldToBytes: bare(field),
  findRoot: fresh(() => [(x: number) => x - 0.3, 0, 1]),
  fluctuation: {
    nan: [/^majorant$/, 'not asked for'],
    args: () => {
      const { q } = state()
      return [{ q, kernel, meanForce: new Float64Array(12), out: new Float64Array(12), tolerance: 1e-3 }]
    },
  },
  fluctuationExponent: bare(0.3),
  fluctuationObserver: bare(),
  fluctuationTolerance: bare({ N: 10, delta: 0.3 }),
  forceErrorObserver: bare(),
  forceChernoff: bare({ N: 4, delta: 0.3, threshold: 1 }),
  forceSummand: bare(),
  forceTail: bare({ N: 4, delta: 0.3, thresholds: [1], seed: 1, samples: 100 }),
  forceTailTable: bare({ N: 4, delta: 0.3, thresholds: [1], seed: 1, samples: 100 }),
  majorantTail: bare({ N: 4, delta: 0.3, thresholds: [3], seed: 1, samples: 100 }),
  forceTolerance: bare(10, kernel),
  forces: fresh(() => [state().q, kernel, {}]),
  forcesAsync: fresh(() => [state().q, kernel, {}]),
  formula: bare('x + 1', {}),
  gaussLegendre: bare(5),
  gaussianLaw: bare({}),
  gaussianLaw1d: bare(0, 1),
  gaussianMixtureLaw: bare({ components: [{ weight: 1 }] }),
  gaussianW2: bare({ mean: [0], covariance: [[1]] }, { mean: [1], covariance: [[2]] }),
  gridField: {
    args: () => [
      { law: gaussian, kernel, T: 0.1, resolution: { markers: 1024, nodes: 16, steps: 5 }, signal: ABORTED },
    ],
    notCalled: 'it takes a second, and is called above',
  },
  smoothField: {
    args: () => [
      {
        ...{ law: mfl.gaussianMixtureLaw(), kernel, T: 0.1, signal: ABORTED },
        resolution: { bandwidth: 4, nodes: 16, steps: 5 },
      },
    ],
    notCalled: 'it takes a second; its own tests call it',
  },
  gridFieldOf: bare(gaussian, kernel, grid.table),
  growthExponent: bare({ logN: 20, gamma: 0.3 }, ball.radial),
  hermiteState: fresh(() => [...knots, 0.5, mfl.configuration(4)]),
  hourglassGradientAtOrigin: bare(1, kernel),
  hourglassLaw: bare({}),
  inflection: bare(1),
  initialConfiguration: bare(ballSystem),
  inlineExecutor: bare({}),
  innerConstant: bare('euclidean'),
  integrate: fresh(() => [(x: number) => x * x, 0, 1, {}]),
  interruptible: fresh(() => [async () => 1]),
  interruptibleWorker: {
    args: () => ['', { eval: true }],
    notCalled: 'it would leave a thread',
    slow: 'the script is refused',
  },
  invariantDrift: bare([]),
  invariants: fresh(() => [state(), kernel, {}]),
  isotropicGaussianLaw: bare(2, 1),
  jobName: bare(job),
  kurthRadius: bare({ sigma: 1, t: 0.5 }),
  shellForce: fresh(() => [coulomb, 2]),
  progressBars: bare('on'),
  figureForSize: bare(figure, 'column'),
  meanFieldFlowAsync: fresh(() => [mfl.plummerLaw().sample(4, stream()), stationary, { steps: 2 }]),
  kernelForce: fresh(() => [kernel, [1, 2, 3], new Float64Array(3)]),
  kernelGradient: fresh(() => [kernel, [1, 2, 3], new Float64Array(9)]),
  kernelNorms: bare(kernel),
  kolmogorovSmirnov: fresh(() => [[0.1, 0.5], (x: number) => x]),
  kurthLaw: bare({}),
  lambertW: bare(1),
  lambertWofExp: bare(1),
  gyration: bare([0, 0, 1], 0.5),
  langevinNoise: bare({ key: 'noise', N: 4, diffusion: 1, T: 1, resolution: 4 }),
  largestGamma: bare(0.3, 2),
  lastCrossing: fresh(() => [(x: number) => -x, -10, {}]),
  lawByName: bare('gaussian', {}),
  lipschitzMajorant: bare({ N: 10, delta: 0.3 }),
  localSlopes: bare([1, 2, 3], [1, 2, 3], 2),
  logLogSlope: bare([1, 2, 3], [1, 2, 4]),
  logMomentsOfSum: bare([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0], 5),
  majorantConvolution: bare(ball, majorant),
  majorantField: bare(field, majorant),
  majorantObserver: bare(ballSystem),
  majorantSummand: bare('printed'),
  majorantSums: fresh(() => [state().q, majorant]),
  markersOfLaw: bare(gaussian, 16, 'key'),
  maximize: fresh(() => [([x]: number[]) => -x! * x!, () => [0.5], stream(), 2, 0.1, 0.01]),
  maximizeLocally: fresh(() => [([x]: number[]) => -x! * x!, [0.5], 0.1, 0.01]),
  maximumNorm: bare([1, 2, 3]),
  meanAndStandardError: bare([1, 2, 3]),
  autoregression: bare(normals),
  blockAutoregression: bare(normals),
  bulkStream: bare('key'),
  deviationScore: bare(tailSystem, tailField, 2),
  movesOf: bare(normals),
  normalStates: bare(4, 2),
  parseTailPlan: bare(tailPlan),
  phaseStates: bare(gaussian, 4),
  rareProbabilities: bare({
    law: normals,
    score: first,
    thresholds: [2],
    seed: 1,
    population: 100,
    runs: 2,
    movesPerLevel: 2,
  }),
  resampling: bare(normals),
  runTail: bare(tailPlan, {}),
  studentQuantile: bare(0.95, 3),
  joinTails: bare([{ plan: tailPlan, records: [] }]),
  tailCurve: bare(tailPlan, [], 0.95),
  badBeginningsFigure: bare({
    records: [
      {
        cell: { N: 8, delta: 0.2 },
        portraits: [{ q: 1, p: 1, impulse: [1, 1, 1, 1, 1], baseline: [0, 0, 0, 0, 0] }],
      },
    ],
    ...{ typical: { q: [1], p: [1] }, provenance: {} },
  }),
  forceTailFigure: bare({
    series: [64, 256].map(N => ({
      ...{ N, chernoff: [0.2], thresholds: [0.3], bernstein: [1], normal: [-2] },
      tails: [{ threshold: 0.3, value: 0.1, estimate: { value: 0.1, low: 0.05, high: 0.2 } }],
    })),
    ...{ delta: 0.25, provenance: {} },
  }),
  tailCurveFigure: bare({
    points: [{ N: 8, delta: 0.2, factor: 1, value: 0.1, estimate: { value: 0.1, low: 0.05, high: 0.2 } }],
    ...{ exponents: [], provenance: {} },
  }),
  meanField: bare(ball, kernel),
  meanFieldFlow: fresh(() => [mfl.plummerLaw().sample(4, stream()), stationary, { steps: 2 }]),
  meanFieldLipschitz: bare(ball, coulomb),
  phasePlane: fresh(() => [stationary, { times: [0, 1], reach: { q: 1, p: 1 }, points: 3, rate: 4 }]),
  phasePlaneFigure: bare({ plane: phaseSquare, provenance: {} }),
  phaseSpaceDensity: fresh(() => [mfl.plummerLaw().sample(4, stream()), stationary, { steps: 2 }]),
  measureFluctuations: bare(ball, kernel, { N: 4, replicates: 2, seed: 1 }),
  measureOfChaos: bare({ N: 10, delta: 0.3, T: 1, rates }),
  median: bare([1, 2, 3]),
  microscopicFlow: fresh(() => [state(), kernel, { T: 0.1, steps: 4, outputs: 2 }]),
  mixedErrorBound: bare(2),
  momentBound: bare(event, 5),
  momentumOf: fresh(() => [state(), 1]),
  nearestAtomBound: fresh(() => [cloud(2), cube, 1, sampling()]),
  normalMaximumMedian: bare(1),
  observer: bare({ columns: ['x'], see: () => ({ x: 1 }) }),
  onInterrupt: { args: () => [() => undefined], notCalled: 'it would leave a listener behind' },
  oneSampleDistance: fresh(() => [cloud(2), cube, 1, { ...sampling(), replicas: 2, copies: 1 }]),
  oneSampleDistanceAsync: fresh(() => [cloud(2), cube, 1, { ...sampling(), replicas: 2, copies: 1 }]),
  openStore: bare(join(scratch, 'store'), plan),
  outerConstant: bare('euclidean'),
  packEnsemble: bare(join(scratch, 'again.parquet'), results),
  packagedEnsemble: {
    args: () => ['12-no-cut-off'],
    nan: [/^jobs\./, 'without cut-off there is no event to be in'],
  },
  pairAcceleration: bare(4, kernel, {}),
  paretoLaw1d: bare(4, 1),
  parsePlan: bare(plan),
  particleField: bare(gaussian, kernel, { T: 0.1, steps: 2, M: 8, seed: 1 }),
  particleStepper: fresh(() => [state(), { acceleration: still, T: 1, steps: 4 }]),
  partitionBound: fresh(() => [cloud(2), cube, 1]),
  pathsObserver: bare(2),
  phaseCloud: fresh(() => [state()]),
  phaseSpaceLaw: bare(gaussian),
  planCells: bare(plan),
  planForces: fresh(() => [state().q, kernel, {}]),
  planJsonSchema: bare(),
  tailPlanJsonSchema: bare(),
  plummerLaw: bare({}),
  positionOf: fresh(() => [state(), 1]),
  potentialSums: fresh(() => [state().q, kernel]),
  powerKernel: bare({ alpha: 2 }),
  powerSummand: bare(2, 1),
  predictedExponent: bare('first', 0.3),
  printedRate: bare(0.3, 2),
  productLaw: bare([line]),
  progress: bare(10, {}),
  queueExecutor: { args: () => [{}], notCalled: 'there is no queue' },
  quotientAtRadius: bare(1.5, 'euclidean'),
  radialField: bare({ law: ball, kernel, T: 0.1, tolerance: 0.1 }),
  radialFieldAsync: bare({ law: ball, kernel, T: 0.1, tolerance: 0.1 }),
  radialFieldSteps: bare({ law: ball, kernel, T: 0.1, tolerance: 0.1 }),
  radialTable: fresh(() => [(r: number) => r, 1, [], 1e-6]),
  randomStream: bare('key'),
  readEnsemble: bare(join(scratch, 'packed.parquet')),
  readSnapshot: fresh(() => [snapshot.slice()]),
  readTailFile: bare(join(scratch, 'tail.json')),
  recordedTail: bare('repulsion', { T: 1, event: 'Delta', law: 'gaussian' }),
  recordedTails: bare(),
  writeTailFile: bare(join(scratch, 'tail.json'), { plan: tailPlan, provenance: {}, records: [] }),
  readTable: bare(join(scratch, 'table.parquet')),
  recordedLedger: bare(),
  renderFigure: { args: () => [figure, 'png', {}], notCalled: 'it takes a browser seconds' },
  requireAffordable: bare({ N: 10, T: 1, steps: 10 }, {}),
  restore: fresh(() => [snapshot.slice(), still]),
  runClaim: { args: () => [claim, { specs: [claim.defaults[0]] }], slow: 'all inputs take seconds' },
  quantityText: bare(claim.quantities, 'overBound'),
  measureClaim: { args: () => [claim, claim.defaults[0]], slow: 'all inputs take seconds' },
  runClaims: bare([mfl.claimById('9.3')].slice(1), {}),
  runControls: fresh(() => [{ ...claim, controls: [] }, '1', undefined]),
  runEnsemble: fresh(() => [store, { executor: mfl.inlineExecutor() }]),
  runJob: bare(claimJob, {}),
  samplingRate: bare(cube, 1, { seed: '1', sizes: [2, 4], replicates: 2 }),
  secondMoments: bare(ball, kernel, 1e-3),
  secondSampleBound: fresh(() => [cloud(2), cube, 1, { ...sampling(), replicas: 2, copies: 1 }]),
  semiDiscreteBound: fresh(() => [cloud(2), cube, 1, new Float64Array(4), sampling()]),
  semiDiscretePotentials: fresh(() => [cloud(2), cube, 1, { stream: stream(), steps: 10 }]),
  sharpGrowthConstant: bare(0.3, 1),
  show: bare(figure),
  smallBallProbability: bare({ logCount: 20, logVariance: 0, logThird: 1 }, -3),
  snapshot: fresh(() => [stepper(), {}]),
  splittingFigure: bare({ stages: [{ level: 1, states: [0.5, 1.5], p: 0.5 }], provenance: {} }),
  stageOffsets: bare(mfl.symplecticScheme('leapfrog')),
  stateAt: fresh(() => [knots, 0.5, mfl.configuration(4)]),
  stationaryDrift: bare({
    ...{ law: mfl.plummerLaw(), kernel: mfl.cutoffKernel({ N: 10, delta: 0.3, sigma: -1 }), T: 0.1, tolerance: 0.1 },
  }),
  stationaryField: bare({ law: mfl.plummerLaw(), kernel: mfl.coulombKernel({ sigma: -1 }), T: 1 }),
  stepError: fresh(() => [state(), { acceleration: still, T: 1, steps: 4 }]),
  storedField: bare(join(scratch, 'fields'), { law: mfl.kurthLaw(), kernel, T: 0.1, tolerance: 0.1 }),
  streamKey: bare({ seed: 1, law: 'gaussian', N: 4 }),
  strongEncounters: bare({ kick: 0.3, T: 1 }),
  symplecticScheme: bare('leapfrog'),
  system: bare({ law: ball, N: 4, delta: 0.3, T: 0.1, seed: 1 }),
  table: bare({ x: [1, 2] }, {}),
  tailConstant: bare({ summand: mfl.forceSummand(), delta: 0.2, rhoSup: 0.24, beta: 0.2 }, 1),
  tex: bare('x'),
  threadsExecutor: { args: () => [{}], notCalled: 'it would leave threads behind' },
  tracked: bare([1, 2], {}),
  translateDistance: bare([1, 2]),
  transportGap: bare({ low: 1, high: 2 }),
  twoPartsLaw1d: bare(2),
  twoSampleBias: fresh(() => [line, 4, 1, { stream: stream(), replicas: 2 }]),
  typicalThresholds: bare(10, 0.3),
  uniformBallLaw: bare({}),
  uniformCubeLaw: bare(2),
  uniformLaw1d: bare(0, 1),
  uniformOneSampleW1: bare(3),
  uniformOneSampleW2Squared: bare(3),
  uniformTwoSampleW1: bare(3),
  uniformTwoSampleW2Squared: bare(3),
  verdictCard: bare(claim, claim.judge([record]), record),
  verifyBottleneck: fresh(() => [cloud(2), cloud(2), bottleneck]),
  verifyTransport: fresh(() => [cloud(2), cloud(2), exact]),
  wassersteinDistance: fresh(() => [cloud(2), cloud(2), {}]),
  wassersteinDistanceAsync: fresh(() => [cloud(2), cloud(2), {}]),
  writeTable: bare(join(scratch, 'again.parquet'), table),
  closingCutoffFigure: bare(0.25, [10, 100]),
  cutoffRadiusFigure: bare(100, 0.25, 200),
  movieFigure: bare('N', [1, 2], () => figure, {}),
  deviationFigure: bare(run),
  phaseMovieFigure: bare(run),
  cloudFigure: bare(run, {}),
  cloudPairFigure: bare(run, run, { left: 'a', right: 'b' }),
  tubesFigure: bare(tubes),
  measureTubes: bare(tubesOptions),
  recordedTubes: bare(),
  logGrowthFigure: bare({
    points: [2, 4, 8].map(k => ({ log10N: k, value: { ...estimate, value: k, low: k, high: k }, supremum: 1 })),
    ...{ law: 'gaussian', gamma: 0.3, c: 1 },
  }),
  meanFieldStabilityFigure: bare({
    t: [0, 1, 2],
    series: [{ N: 10, sigma: 1, p: 1, samples: samples, translate: [1, 2, 3], sharp: [1, 2, 3], printed: [1, 2, 3] }],
    twoFlows: [1, 2, 3],
    provenance: {},
  }),
  samplingTailFigure: bare({
    N: 10,
    series: [{ name: 'x', ratio: [1, 2, 3], probability: [0.3, 0.2, 0.1] }],
    replicates: 10,
    provenance: {},
  }),
  probabilityCurveFigure: fresh(() => [{ points: summary(['sup']), seed: '1' }]),
  densityForAllCutoffsFigure: bare({
    t: [0, 1],
    runs: [{ N: 10, sum: [1, 2] }],
    bound: [2, 3],
    approach: [{ delta: 0.3, N: [10, 20], difference: [0.2, 0.1] }],
    provenance: {},
  }),
  deviationScalingFigure: fresh(() => [{ points: summary(['sup']), slopes: [], t: 1, seed: '1' }]),
  distanceSplitFigure: fresh(() => [{ points: summary(SPLIT), p: 1, seed: '1' }]),
  distanceSharesFigure: fresh(() => [{ points: summary(SPLIT), p: 1, seed: '1' }]),
  forceTimeFigure: bare(timings),
  forceErrorFigure: bare(timings),
  couplingFigure: fresh(() => [
    { X: cloud(2), Y: cloud(2), couplings: [{ name: 'x', plan: Int32Array.of(0, 1, 2, 3) }], provenance: {} },
  ]),
  dualityFigure: fresh(() => [
    { X: cloud(2), Y: cloud(2), plan: Int32Array.of(0, 1, 2, 3), g: () => 1, provenance: {} },
  ]),
  proofMapFigure: bare([]),
  regularisedKernelsFigure: bare([kernel], 1),
}
