// npm run bench -- ensemble [--quick] [--record | --out FILE]
// Cost of the jobs of an ensemble against N, delta and T: a model is fitted to one set of runs and tried on another.
// Times are processor times, so that what else the machine does is not in them. Written up by npm run bench -- scaling.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fitModel, predict, ratios, secondsOf, TIME_TERMS } from './ensembleModel.mjs'
import { queueThroughput } from './queueThroughput.mjs'
import { flagsOf, machine, print, writeRecord } from './support.mjs'

const { quick, out } = flagsOf('ensemble')
const LAW = 'gaussian'

const grid = (Ns, deltas, Ts) => Ns.flatMap(N => deltas.flatMap(delta => Ts.map(T => ({ N, delta, T }))))
const fitted = quick
  ? grid([250, 1000, 4000], [0.15, 0.33], [0.5, 1])
  : [
      ...grid([250, 500, 1000, 2000, 4000], [0.15, 0.25, 0.33], [0.5, 2]),
      ...grid([16_000], [0.15, 0.25, 0.33], [0.5, 1]),
      ...grid([64_000], [0.15, 0.25, 0.33], [0.25]),
      ...grid([256_000], [0.25], [0.1]),
    ]
// None of these N, and few of these delta and T, are in the set above; the last lies outside its range.
const held = quick
  ? [
      { N: 700, delta: 0.2, T: 1 },
      { N: 2000, delta: 0.25, T: 0.7 },
    ]
  : [
      { N: 350, delta: 0.2, T: 1 },
      { N: 700, delta: 0.3, T: 1.5 },
      { N: 1400, delta: 0.25, T: 1 },
      { N: 3000, delta: 0.2, T: 0.8 },
      { N: 6000, delta: 0.3, T: 1 },
      { N: 12_000, delta: 0.25, T: 1 },
      { N: 32_000, delta: 0.2, T: 0.7 },
      { N: 100_000, delta: 0.25, T: 0.3 },
      { N: 500_000, delta: 0.25, T: 0.1 },
    ]

function measure(point) {
  const replicates = point.N <= 1000 ? 7 : point.N <= 4000 ? 3 : point.N <= 20_000 ? 2 : 1
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'ensembleRun.mjs'), JSON.stringify({ law: LAW, ...point, replicates })],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )
  if (status !== 0) throw new Error(`a run of ${JSON.stringify(point)} failed`)
  const found = JSON.parse(stdout)
  print(
    `N = ${String(point.N).padEnd(7)} delta = ${String(point.delta).padEnd(5)} T = ${String(point.T).padEnd(5)} ${found.method.padEnd(7)} ${secondsOf(found).toPrecision(3)} s`,
  )
  return found
}

print('fitted to:')
const points = fitted.map(measure)
const model = fitModel(points)
print(
  `force sums: exp(${model.sums[0].toFixed(2)}) N^(${model.sums[1].toFixed(3)} + ${model.sums[2].toFixed(3)} delta) T^${model.sums[3].toFixed(3)}`,
)
print(`time: ${TIME_TERMS.map((name, k) => `${name} ${model.time[k].toExponential(2)}`).join(', ')}`)
print('tried on:')
const tried = held.map(measure)
for (const [k, { time, sums, memory }] of ratios(model, tried).entries()) {
  const { N, delta, T } = held[k]
  print(
    `N = ${N}, delta = ${delta}, T = ${T}: measured / predicted: time ${time.toFixed(2)}, force sums ${sums.toFixed(2)}, memory ${memory.toFixed(2)}; predicted ${predict(model, tried[k]).seconds.toPrecision(3)} s`,
  )
}
const queue = await queueThroughput(quick ? 500 : 5000)
if (queue !== undefined) print(`queue: ${queue.jobsPerSecond.toFixed(0)} jobs a second through one collector`)

writeRecord(out, {
  benchmark: 'ensemble',
  quick,
  date: new Date().toISOString().slice(0, 10),
  machine: machine(),
  law: LAW,
  model,
  points,
  held: tried,
  ...(queue === undefined ? {} : { queue }),
})
