// npm run bench -- flow [--quick] [--record | --out FILE]
// Cost of one particle's step of the microscopic flow and of the mean field flow, against N, beside REBOUND's leapfrog.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  closeForcePool,
  cutoffKernel,
  evolvingField,
  gaussianLaw,
  pairAcceleration,
  particleStepper,
  randomStream,
} from 'mean-field-limit'
import { plainForces } from './plainForces.mjs'
import { flagsOf, machine, print, race, scratchFolder, startPeers, timed, timedAsync, writeRecord } from './support.mjs'

const { quick, out } = flagsOf('flow')
const folder = scratchFolder()
const peers = startPeers(join(import.meta.dirname, 'forcesPeers.py'))
const SIZES = quick ? [1000, 10_000] : [1000, 10_000, 100_000, 1_000_000]
const [DELTA, STEP] = [0.25, 0.01]
const law = gaussianLaw()
// One field for all N: what Phi costs does not depend on what it moves in.
const field = await evolvingField({ law, kernel: cutoffKernel({ N: 10_000, delta: DELTA }), T: 1 })

/** Leapfrog with the double loop of plain JavaScript. */
function plainSteps({ N, q, p }, cutoff, steps) {
  const force = new Float64Array(q.length)
  for (let n = 0; n < steps; n++) {
    plainForces(q, N, cutoff, { out: force })
    for (let k = 0; k < q.length; k++) {
      p[k] += STEP * force[k]
      q[k] += STEP * p[k]
    }
  }
}

const table = []
for (const N of SIZES) {
  const kernel = cutoffKernel({ N, delta: DELTA })
  const Z = law.sample(N, randomStream({ seed: 1, law: law.name, N }))
  if (peers !== undefined) {
    const file = join(folder, 'points')
    writeFileSync(file, Z.q)
    writeFileSync(join(folder, 'subset'), Int32Array.of(0))
    await peers.ask({ do: 'load', N, file, subset: join(folder, 'subset') })
  }
  const steps = N >= 1_000_000 ? 2 : N >= 100_000 ? 5 : 20
  const flow = threads => {
    const { acceleration } = pairAcceleration(N, kernel, { threads })
    const stepper = particleStepper(Z, { acceleration, T: 1, steps: Math.round(1 / STEP) })
    return async () => {
      await stepper.start()
      if (stepper.stepIndex + steps > 1 / STEP) return undefined
      return (await timedAsync(() => stepper.advance(steps))) / steps / N
    }
  }
  const mean = () => {
    const acceleration = (t, q, force) => field.force(t, q, force)
    const stepper = particleStepper(Z, { acceleration, T: 1, steps: Math.round(1 / STEP) })
    return async () => (await timedAsync(() => stepper.advance(steps))) / steps / N
  }
  const rebound = gravity => async () => {
    const answer = await peers.ask({ do: 'run', peer: 'rebound_steps', gravity, theta: 0.5, steps, dt: STEP })
    return answer.error === undefined ? answer.seconds / steps / N : undefined
  }
  const rows = await race(
    {
      'Psi, one thread': flow(1),
      'Psi, two threads': flow(2),
      Phi: mean(),
      ...(N > 10_000
        ? {}
        : {
            'plain JavaScript': async () =>
              timed(() => plainSteps({ N, q: Z.q.slice(), p: Z.p.slice() }, kernel.cutoffRadius, 2)) / 2 / N,
          }),
      ...(peers === undefined || N > 10_000 ? {} : { 'REBOUND leapfrog, direct': rebound('basic') }),
      ...(peers === undefined || N > 100_000 ? {} : { 'REBOUND leapfrog, tree 0.5': rebound('tree') }),
    },
    N >= 100_000 ? 2 : 3,
    N >= 1_000_000 ? 0 : 1,
  )
  print(`N = ${N}`)
  for (const [name, { seconds, spread }] of Object.entries(rows)) {
    print(
      `  ${name.padEnd(28)} ${(1e9 * seconds).toFixed(1)} ns a particle and step  (spread ${(100 * spread).toFixed(0)} %)`,
    )
  }
  table.push({ N, rows })
}
const record = {
  benchmark: 'flow',
  quick,
  date: new Date().toISOString().slice(0, 10),
  machine: machine(),
  delta: DELTA,
  table,
}
record.peers = peers === undefined ? {} : await peers.ask({ do: 'versions' })
writeRecord(out, record)
peers?.end()
await closeForcePool()
