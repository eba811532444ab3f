// npm run bench -- fields [--quick] [--parts LAW,...] [--record | --out FILE]
// What a coupled run gets without an option: for every law of the library, both signs, T = 1, whether its error budget
// is kept and what the mean field has in it. Cases that FILE has already are not run again, so that an interrupted
// table goes on. At the end all cases of FILE are printed as the table of docs/accuracy.md.
import { existsSync } from 'node:fs'
import { closeForcePool, coupledFlow, fieldFor, lawByName, lawNames, system } from 'mean-field-limit'
import { flagsOf, machine, print, readRecord, writeRecord } from './support.mjs'

const { quick, parts, out } = flagsOf('fields')
const SIZES = quick ? [1000] : [1000, 10_000, 100_000]
const DELTAS = quick ? [0.25] : [0.2, 0.25, 0.3]
const T = 1

const processorSeconds = async action => {
  const start = process.cpuUsage()
  const value = await action()
  const { user, system: kernel } = process.cpuUsage(start)
  return { value, seconds: (user + kernel) / 1e6 }
}

const keyOf = ({ law, N, delta, sigma }) => `${law} ${N} ${delta} ${sigma}`
const cases = out !== undefined && existsSync(out) ? readRecord(out).cases : []
const known = new Set(cases.map(keyOf))

for (const N of SIZES) {
  for (const name of parts ?? lawNames) {
    for (const delta of DELTAS) {
      for (const sigma of [1, -1]) {
        const wanted = { law: name, N, delta, sigma }
        if (known.has(keyOf(wanted))) continue
        const options = { law: lawByName(name), N, delta, sigma, T, seed: 1 }
        // The same field is then the run's own: a process computes it once.
        const field = await processorSeconds(() => fieldFor(system(options)))
        const run = await processorSeconds(() => coupledFlow({ ...options, notes: 'hide' }))
        const { budget } = run.value
        cases.push({
          ...wanted,
          solver: field.value.parameters.solver ?? field.value.method,
          fieldSeconds: Number(field.seconds.toPrecision(3)),
          runSeconds: Number(run.seconds.toPrecision(3)),
          fieldError: Number((field.value.error.high / field.value.scale).toPrecision(3)),
          shares: Object.fromEntries(
            ['step', 'force', 'field'].map(part => [part, Number(budget[part].value.toPrecision(3))]),
          ),
          within: budget.within,
        })
        const last = cases.at(-1)
        print(
          `${name}, N = ${N}, delta = ${delta}, sigma = ${sigma}: ${budget.within ? 'kept' : 'EXCEEDED'}, field ${(100 * last.shares.field).toPrecision(2)} %, ` +
            `${last.fieldSeconds} s for the field and ${last.runSeconds} s for the rest`,
        )
        writeRecord(out, { machine: machine(), T, cases })
      }
    }
  }
}
await closeForcePool()

/** From the least to the largest, with two digits. */
const range = (values, unit = '') => {
  const [low, high] = [Math.min(...values), Math.max(...values)].map(x => String(Number(x.toPrecision(2))))
  return low === high ? `${low}${unit}` : `${low} to ${high}${unit}`
}

const rowOf = of => {
  const { law, N, sigma } = of[0]
  const exceeded = of.filter(({ within }) => !within).map(({ delta }) => delta)
  return [
    law,
    sigma,
    `10^${Math.round(Math.log10(N))}`,
    of.map(({ delta }) => delta).join(', '),
    range(
      of.map(({ shares }) => 100 * shares.field),
      ' %',
    ),
    range(of.map(({ fieldSeconds }) => fieldSeconds)),
    range(of.map(({ runSeconds }) => runSeconds)),
    exceeded.length === 0 ? 'kept' : `exceeded at delta = ${exceeded.join(', ')}`,
  ]
}

const groupOf = ({ law, N, sigma }) => `${law} ${String(N).padStart(6, '0')} ${-sigma}`
const groups = [...new Set(cases.map(groupOf))].sort().map(key => cases.filter(found => groupOf(found) === key))
const heads = ['Law', 'sigma', 'N', 'delta', 'Field', 'CPU s, field', 'CPU s, the rest', 'Budget of 2 %']
for (const row of [heads, heads.map(() => '---'), ...groups.map(rowOf)]) print(`| ${row.join(' | ')} |`)
