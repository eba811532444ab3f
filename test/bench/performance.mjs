// npm run bench -- performance: writes docs/performance.md and its pictures from the records in data/bench/.
// The text around the tables is the document's own: only what stands between markers is replaced.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { exportFigure, forceErrorFigure, forceTimeFigure } from 'mean-field-limit'
import { print, readRecord } from './support.mjs'

const root = resolve(import.meta.dirname, '..', '..')
const folder = join(root, 'data', 'bench')
const document = join(root, 'docs', 'performance.md')
const images = join(root, 'docs', 'images')

const recordsOf = name =>
  readdirSync(folder)
    .filter(file => file.startsWith(`${name}.node`) && file.endsWith('.json'))
    .sort()
    .map(file => readRecord(join(folder, file)))

const ratio = (a, b) => (a === undefined || b === undefined ? 'not measured' : (a.seconds / b.seconds).toFixed(2))
const times = value => `${value.toFixed(1)}×`
const sci = value => (value === undefined ? '–' : value.toExponential(1))
const verdict = ok => (ok === undefined ? 'not measured' : ok ? 'met' : '**missed**')
const row = cells => `| ${cells.join(' | ')} |`
const tableOf = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

const label = ({ machine }) => `Node ${machine.node.split('.')[0]}`

/** One line a target: what, against what, wanted, and per record what was measured. */
function forceTargets(records) {
  const at = (record, N) => record.sizes.find(size => size.N === N)?.rows ?? {}
  const cell = (value, wanted, atLeast, show) =>
    value === undefined || Number.isNaN(value)
      ? 'not measured'
      : `${show(value)} (${verdict(atLeast ? value >= wanted : value <= wanted)})`
  const over = (a, b) => (a === undefined || b === undefined ? undefined : a.seconds / b.seconds)
  const fixed = value => value.toFixed(2)
  const line = (what, peer, wanted, values) => [what, peer, wanted, ...values]
  const major = record => Number(record.machine.node.split('.')[0])
  const lines = []
  const direct = (what, peer, wanted, limit, of) =>
    lines.push(
      line(
        what,
        peer,
        wanted,
        records.map(record => cell(of(record.direct.rows), limit, true, times)),
      ),
    )
  direct('direct, f64', 'plain JavaScript', '≥ 4×', 4, rows => over(rows['plain JavaScript'], rows.f64))
  direct('direct, mixed', 'plain JavaScript', '≥ 9×', 9, rows => over(rows['plain JavaScript'], rows.mixed))
  // Engines without relaxed SIMD have no such rows.
  const fast = [
    ["direct, f64, arithmetic: 'fast'", '≥ 4×', 4, 'f64, fused'],
    ["direct, mixed, arithmetic: 'fast'", '≥ 9×', 9, 'mixed, fused'],
  ]
  for (const [what, wanted, limit, name] of fast) {
    const value = ({ direct: { rows } }) =>
      rows[name] === undefined
        ? 'no relaxed SIMD'
        : cell(over(rows['plain JavaScript'], rows[name]), limit, true, times)
    lines.push(line(what, 'plain JavaScript', wanted, records.map(value)))
  }
  direct('direct, f64', 'C f64, full loop', '≥ 0.7×', 0.7, rows => over(rows['C f64'], rows.f64))
  direct('direct, mixed', 'C f64, full loop', '≥ 1.5×', 1.5, rows => over(rows['C f64'], rows.mixed))
  for (const N of [100_000, 1_000_000]) {
    const name = `N = ${N === 100_000 ? '10⁵' : '10⁶'}`
    for (const [tolerance, peer, limits] of [
      ['tolerance 5e-5', 'FMM3D coarsest', { 20: 0.4, 24: 0.25 }],
      ['tolerance 5e-5', 'FMM3D 1e-3', undefined],
      ['tolerance 1e-6', 'FMM3D 1e-4', { 20: 0.8, 24: 0.45 }],
    ]) {
      const value = record => over(at(record, N)[tolerance], at(record, N)[peer])
      const wanted = limits === undefined ? '–' : `≤ ${limits[20]} (Node 20), ${limits[24]} (Node 24)`
      lines.push(
        line(
          `FMM, ${tolerance.replace('tolerance ', '')}, ${name}`,
          `${peer}`,
          wanted,
          records.map(record =>
            limits === undefined
              ? (value(record)?.toFixed(2) ?? 'not measured')
              : cell(value(record), limits[major(record)] ?? limits[20], false, fixed),
          ),
        ),
      )
    }
  }
  const growth = record => record.growth?.factor
  lines.push(
    line(
      'FMM, 5e-5, 10⁵ → 10⁶',
      'itself',
      '≤ 11×',
      records.map(r => cell(growth(r), 11, false, times)),
    ),
  )
  for (const { N, method } of records[0].threads) {
    const value = record => record.threads.find(entry => entry.N === N)?.speedUp
    lines.push(
      line(
        `two threads, ${method === 'fmm' ? 'FMM' : 'direct'}, N = ${N}`,
        'one thread',
        '≥ 1.8×',
        records.map(r => cell(value(r), 1.8, true, v => `${v.toFixed(2)}×`)),
      ),
    )
  }
  return tableOf(['work', 'against', 'wanted', ...records.map(label)], lines)
}

