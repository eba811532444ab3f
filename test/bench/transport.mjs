// npm run bench -- transport [--quick | --targets] [--record | --out FILE]
// Wasserstein distances between independent Gaussian clouds in R^6 beside POT and SciPy: same points, same run, one
// thread each. The peers' times include their cost matrix; ours compute every cost on the fly.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  bottleneckDistance,
  gaussianLaw,
  phaseCloud,
  randomStream,
  transportGap,
  verifyTransport,
  wassersteinDistance,
} from 'mean-field-limit'
import { flagsOf, machine, median, print, scratchFolder, startPeers, writeRecord } from './support.mjs'

const { quick, targetsOnly, out } = flagsOf('transport')
const law = gaussianLaw()
const cloud = (N, stream) => phaseCloud(law.sample(N, randomStream({ seed: 1, law: law.name, N, stream })))
const SIZES = quick ? [1000] : targetsOnly ? [10_000] : [1000, 3000, 10_000]
const LARGE = quick ? undefined : 100_000
const LARGE_GAP = 2e-3
/** Those that make no cost matrix take the large clouds too, but for no longer than this, in seconds. */
const LARGE_LIMIT = 600
/** The gaps that are asked for; 'exact': the optimum. */
const GAPS = ['exact', 1e-4]

/** One solve in this process: its time and result. */
function solve(N, p, gap) {
  const [X, Y] = [cloud(N, 'X'), cloud(N, 'Y')]
  const start = performance.now()
  const result = wassersteinDistance(X, Y, { p, gap })
  return { seconds: (performance.now() - start) / 1000, result, X, Y }
}

// Memory is measured in a process of its own, above what it takes before the solve.
const measured = process.env.MFL_BENCH_MEMORY?.split(' ')
if (measured !== undefined) {
  const [N, p, gap] = measured
  solve(64, 1, 'exact')
  const before = process.resourceUsage().maxRSS
  solve(Number(N), Number(p), gap === 'exact' ? gap : Number(gap))
  print(String(1024 * (process.resourceUsage().maxRSS - before)))
  process.exit(0)
}
function peakBytes(N, p, gap) {
  const env = { ...process.env, MFL_BENCH_MEMORY: `${N} ${p} ${gap}` }
  const file = fileURLToPath(import.meta.url)
  const { status, stdout } = spawnSync(process.execPath, [file], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 2],
  })
  return status === 0 ? Number(stdout) : undefined
}

const folder = scratchFolder()
const files = { X: join(folder, 'X'), Y: join(folder, 'Y') }
async function peer(name, N, p, limit) {
  const peers = startPeers(join(import.meta.dirname, 'transportPeers.py'))
  if (peers === undefined) return undefined
  let late = false
  const stop = () => {
    late = true
    peers.kill()
  }
  const clock = limit === undefined ? undefined : setTimeout(stop, 1000 * limit)
  try {
    const answer = await peers.ask({ peer: name, n: N, d: 6, p, ...files })
    peers.end()
    return answer.error === undefined ? answer : undefined
  } catch (error) {
    if (!late) throw error
    return { seconds: limit, unfinished: true }
  } finally {
    clearTimeout(clock)
  }
}

const MB = bytes => (bytes === undefined ? '' : (bytes / 2 ** 20).toFixed(bytes < 1e7 ? 1 : 0))
const rows = []
print('| N | p | solver | seconds | to POT | to SciPy | peak MB | gap | difference to SciPy |')
print('|---|---|---|---|---|---|---|---|---|')
function report(row) {
  rows.push(row)
  const ratio = t => (t === undefined ? '' : t.toPrecision(2))
  const cells = [
    row.N,
    row.p,
    row.solver,
    row.seconds.toPrecision(3),
    ratio(row.toPot),
    ratio(row.toScipy),
    MB(row.bytes),
  ]
  print(`| ${[...cells, row.gap?.toExponential(1) ?? '', row.difference?.toExponential(1) ?? ''].join(' | ')} |`)
}

