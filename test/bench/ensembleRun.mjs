// One grid point of the ensemble benchmark, in a process of its own so that its peak memory is its own.
// argv[2]: {law, N, delta, T, replicates} as JSON; prints one JSON line.
import {
  coupledFlow,
  cutoffKernel,
  evolvingField,
  fluctuationTolerance,
  forceTolerance,
  lawByName,
  planForces,
  randomStream,
} from 'mean-field-limit'

const { law: name, N, delta, T, replicates } = JSON.parse(process.argv[2])
const law = lawByName(name)
const kernel = cutoffKernel({ N, delta })

const measured = async action => {
  const [cpu, start] = [process.cpuUsage(), performance.now()]
  const value = await action()
  const { user, system } = process.cpuUsage(cpu)
  return { cpu: (user + system) / 1e6, wall: (performance.now() - start) / 1000, value }
}

// What a job of an ensemble does with its default quantities: one thread, no second run for the budget, no majorant.
const setting = { law, threads: 1, budget: 'omit', majorant: 'omit', outputs: 10 }
// Compilation is no part of a job: a worker computes thousands in one process.
for (let replica = 0; replica < 3; replica++) {
  for (const few of [64, 600]) await coupledFlow({ ...setting, N: few, delta, T: 0.1, seed: 'warm', replica })
}
const tolerance = Math.min(1e-4, 0.1 * fluctuationTolerance({ N, delta }))
const field = await measured(() => evolvingField({ law, kernel, T, tolerance }))
const before = process.resourceUsage().maxRSS
const runs = []
for (let replica = 0; replica < replicates; replica++) {
  const run = await measured(() => coupledFlow({ ...setting, N, delta, T, seed: 'bench', replica, field: field.value }))
  const { scheme, steps } = run.value.parameters
  runs.push({ cpu: run.cpu, wall: run.wall, scheme, steps })
}
const peak = process.resourceUsage().maxRSS
const Z = law.sample(N, randomStream({ seed: 'bench', law: law.name, N }))
const { method } = planForces(Z, kernel, { tolerance: forceTolerance(N, kernel) })
process.stdout.write(
  `${JSON.stringify({ N, delta, T, method, runs, field: field.cpu, memory: { before: 1024 * before, peak: 1024 * peak } })}\n`,
)