function directTable(record) {
  const { rows, N } = record.direct
  const base = rows['plain JavaScript']
  const lines = Object.entries(rows).map(([name, timing]) => [
    name,
    `${(base.seconds / timing.seconds).toFixed(2)}×`,
    sci(timing.error),
    `${(100 * timing.spread).toFixed(0)} %`,
  ])
  return `${label(record)}, N = ${N}, kernel (4) with δ = ${record.direct.delta}; rates relative to plain JavaScript.\n\n${tableOf(['contestant', 'rate', 'error', 'spread of rounds'], lines)}`
}

function limitsText(record) {
  const { limits, direct } = record
  if (limits === undefined) return 'No C compiler: the physical limits were not measured.'
  const pairs = (direct.N * (direct.N - 1)) / 2
  const share = (name, limit) => `${((100 * pairs) / direct.rows[name].seconds / limit).toFixed(0)} %`
  // A tile of 256 particles is read once for 256 partners: 3 positions, and 3 forces read and written.
  const bytesPerPair = (9 * 8) / 256
  const traffic = (pairs / direct.rows.f64.seconds) * bytesPerPair
  return [
    `A pair needs a square root and a division, and Newton's third law lets one pair serve both particles. The same core, fed with nothing but independent square roots and divisions in 128-bit vectors (what WebAssembly has), sets the limit: the f64 sum reaches ${share('f64', limits.limit_f64)} of it, the mixed sum ${share('mixed', limits.limit_f32)}.`,
    `Memory is no limit: a tile of 256 particles stays in the first-level cache, and what moves between tiles is ${((100 * traffic) / limits.bandwidth).toFixed(1)} % of the bandwidth that a triad of long vectors reaches on the same core.`,
  ].join(' ')
}

async function forcesSection() {
  const records = recordsOf('forces')
  const full = records.find(record => record.tolerances !== undefined) ?? records[0]
  await exportFigure(forceTimeFigure(full), images, ['png'])
  await exportFigure(forceErrorFigure(full), images, ['png'])
  const size = full.sizes.map(({ N, method, rows }) => [
    N.toLocaleString('en-US'),
    method,
    sci(rows['tolerance 5e-5'].error),
    ratio(rows['tolerance 5e-5'], rows['FMM3D 1e-3']),
    sci(rows['FMM3D 1e-3']?.error),
    ratio(rows['tolerance 5e-5'], rows['REBOUND tree 0.5']),
    sci(rows['REBOUND tree 0.5']?.error),
    ratio(rows['tolerance 1e-6'], rows['FMM3D 1e-4']),
    sci(rows['tolerance 1e-6'].error),
    sci(rows['FMM3D 1e-4']?.error),
  ])
  const head = [
    'N',
    'method at 5e-5',
    'error',
    'time / FMM3D 1e-3',
    'its error',
    'time / REBOUND tree 0.5',
    'its error',
    'at 1e-6: time / FMM3D 1e-4',
    'error',
    'its error',
  ]
  const { machine, peers, date } = full
  return [
    `Measured ${date} on ${machine.cpu}, ${machine.cores} cores, Node ${records.map(r => r.machine.node).join(' and ')}; peers: FMM3D ${peers.fmm3dpy}, REBOUND ${peers.rebound}, NumPy ${peers.numpy}, Python ${peers.python}. One thread each unless said. Medians over interleaved rounds.`,
    '### Targets',
    forceTargets(records),
    '### Direct sum',
    ...records.map(directTable),
    '### The limit of the machine',
    limitsText(full),
    '### Time against N',
    tableOf(head, size),
    '![Time of one force evaluation against N](images/force-time.png)',
    '### Time against error',
    '![Time of one force evaluation against its error](images/force-error.png)',
  ].join('\n\n')
}