for (const N of SIZES) {
  const rounds = N >= 10_000 ? 1 : 3
  const [X, Y] = [cloud(N, 'X'), cloud(N, 'Y')]
  writeFileSync(files.X, X.x)
  writeFileSync(files.Y, Y.x)
  for (const p of [1, 2]) {
    const ours = Object.fromEntries(GAPS.map(gap => [gap, []]))
    const theirs = { pot: [], potLazy: [], potBsp: [], scipy: [] }
    // Once before, so that compilation is paid for.
    for (const gap of GAPS) solve(Math.min(N, 1000), p, gap)
    for (let round = 0; round < rounds; round++) {
      for (const gap of GAPS) ours[gap].push(solve(N, p, gap))
      for (const name of Object.keys(theirs)) {
        const answer = await peer(name, N, p)
        if (answer !== undefined) theirs[name].push(answer)
      }
    }
    const seconds = runs => (runs.length === 0 ? undefined : median(runs.map(run => run.seconds)))
    const [pot, scipy] = [seconds(theirs.pot), seconds(theirs.scipy)]
    const value = theirs.scipy[0]?.value
    const against = (s, v) => ({
      ...(pot === undefined ? {} : { toPot: s / pot }),
      ...(scipy === undefined ? {} : { toScipy: s / scipy }),
      ...(value === undefined ? {} : { difference: Math.abs(v - value) / value }),
    })
    for (const gap of GAPS) {
      const { result } = ours[gap][0]
      const s = seconds(ours[gap])
      report({
        N,
        p,
        solver: gap === 'exact' ? 'exact' : `gap ${gap}`,
        seconds: s,
        gap: transportGap(result),
        bytes: peakBytes(N, p, gap),
        ...against(s, result.value),
      })
    }
    for (const [name, runs] of Object.entries(theirs)) {
      if (runs.length === 0) continue
      const [{ bytes, value: v }] = runs
      report({
        N,
        p,
        solver: name,
        seconds: seconds(runs),
        ...(name === 'pot' || name === 'scipy' ? { matrix: median(runs.map(run => run.matrix)) } : {}),
        bytes,
        ...against(seconds(runs), v),
      })
    }
    const check = verifyTransport(X, Y, ours.exact[0].result)
    if (!check.valid) throw new Error(`N = ${N}, p = ${p}: ${check.problems.join('; ')}`)
  }
}
{
  // W_infinity of the largest clouds; the peers have none, so the ratios are to their last time, for p = 2.
  const N = SIZES[SIZES.length - 1]
  const [X, Y] = [cloud(N, 'X'), cloud(N, 'Y')]
  bottleneckDistance(cloud(500, 'X'), cloud(500, 'Y'))
  const start = performance.now()
  const result = bottleneckDistance(X, Y)
  const seconds = (performance.now() - start) / 1000
  const last = name => rows.filter(row => row.solver === name).at(-1)?.seconds
  report({
    N,
    p: 'infinity',
    solver: 'exact',
    seconds,
    gap: transportGap(result),
    ...(last('pot') === undefined ? {} : { toPot: seconds / last('pot') }),
    ...(last('scipy') === undefined ? {} : { toScipy: seconds / last('scipy') }),
  })
}
if (LARGE !== undefined) {
  for (const [name, stream] of Object.entries({ X: 'X', Y: 'Y' })) writeFileSync(files[name], cloud(LARGE, stream).x)
  for (const p of [1, 2]) {
    const { seconds, result } = solve(LARGE, p, LARGE_GAP)
    report({
      N: LARGE,
      p,
      solver: `gap ${LARGE_GAP}`,
      seconds,
      gap: transportGap(result),
      bytes: peakBytes(LARGE, p, LARGE_GAP),
    })
    for (const name of ['potLazy', 'potBsp']) {
      const answer = await peer(name, LARGE, p, LARGE_LIMIT)
      if (answer === undefined) continue
      const { seconds: theirs, bytes, value, unfinished } = answer
      const row = { N: LARGE, p, solver: name, seconds: theirs, toThis: theirs / seconds }
      // No other value is known there: the difference is to ours.
      const measured = unfinished
        ? { unfinished }
        : { bytes, difference: Math.abs(value - result.value) / result.value }
      report({ ...row, ...measured })
    }
  }
}
writeRecord(out, { benchmark: 'transport', date: new Date().toISOString().slice(0, 10), machine: machine(), rows })
