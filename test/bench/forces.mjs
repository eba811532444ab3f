// npm run bench -- forces [--quick | --targets | --parts direct,sizes,tolerances,threads,growth] [--record | --out
// FILE] Force sums beside their peers: same points, same run, error against a compensated direct sum. One thread unless
// said.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  closeForcePool,
  coulombKernel,
  cutoffKernel,
  forces,
  forcesAsync,
  planForces,
  randomStream,
  uniformBallLaw,
} from 'mean-field-limit'
import { plainForces, plainThirdLaw, relativeError, subsetOf } from './plainForces.mjs'
import {
  compileC,
  flagsOf,
  machine,
  print,
  race,
  readRecord,
  scratchFolder,
  startPeers,
  timed,
  timedAsync,
  writeRecord,
} from './support.mjs'

const { quick, targetsOnly, parts, out } = flagsOf('forces')
const folder = scratchFolder()
const peers = startPeers(join(import.meta.dirname, 'forcesPeers.py'))
const library = peers && compileC(join(import.meta.dirname, 'directPeer.c'), folder)

const DELTA = 0.3
const SEED = 1
/** FMM3D has no setting below this that changes anything. */
const COARSEST = 0.5
const DIRECT_N = quick ? 4096 : 16384
const SIZES = targetsOnly
  ? [100_000, 1_000_000]
  : quick
    ? [1000, 10_000]
    : [1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000]
const ERROR_N = quick ? 10_000 : 100_000
const law = uniformBallLaw()

/** The points of one size, for us and for the peers. */
async function load(N, cutoff) {
  const Z = law.sample(N, randomStream({ seed: SEED, law: law.name, N }))
  const subset = subsetOf(N, N <= 30_000 ? 1000 : 300)
  const reference = plainForces(Z.q, N, cutoff, { targets: subset, compensated: true })
  if (peers !== undefined) {
    const file = join(folder, 'points')
    const chosen = join(folder, 'subset')
    writeFileSync(file, Z.q)
    writeFileSync(chosen, subset)
    await peers.ask({ do: 'load', N, file, subset: chosen })
  }
  return { Z, N, subset, reference, cutoff }
}

/** A contestant of `race` that also keeps its error. */
function ours(points, kernel, options, errors, name) {
  const force = new Float64Array(points.Z.q.length)
  return async () => {
    const { threads } = options
    const run = () => forcesAsync(points.Z, kernel, { ...options, out: force })
    const seconds =
      threads === undefined || threads === 1
        ? timed(() => forces(points.Z, kernel, { ...without(options), out: force }))
        : await timedAsync(run)
    errors[name] ??= relativeError(force, points)
    return seconds
  }
}

const without = ({ threads, ...options }) => options

function peer(command, points, errors, name) {
  if (peers === undefined) return {}
  const file = join(folder, 'force')
  const run = async () => {
    const answer = await peers.ask({ do: 'run', ...command, out: errors[name] === undefined ? file : undefined })
    if (answer.error !== undefined) return undefined
    errors[name] ??= relativeError(new Float64Array(new Uint8Array(readFileSync(file)).buffer), points, 'subset')
    return answer.seconds
  }
  return { [name]: run }
}

function merged(times, errors) {
  return Object.fromEntries(Object.entries(times).map(([name, t]) => [name, { ...t, error: errors[name] }]))
}

function show(title, rows, base) {
  print(`\n${title}`)
  for (const [name, { seconds, error, spread }] of Object.entries(rows)) {
    const ratio = rows[base] === undefined ? '' : `  ${(seconds / rows[base].seconds).toFixed(3)} of ${base}`
    print(
      `  ${name.padEnd(34)} ${seconds.toExponential(2)} s  error ${error?.toExponential(1) ?? '-'}${ratio}  (spread ${(100 * spread).toFixed(0)} %)`,
    )
  }
}