function flowSection() {
  const records = recordsOf('flow')
  const { machine, peers, date, table } = records[0]
  const unit = table[0].rows['plain JavaScript'].seconds
  const names = [
    'Psi, one thread',
    'Psi, two threads',
    'Phi',
    'plain JavaScript',
    'REBOUND leapfrog, direct',
    'REBOUND leapfrog, tree 0.5',
  ]
  const rows = table.map(({ N, rows: timings }) => [
    N.toLocaleString('en-US'),
    ...names.map(name => (timings[name] === undefined ? '–' : (timings[name].seconds / unit).toPrecision(2))),
  ])
  return [
    `Measured ${date} on ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; REBOUND ${peers.rebound ?? 'not there'}. Gaussian law, kernel (4) with δ = ${records[0].delta} (REBOUND: no cut-off), leapfrog. Cost of one particle's step, in units of plain JavaScript at N = ${table[0].N}.`,
    tableOf(
      [
        'N',
        'Ψ, one thread',
        'Ψ, two threads',
        'Φ, one thread',
        'plain JavaScript',
        'REBOUND direct',
        'REBOUND tree θ = 0.5',
      ],
      rows,
    ),
  ].join('\n\n')
}

function transportSection() {
  const { machine, date, rows } = recordsOf('transport')[0]
  const names = {
    pot: 'POT `ot.emd`',
    potLazy: 'POT `ot.solve_sample(lazy=True)`',
    potBsp: 'POT `method="bsp"`',
    scipy: 'SciPy `linear_sum_assignment`',
  }
  const label = ({ solver, unfinished, seconds }) =>
    (names[solver] ?? (solver === 'exact' ? 'this, exact' : `this, ${solver}`)) +
    (unfinished ? `, stopped after ${seconds} s` : '')
  const share = value => (value === undefined ? '–' : value.toPrecision(2))
  const lines = rows.map(({ toPot, toScipy, bytes, gap, difference, N, p, ...row }) => [
    N.toLocaleString('en-US'),
    p === 'infinity' ? '∞' : p,
    label(row),
    share(toPot),
    share(toScipy),
    bytes === undefined ? '–' : `${(bytes / 2 ** 20).toFixed(0)} MB`,
    gap === undefined ? '–' : gap.toExponential(1),
    difference === undefined ? '–' : difference.toExponential(1),
  ])
  const head = ['N', 'p', 'solver', 'time / POT', 'time / SciPy', 'peak memory', 'certified gap', 'difference to SciPy']
  return [`Measured ${date} on ${machine.cpu}, Node ${machine.node}.`, tableOf(head, lines)].join('\n\n')
}

const sections = { forces: forcesSection, flow: flowSection, transport: transportSection }
let text = readFileSync(document, 'utf8')
for (const [name, make] of Object.entries(sections)) {
  if (!existsSync(folder) || recordsOf(name).length === 0) {
    print(`no record of ${name}: npm run bench -- ${name} --record`)
    continue
  }
  const marker = new RegExp(`(<!-- begin ${name} -->)[^]*(<!-- end ${name} -->)`)
  if (!marker.test(text)) throw new Error(`docs/performance.md has no markers for ${name}`)
  const content = await make()
  text = text.replace(marker, (_, begin, end) => `${begin}\n\n${content}\n\n${end}`)
}
writeFileSync(document, text)
print('written: docs/performance.md')
