// npm run bench -- scaling: writes the tables of docs/scaling.md from the record of npm run bench -- ensemble --record.
// The text around them is the document's own: only what stands between markers is replaced.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { clopperPearson } from 'mean-field-limit'
import { predict, ratios, secondsOf, TIME_TERMS } from './ensembleModel.mjs'
import { print, readRecord } from './support.mjs'

const root = resolve(import.meta.dirname, '..', '..')
const document = join(root, 'docs', 'scaling.md')
const record = readRecord(join(root, 'data', 'bench', 'ensemble.node20.json'))
const { model, points, held } = record

const row = cells => `| ${cells.join(' | ')} |`
const tableOf = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
const short = (x, digits = 2) => {
  if (x === 0) return '0'
  if (x >= 1e5 || x < 1e-2) return x.toExponential(digits - 1).replace('e+', 'e')
  return Number(x.toPrecision(digits)).toLocaleString('en-GB', { maximumFractionDigits: 4 })
}
const seconds = s =>
  s < 120
    ? `${short(s)} s`
    : s < 7200
      ? `${short(s / 60)} min`
      : s < 2e5
        ? `${short(s / 3600)} h`
        : `${short(s / 86400)} d`
const bytes = b => (b < 1e9 ? `${short(b / 1e6, 3)} MB` : `${short(b / 1e9)} GB`)
const whole = N => N.toLocaleString('en-GB')

/** Whether something as large in both N and T was measured: beyond, the model is extrapolated. */
const covered = ({ N, T }) => [...points, ...held].some(point => point.N >= N && point.T >= T)
const mark = point => (covered(point) ? '' : ' \\*')

const LEVEL = 0.95
/** Upper end of the interval when none of R runs had the event: 1 - ((1 - level)/2)^(1/R). */
const neverSeen = R => -Math.expm1(Math.log((1 - LEVEL) / 2) / R)
/** Events that must be seen for an interval of half-width 20 % of the estimate, where events are rare. */
const EVENTS = (() => {
  const many = 1e7
  for (let k = 1; ; k++) {
    const { low, high } = clopperPearson(k, many, LEVEL)
    if ((high - low) / 2 <= 0.2 * (k / many)) return k
  }
})()

const DAY = 86_400
const budget = { cores: 1000, seconds: DAY }
const laptop = { cores: 2, seconds: 8 * 3600 }
/** Replicates in a budget; a job stays on its core, so that one longer than the time is not done at all. */
const runsIn = ({ cores, seconds: time }, point) => cores * Math.floor(time / predict(model, point).seconds)
/** What a core of a cluster usually has. */
const CORE_BYTES = 4e9

function modelText() {
  const [s0, s1, s2, s3] = model.sums
  const [fixed, pilot, direct, multipole, step, outputs] = model.time
  const term = (value, text) => (value === 0 ? '' : ` + ${short(1e9 * value, 3)} ns · ${text}`)
  return [
    `Measured ${record.date} on ${record.machine.cpu}, ${record.machine.cores} cores, Node ${record.machine.node}; ${points.length} grid points, each in a process of its own, and ${held.length} more that the fit has not seen. Times are processor times of one thread.`,
    `Force sums of a job (steps of the chosen scheme, times its stages):\n\n$$S = ${short(Math.exp(s0), 3)}\\; N^{${s1.toFixed(3)} + ${s2.toFixed(3)}\\,\\delta}\\; T^{${s3.toFixed(3)}}$$`,
    `Processor time, with the direct sum below N = ${whole(model.multipoleFrom)} and the fast multipole method from there:\n\n    time = ${short(1e3 * fixed, 3)} ms${term(pilot, 'S min(N, 512)²')}${term(direct, 'S N² [direct]')}${term(multipole, 'S N log₂N [multipole]')}${term(step, 'S N')}${term(outputs, 'N')}\n\nThe terms are, in this order: ${TIME_TERMS.map(
      name =>
        ({
          fixed: 'what every job costs',
          pilot: 'the pilot run that chooses the step',
          direct: 'direct force sums',
          multipole: 'multipole force sums',
          step: 'the mean field flow and what is recorded in each step',
          outputs: 'the sample and ten output times',
        })[name],
    )
      .filter((_, k) => model.time[k] > 0 || k === 0)
      .join('; ')}. Coefficients are not negative, and least squares are of relative errors.`,
    `The mean field, once for each grid point, took between ${seconds(Math.min(...points.map(({ field }) => field)))} and ${seconds(Math.max(...points.map(({ field }) => field)))}.`,
    `Memory of a worker thread's process: ${bytes(model.memory[0])} + ${short(model.memory[1], 3)} bytes · N.`,
  ].join('\n\n')
}

