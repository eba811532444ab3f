// How many jobs a second go through the queue when computing them takes no time: what one collector and one server
// carry. With an argument, this file is such a worker: argv[2] is the address.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { queueExecutor } from '../../dist/ensemble/executors/queueExecutor.js'
import { serveQueue } from '../../dist/ensemble/executors/queueWorker.js'
import { print } from './support.mjs'

const SERVERS = ['valkey-server', 'redis-server']

async function freePort() {
  const probe = createServer()
  await new Promise(resolve => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address()
  await new Promise(resolve => probe.close(resolve))
  return port
}

const columns = ['position', 'momentum', 'positionEuclidean', 'momentumEuclidean', 'supPosition', 'supMomentum', 'sup']
const record = replica => ({
  rows: Array.from({ length: 10 }, (_, k) =>
    Object.fromEntries(columns.map((name, c) => [name, Math.sqrt(2 + replica + k + c)])),
  ),
})

/** undefined without a server's program. */
export async function queueThroughput(count) {
  const server = SERVERS.find(name => spawnSync(name, ['--version']).status === 0)
  if (server === undefined) {
    print(`NO QUEUE: neither ${SERVERS.join(' nor ')} is on PATH; its throughput is not measured`)
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'mfl-queue-'))
  const port = await freePort()
  const place = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '']
  const serving = spawn(server, [...place, '--appendonly', 'yes', '--appendfsync', 'everysec'], { stdio: 'ignore' })
  const queue = `redis://127.0.0.1:${port}`
  await new Promise(resolve => setTimeout(resolve, 500))
  const workers = [1, 2].map(() =>
    spawn(process.execPath, [fileURLToPath(import.meta.url), queue], { stdio: 'inherit' }),
  )
  await new Promise(resolve => setTimeout(resolve, 2000))
  const executor = queueExecutor({ queue })
  const jobs = Array.from({ length: count }, (_, replica) => ({
    ...{
      kind: 'coupled',
      version: 1,
      seed: '1',
      law: { name: 'gaussian', parameters: {} },
      N: 100,
      delta: 0.25,
      sigma: 1,
    },
    ...{ alpha: 2, profile: 'truncated', times: [1], quantities: ['deviation'], replica },
  }))
  try {
    const start = performance.now()
    let taken = 0
    await executor.run(jobs, () => {
      taken += 1
    })
    return { server, jobsPerSecond: (1000 * taken) / (performance.now() - start) }
  } finally {
    await executor.close()
    for (const worker of workers) worker.kill('SIGTERM')
    serving.kill('SIGTERM')
    await new Promise(resolve => serving.once('exit', resolve))
    rmSync(folder, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const drain = new AbortController()
  process.once('SIGTERM', () => drain.abort())
  await serveQueue({
    ...{ queue: process.argv[2], threads: 16, drain: drain.signal },
    compute: async job => record(job.replica),
  })
}