async function direct() {
  const kernel = cutoffKernel({ N: DIRECT_N, delta: DELTA })
  const points = await load(DIRECT_N, kernel.cutoffRadius)
  const { q } = points.Z
  const errors = {}
  const plain = new Float64Array(q.length)
  // Relaxed SIMD, where the engine has it.
  const fused = planForces(points.Z, kernel, { arithmetic: 'fast' }).arithmetic === 'fast'
  const own = (name, options) => ({
    [name]: ours(points, kernel, { method: 'direct', ...options }, errors, name),
  })
  const inPlain = (name, run) => ({
    [name]: async () => {
      const seconds = timed(() => run(q, DIRECT_N, points.cutoff, { out: plain }))
      errors[name] ??= relativeError(plain, points)
      return seconds
    },
  })
  const C = precision =>
    library === undefined
      ? {}
      : peer({ peer: 'c', library, precision, cutoff: points.cutoff }, points, errors, `C ${precision}`)
  const times = await race(
    {
      ...inPlain('plain JavaScript', plainForces),
      ...inPlain('plain JavaScript, third law', plainThirdLaw),
      ...own('f64', { precision: 'f64' }),
      ...own('mixed', { precision: 'mixed' }),
      ...(fused ? own('f64, fused', { precision: 'f64', arithmetic: 'fast' }) : {}),
      ...(fused ? own('mixed, fused', { precision: 'mixed', arithmetic: 'fast' }) : {}),
      ...own('f64, 2 threads', { precision: 'f64', threads: 2 }),
      ...own('mixed, 2 threads', { precision: 'mixed', threads: 2 }),
      ...C('f64'),
      ...C('f32'),
      ...peer({ peer: 'numpy', cutoff: points.cutoff }, points, errors, 'NumPy'),
      ...peer({ peer: 'rebound', gravity: 'basic' }, points, {}, 'REBOUND direct'),
    },
    quick ? 2 : 5,
  )
  const rows = merged(times, errors)
  show(`direct sum, N = ${DIRECT_N}, kernel (4), delta = ${DELTA}`, rows, 'plain JavaScript')
  return { N: DIRECT_N, delta: DELTA, rows }
}

/** Time against N at two tolerances. */
async function sizes() {
  const kernel = coulombKernel()
  const table = []
  for (const N of SIZES) {
    const points = await load(N, 0)
    const errors = {}
    const own = (name, options) => ({ [name]: ours(points, kernel, options, errors, name) })
    const fmm3d = (eps, name) => peer({ peer: 'fmm3d', eps }, points, errors, name)
    const plain = new Float64Array(points.Z.q.length)
    const times = await race(
      {
        ...own('tolerance 5e-5', { tolerance: 5e-5 }),
        ...own('tolerance 1e-6', { tolerance: 1e-6 }),
        ...own('tolerance 5e-5, 2 threads', { tolerance: 5e-5, threads: 2 }),
        ...own('tolerance 1e-6, 2 threads', { tolerance: 1e-6, threads: 2 }),
        ...fmm3d(COARSEST, 'FMM3D coarsest'),
        // The setting whose error is nearest to 5e-5 from below.
        ...fmm3d(1e-3, 'FMM3D 1e-3'),
        ...fmm3d(1e-4, 'FMM3D 1e-4'),
        ...(N > 30_000 ? {} : peer({ peer: 'rebound', gravity: 'basic' }, points, errors, 'REBOUND direct')),
        ...(N > 300_000
          ? {}
          : peer({ peer: 'rebound', gravity: 'tree', theta: 0.5 }, points, errors, 'REBOUND tree 0.5')),
        ...(N > 10_000 ? {} : peer({ peer: 'numpy', cutoff: 0 }, points, errors, 'NumPy')),
        ...(N > 30_000
          ? {}
          : {
              'plain JavaScript': async () => timed(() => plainForces(points.Z.q, N, 0, { out: plain })),
            }),
      },
      N > 300_000 ? 2 : 3,
      N > 300_000 ? 0 : 1,
    )
    const rows = merged(times, errors)
    show(`N = ${N}, Coulomb, uniform ball`, rows, 'FMM3D coarsest')
    const { method, order } = planForces(points.Z, kernel, { tolerance: 5e-5 })
    table.push({ N, method, order, rows })
  }
  return table
}

