// What every benchmark needs: peers in one Python process, medians over interleaved rounds, a record of the machine.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

export const print = line => process.stdout.write(`${line}\n`)

/** --quick: small sizes; --targets: only those with a target; --parts LIST: only these parts, the rest of
 * a record stays; --out FILE: the record as JSON; --record: the record goes where docs/performance.md is made from. */
export function flagsOf(name) {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean' },
      targets: { type: 'boolean' },
      parts: { type: 'string' },
      record: { type: 'boolean' },
      out: { type: 'string' },
    },
  })
  const major = process.versions.node.split('.')[0]
  const recorded = resolve(import.meta.dirname, '..', '..', 'data', 'bench', `${name}.node${major}.json`)
  return {
    quick: values.quick ?? false,
    targetsOnly: values.targets ?? false,
    parts: values.parts?.split(','),
    out: values.out ?? (values.record ? recorded : undefined),
  }
}

/** A folder for points and forces that peers read and write, gone at the end. */
export function scratchFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'mfl-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/**
 * A Python process that answers one JSON command a line, or undefined without the peers' interpreter.
 * @returns {{ ask(command: object): Promise<object>, end(): void, kill(): void } | undefined}
 */
export function startPeers(script) {
  const python = process.env.MFL_BENCH_PYTHON
  if (python === undefined || !existsSync(python)) {
    print('NO PEERS: MFL_BENCH_PYTHON names no Python with the peers; only what runs in Node is compared')
    return undefined
  }
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    ask: async command => {
      child.stdin.write(`${JSON.stringify(command)}\n`)
      const { value, done } = await answers.next()
      if (done) throw new Error(`the peers' process ended at ${JSON.stringify(command)}`)
      const answer = JSON.parse(value)
      if (answer.error !== undefined) print(`  a peer failed: ${answer.error}`)
      return answer
    },
    end: () => child.stdin.end(),
    /** Without waiting for an answer. */
    kill: () => child.kill('SIGKILL'),
  }
}

/** Compiles a C file into a shared library with the flags of the comparison; undefined without gcc. */
export function compileC(source, folder) {
  const library = join(folder, 'peer.so')
  const flags = ['-O3', '-march=native', '-ffast-math', '-shared', '-fPIC', '-o', library, source, '-lm']
  const { status } = spawnSync('gcc', flags, { stdio: ['ignore', 2, 2] })
  if (status === 0) return library
  print('NO C PEER: gcc is missing or failed')
  return undefined
}

export const median = values => {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

/**
 * Times contestants in rounds, one after the other in each, so that a slow moment of the machine hits all of them.
 * @param {Record<string, () => Promise<number | undefined>>} contestants each runs once and returns its seconds
 * @returns {Promise<Record<string, { seconds: number, spread: number }>>} medians, and (max - min)/median
 */
export async function race(contestants, rounds, warmUps = 1) {
  const times = Object.fromEntries(Object.keys(contestants).map(name => [name, []]))
  for (let round = 0; round < warmUps + rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const seconds = await run()
      // Rounds of warming up: compilation, page faults, threads.
      if (round >= warmUps && seconds !== undefined) times[name].push(seconds)
    }
  }
  const summary = {}
  for (const [name, values] of Object.entries(times)) {
    if (values.length === 0) continue
    const seconds = median(values)
    summary[name] = { seconds, spread: (Math.max(...values) - Math.min(...values)) / seconds }
  }
  return summary
}

export const timed = action => {
  const start = performance.now()
  action()
  return (performance.now() - start) / 1000
}

export const timedAsync = async action => {
  const start = performance.now()
  await action()
  return (performance.now() - start) / 1000
}

/** What the numbers depend on. */
export function machine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    node: process.versions.node,
    v8: process.versions.v8,
    load: Number(loadavg()[0].toFixed(2)),
  }
}

export function writeRecord(path, record) {
  if (path === undefined) return
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(record, null, 1)}\n`)
  print(`written: ${path}`)
}

export const readRecord = path => JSON.parse(readFileSync(path, 'utf8'))