function heldTable() {
  const found = ratios(model, held)
  const rows = held.map((point, k) => [
    `${whole(point.N)}${point.N > Math.max(...points.map(({ N }) => N)) ? ' (beyond the fit)' : ''}`,
    point.delta,
    point.T,
    seconds(secondsOf(point)),
    seconds(predict(model, point).seconds),
    found[k].time.toFixed(2),
    found[k].sums.toFixed(2),
    found[k].memory.toFixed(2),
  ])
  const spread = values => {
    const logs = values.map(Math.log)
    return `between ${Math.exp(Math.min(...logs)).toFixed(2)} and ${Math.exp(Math.max(...logs)).toFixed(2)}, root mean square of the logarithm ${Math.sqrt(logs.reduce((sum, x) => sum + x * x, 0) / logs.length).toFixed(2)}`
  }
  const own = ratios(model, points)
  return [
    tableOf(['N', 'δ', 'T', 'measured', 'predicted', 'time: measured / predicted', 'force sums', 'memory'], rows),
    `Measured over predicted time: ${spread(found.map(({ time }) => time))}. On the ${points.length} points of the fit: ${spread(own.map(({ time }) => time))}. The number of steps is what scatters: the rule doubles a first guess until it is enough. Force sums on the held-out points are ${spread(found.map(({ sums }) => sums))}.`,
  ].join('\n\n')
}

function reachTable({ delta, T }) {
  const rows = [1e3, 3e3, 1e4, 3e4, 1e5, 3e5, 1e6].map(N => {
    const point = { N, delta, T }
    const { seconds: time, bytes: size } = predict(model, point)
    const R = runsIn(budget, point)
    const least = neverSeen(R)
    return [
      `${whole(N)}${mark(point)}`,
      seconds(time),
      bytes(size),
      short(R),
      short(least),
      short(EVENTS / R),
      (-Math.log(least) / Math.log(N)).toFixed(2),
      whole(runsIn(laptop, point)),
    ]
  })
  return tableOf(
    [
      'N',
      'one job',
      'memory',
      'R in a day on 1000 cores',
      'never seen: P <',
      'known to 20 %: P ≥',
      'γ with N^−γ just seen',
      'R in 8 h on 2 cores',
    ],
    rows,
  )
}

/** The largest N of which R runs fit into the budget. */
function largestN(R, { delta, T }) {
  const fits = N => runsIn(budget, { N, delta, T }) >= R && predict(model, { N }).bytes <= CORE_BYTES
  let [low, high] = [2, 1e9]
  if (!fits(low)) return 0
  while (high / low > 1.001) {
    const middle = Math.sqrt(low * high)
    if (fits(middle)) low = middle
    else high = middle
  }
  return low
}

function inverseTable(T) {
  const deltas = [0.15, 0.25, 0.33]
  const rows = [1e2, 1e3, 1e4, 1e5, 1e6, 1e7].map(R => [
    short(R),
    short(neverSeen(R)),
    ...deltas.map(delta => {
      const N = largestN(R, { delta, T })
      const bound = predict(model, { N }).bytes > 0.99 * CORE_BYTES ? ' (memory)' : ''
      return `${short(N)}${mark({ N, T })}${bound}`
    }),
  ])
  return tableOf(['R', 'never seen: P <', ...deltas.map(delta => `largest N, δ = ${delta}`)], rows)
}

function queueText() {
  const { queue } = record
  if (queue === undefined) return 'No queue server was on the machine: its throughput was not measured.'
  const { jobsPerSecond, server } = queue
  return `The queue: one collector, one ${server} and two workers, all on the two cores of this busy machine, carried ${short(jobsPerSecond)} jobs a second whose computation takes no time. A thousand workers keep it just busy when a job takes ${short(1000 / jobsPerSecond)} s, that is from N = ${short(leastN(1000 / jobsPerSecond))} on (δ = 0.25, T = 1); for shorter jobs use \`--shard\`, where nothing is shared.`
}

function leastN(time) {
  let N = 2
  while (predict(model, { N, delta: 0.25, T: 1 }).seconds < time) N *= 1.02
  return N
}

const sections = {
  model: modelText,
  held: heldTable,
  reach: () => reachTable({ delta: 0.25, T: 1 }),
  inverse: () => inverseTable(1),
  queue: queueText,
  events: () =>
    `At level ${LEVEL}: *never seen* is $1-(0.025)^{1/R}\\approx 3.7/R$, the upper end of the interval when none of R runs had the event; *known to 20 %* is $${EVENTS}/R$, since ${EVENTS} events make the half-width a fifth of the estimate.`,
}
let text = readFileSync(document, 'utf8')
for (const [name, make] of Object.entries(sections)) {
  const marker = new RegExp(`(<!-- begin ${name} -->)[^]*(<!-- end ${name} -->)`)
  if (!marker.test(text)) throw new Error(`docs/scaling.md has no markers for ${name}`)
  text = text.replace(marker, (_, begin, end) => `${begin}\n\n${make()}\n\n${end}`)
}
writeFileSync(document, text)
print('written: docs/scaling.md')