/** Time against error at one N. */
async function tolerances() {
  const points = await load(ERROR_N, 0)
  const errors = {}
  const contestants = {}
  for (const tolerance of [1e-2, 1e-3, 1e-4, 5e-5, 1e-5, 1e-6, 1e-7, 1e-8]) {
    const name = `tolerance ${tolerance}`
    contestants[name] = ours(points, coulombKernel(), { tolerance, method: 'fmm' }, errors, name)
  }
  for (const eps of [COARSEST, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8]) {
    Object.assign(contestants, peer({ peer: 'fmm3d', eps }, points, errors, `FMM3D ${eps}`))
  }
  for (const theta of [1, 0.7, 0.5, 0.3]) {
    Object.assign(
      contestants,
      peer({ peer: 'rebound', gravity: 'tree', theta }, points, errors, `REBOUND tree ${theta}`),
    )
  }
  const rows = merged(await race(contestants, 1), errors)
  show(`time against error, N = ${ERROR_N}`, rows, `FMM3D ${COARSEST}`)
  return { N: ERROR_N, rows }
}

async function threads() {
  const sizesHere = quick ? [10_000] : [16_384, 100_000, 1_000_000]
  const table = []
  for (const N of sizesHere) {
    const points = { Z: law.sample(N, randomStream({ seed: SEED, law: law.name, N })), subset: subsetOf(N, 4) }
    points.reference = plainForces(points.Z.q, N, 0, { targets: points.subset, compensated: true })
    const method = N < 30_000 ? 'direct' : 'fmm'
    const options = { method, ...(method === 'direct' ? { precision: 'f64' } : { tolerance: 1e-6 }) }
    const errors = {}
    const rows = await race(
      {
        one: ours(points, coulombKernel(), { ...options, threads: 1 }, errors, 'one'),
        two: ours(points, coulombKernel(), { ...options, threads: 2 }, errors, 'two'),
      },
      N > 300_000 ? 3 : 7,
    )
    const speedUp = rows.one.seconds / rows.two.seconds
    print(`two threads, ${method}, N = ${N}: ${speedUp.toFixed(2)} times as fast as one`)
    table.push({ N, method, speedUp })
  }
  return table
}

/** Growth of the time with N, in interleaved rounds after warming up. */
async function growth() {
  const errors = {}
  const contestants = {}
  for (const N of [100_000, 1_000_000]) {
    const points = { Z: law.sample(N, randomStream({ seed: SEED, law: law.name, N })), subset: subsetOf(N, 4) }
    points.reference = plainForces(points.Z.q, N, 0, { targets: points.subset, compensated: true })
    contestants[N] = ours(points, coulombKernel(), { tolerance: 5e-5 }, errors, N)
  }
  const rows = await race(contestants, 5)
  const factor = rows[1_000_000].seconds / rows[100_000].seconds
  print(`growth of the time from 1e5 to 1e6 at 5e-5: ${factor.toFixed(2)} times`)
  return { tolerance: 5e-5, factor }
}

const PARTS = { direct, sizes, tolerances, threads, growth }
const standard = { direct, sizes, ...(targetsOnly ? {} : { tolerances }), threads, ...(quick ? {} : { growth }) }
const chosen = parts === undefined ? Object.keys(standard) : parts
const before = parts !== undefined && out !== undefined && existsSync(out) ? readRecord(out) : {}
const record = {
  ...before,
  benchmark: 'forces',
  quick,
  date: new Date().toISOString().slice(0, 10),
  machine: machine(),
  peers: peers === undefined ? {} : await peers.ask({ do: 'versions' }),
}
print(JSON.stringify({ ...record.machine, ...record.peers }))
if (chosen.includes('direct')) {
  record.limits = library === undefined ? undefined : await peers.ask({ do: 'limits', library })
}
for (const name of chosen) record[name] = await PARTS[name]()
writeRecord(out, record)
peers?.end()
await closeForcePool()
