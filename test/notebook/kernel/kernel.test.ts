import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KernelClient, startKernel } from '../../../src/notebook/kernel/kernelClient.js'
import type { KernelMessage } from '../../../src/notebook/kernel/kernelMessage.js'
import { root } from '../../support/capabilities.js'
import { processorTime } from '../../support/processorTime.js'

const notebooks = join(root, 'notebooks')

/**
 * Runs a cell and gathers what it printed, and the traceback of an error as if it had been printed too. After a failed
 * cell tslab drops requests for 200 ms, longer where the machine is busy: what it drops is asked again.
 */
async function run(kernel: KernelClient, code: string): Promise<{ status: unknown; stdout: string; stderr: string }> {
  for (;;) {
    const text = { stdout: '', stderr: '' }
    const reply = await kernel.request('execute_request', execution(code), message => gather(text, message))
    if (reply.content.status !== 'aborted') return { status: reply.content.status, ...text }
    await sleep(50)
  }
}

function gather(text: { stdout: string; stderr: string }, { header, content }: KernelMessage): void {
  if (header.msg_type === 'stream') text[content.name as 'stdout' | 'stderr'] += content.text
  if (header.msg_type === 'error') text.stderr += (content.traceback as string[]).join('\n')
}

function execution(code: string) {
  return { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds))
}

/** Where an interrupted cell leaves word that it has begun; the cell before has imported `fs`. */
const BEGUN = join(mkdtempSync(join(tmpdir(), 'mfl-begun-')), 'begun')
const SAY_BEGUN = `fs.writeFileSync(${JSON.stringify(BEGUN)}, '')`

/**
 * Runs a cell, interrupts it `wait` ms after it has begun, and gives the milliseconds of processor time that the kernel
 * takes from the interrupt to the reply: on a machine that serves others too the same takes longer. A cell has begun
 * with its first line, or where it says so itself with {@link SAY_BEGUN}.
 */
async function interrupted(kernel: KernelClient, code: string, wait: number): Promise<number> {
  rmSync(BEGUN, { force: true })
  const running = run(kernel, code.includes(SAY_BEGUN) ? code : `${SAY_BEGUN}\n${code}`)
  let ended = false
  const end = (): void => {
    ended = true
  }
  running.then(end, end)
  while (!existsSync(BEGUN) && !ended) await sleep(10)
  await sleep(wait)
  const start = processorTime(kernel.pid)
  kernel.interrupt()
  const { status, stderr } = await running
  expect(status).toBe('error')
  expect(stderr).not.toContain('nobody awaited')
  return processorTime(kernel.pid) - start
}

/** A folder with another package of this name. */
function decoy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mfl-decoy-'))
  const other = join(folder, 'node_modules', 'mean-field-limit')
  mkdirSync(other, { recursive: true })
  writeFileSync(join(other, 'package.json'), '{"name":"mean-field-limit","main":"index.js","types":"index.d.ts"}')
  writeFileSync(join(other, 'index.js'), 'exports.euclideanNorm = () => -1')
  writeFileSync(join(other, 'index.d.ts'), 'export declare function euclideanNorm(): string')
  return folder
}

describe.each([
  ['in notebooks/', () => notebooks],
  ['in a folder that knows nothing of the package', () => mkdtempSync(join(tmpdir(), 'mfl-elsewhere-'))],
  ['in a folder that has another package of this name', decoy],
])('a kernel started %s', (_, folder) => {
  let kernel: KernelClient
  const cwd = folder()
  beforeAll(async () => {
    kernel = await startKernel({ cwd })
  })
  afterAll(async () => {
    await kernel.shutdown()
    if (cwd !== notebooks) rmSync(cwd, { recursive: true, force: true })
  })

  it('imports the library and runs it', async () => {
    const cell = await run(kernel, `import { euclideanNorm } from 'mean-field-limit'\neuclideanNorm([3, 4, 0])`)
    expect(cell).toEqual({ status: 'ok', stdout: '5\n', stderr: '' })
  })

  it('knows the types: a wrong argument does not compile, a right one does', async () => {
    await run(kernel, `import { randomStream } from 'mean-field-limit'`)
    const wrong = await run(kernel, `const n: string = euclideanNorm([3, 4, 0])`)
    expect(wrong.status).toBe('error')
    expect(wrong.stderr).toMatch(/Type 'number' is not assignable to type 'string'/)
    const right = await run(kernel, `const n: number = euclideanNorm([3, 4, 0])`)
    expect(right).toEqual({ status: 'ok', stdout: '', stderr: '' })
  })

  it('completes names of the library and members of its values', async () => {
    const code = `import { euclid } from 'mean-field-limit'`
    const { content } = await kernel.request('complete_request', { code, cursor_pos: code.indexOf('euclid') + 6 })
    expect(content.matches).toContain('euclideanNorm')
    const member = `formula('1').eva`
    await run(kernel, `import { formula } from 'mean-field-limit'`)
    const reply = await kernel.request('complete_request', { code: member, cursor_pos: member.length })
    expect(reply.content.matches).toEqual(['evaluate'])
  })

  it('finds a variable of an earlier cell in the shorthand { N }, at its present value', async () => {
    await run(kernel, 'let N = 3')
    expect((await run(kernel, '({ N }).N')).stdout).toBe('3\n')
    await run(kernel, 'N = 4')
    expect((await run(kernel, '({ N }).N + N')).stdout).toBe('8\n')
  })

  it('shows signature and documentation on request', async () => {
    const code = `import { euclideanNorm } from 'mean-field-limit'\neuclideanNorm`
    const { content } = await kernel.request('inspect_request', { code, cursor_pos: code.length - 3, detail_level: 0 })
    const text = String((content.data as Record<string, string>)['text/plain'])
    expect(text).toContain('euclideanNorm(')
    expect(text).toContain(': number')
  })
})

describe('an interrupt', () => {
  let kernel: KernelClient
  beforeAll(async () => {
    kernel = await startKernel({ cwd: notebooks })
    await run(
      kernel,
      [
        `import { interruptibleWorker, interruptible, tracked, InterruptedError } from 'mean-field-limit'`,
        `import { Worker } from 'worker_threads'`,
        `import * as fs from 'fs'`,
        // A thread that counts for ever, in memory that the cell can read.
        `const spin = 'const w = require("worker_threads"); w.parentPort.postMessage(1); for (;;) Atomics.add(w.workerData, 0, 1)'`,
        `const beats = new Int32Array(new SharedArrayBuffer(4))`,
        `const options = { eval: true, workerData: beats }`,
        `const ended: string[] = []`,
        `let seen = '', last = -1, rogue: Worker`,
      ].join('\n'),
    )
  })
  afterAll(async () => {
    await kernel.shutdown()
    rmSync(dirname(BEGUN), { recursive: true, force: true })
  })

  const usable = async () => expect((await run(kernel, '1 + 1')).stdout).toBe('2\n')
  /** Whether a thread is counting. */
  const counting = async (): Promise<boolean> => {
    const before = (await run(kernel, 'String(beats[0])')).stdout
    await sleep(200)
    return (await run(kernel, 'String(beats[0])')).stdout !== before
  }

  it('stops an endless synchronous loop within a second', async () => {
    expect(await interrupted(kernel, 'for (;;) {}', 500)).toBeLessThan(1000)
    await usable()
  })

  it('stops awaited work with a registered worker, and the worker, within a second', async () => {
    const cell = [
      `const worker = interruptibleWorker(spin, options)`,
      `worker.on('exit', () => ended.push('registered'))`,
      `await new Promise(r => worker.once('message', r))`,
      `await new Promise(() => {})`,
    ].join('\n')
    expect(await interrupted(kernel, cell, 1500)).toBeLessThan(1000)
    await usable()
    expect((await run(kernel, 'ended.join()')).stdout).toBe('registered\n')
    expect(await counting()).toBe(false)
  })

  it('stops a registered worker also while the cell itself is in a synchronous loop', async () => {
    await run(kernel, `interruptibleWorker(spin, options).on('exit', () => ended.push('second'))`)
    expect(await interrupted(kernel, 'for (;;) {}', 800)).toBeLessThan(1000)
    await sleep(200)
    expect((await run(kernel, 'ended.join()')).stdout).toBe('registered,second\n')
    expect(await counting()).toBe(false)
  })

  it('ends what a long call of the library computes, though the cell gave it no signal', async () => {
    /** Milliseconds of processor time that the kernel uses in 1500 ms of waiting, and what it prints meanwhile. */
    const interruptedIn = async (cell: string): Promise<{ busy: number; stdout: string }> => {
      expect(await interrupted(kernel, cell, 3000)).toBeLessThan(1500)
      await sleep(500)
      const { stdout } = await run(
        kernel,
        'const begun = process.cpuUsage(); await new Promise(r => setTimeout(r, 1500)); console.log("busy", process.cpuUsage(begun).user / 1000)',
      )
      return { busy: Number(/busy ([\d.]+)/.exec(stdout)![1]), stdout }
    }
    await run(kernel, `import { cutoffKernel, evolvingField, gaussianMixtureLaw } from 'mean-field-limit'`)
    const field = `evolvingField({ law: gaussianMixtureLaw(), kernel: cutoffKernel({ N: 1000, delta: 0.3 }), T: 1, tolerance: 1e-4 })`
    const heeded = await interruptedIn(`await ${field}; console.log('late')`)
    expect(heeded.busy).toBeLessThan(500)
    expect(heeded.stdout).not.toContain('late')
    // The control: work that nobody registered goes on, and prints below a later cell.
    const stubborn = `while (wanted) { const turn = Date.now() + 20; while (Date.now() < turn); await new Promise(r => setTimeout(r)) }
      console.log('late')`
    await run(kernel, 'let wanted = true')
    await interrupted(kernel, stubborn, 1000)
    const { stdout } = await run(
      kernel,
      `const before = process.cpuUsage(), gaveUp = Date.now() + 120000
      while (process.cpuUsage(before).user < 7e5 && Date.now() < gaveUp) await new Promise(r => setTimeout(r, 100))
      console.log('busy', process.cpuUsage(before).user / 1000); wanted = false; await new Promise(r => setTimeout(r, 300))`,
    )
    expect(Number(/busy ([\d.]+)/.exec(stdout)![1])).toBeGreaterThanOrEqual(700)
    expect(stdout).toContain('late')
  })

  it('aborts the signal of interruptible work and ends a tracked loop', async () => {
    const cell = [
      // Half of a processor's time, so that a kernel that answers late has worked for long.
      `const beat = setInterval(() => { const end = performance.now() + 10; while (performance.now() < end); }, 10)`,
      `await interruptible(signal => new Promise(() => signal.addEventListener('abort', () => { seen = signal.reason.name })))`,
    ].join('\n')
    expect(await interrupted(kernel, cell, 700)).toBeLessThan(1000)
    await run(kernel, 'clearInterval(beat)')
    expect((await run(kernel, 'seen')).stdout).toMatch(/InterruptedError/)
    const loop = [
      `async function count() {`,
      // The loop is interrupted once it is well on its way, however late that is.
      `  for await (const i of tracked(Array(1000).keys())) { last = i; if (i === 5) ${SAY_BEGUN}; await new Promise(r => setTimeout(r, 20)) }`,
      `}`,
      `await count()`,
    ].join('\n')
    await interrupted(kernel, loop, 100)
    const reached = (await run(kernel, 'last')).stdout
    expect(Number(reached)).toBeGreaterThan(0)
    await sleep(200)
    expect((await run(kernel, 'last')).stdout).toBe(reached)
  })

  it('is heard while work that heeds it is still in its first, synchronous steps', async () => {
    const busyFor = (seconds: number): string => `const end = Date.now() + ${1000 * seconds}; while (Date.now() < end);`
    for (const steps of [busyFor(2), 'for (;;) {}']) {
      await run(kernel, `seen = ''`)
      const cell = `await interruptible(async signal => {
        signal.addEventListener('abort', () => { seen = signal.reason.name })
        ${steps}
        await new Promise(r => setTimeout(r, 10000))
      })`
      expect(await interrupted(kernel, cell, 500)).toBeLessThan(1000)
      await usable()
      expect((await run(kernel, 'seen')).stdout).toMatch(/InterruptedError/)
    }
  })

  it('leaves a worker that is not registered running, so that the tests above could fail', async () => {
    const cell = [
      `rogue = new Worker(spin, options)`,
      `await new Promise(r => rogue.once('message', r))`,
      `await new Promise(() => {})`,
    ].join('\n')
    await interrupted(kernel, cell, 1500)
    expect(await counting()).toBe(true)
    await run(kernel, 'await rogue.terminate()')
    expect(await counting()).toBe(false)
  })
})

describe('what a kernel publishes', () => {
  it('arrives whole and in order, however much of it a cell prints at once', async () => {
    const kernel = await startKernel({ cwd: notebooks })
    try {
      // At once: for 512 messages ZeroMQ would wait with one, refuse the next, and with a queue of 1000 drop what is
      // more.
      const { status, stdout } = await run(kernel, 'for (let i = 0; i < 20000; i++) process.stdout.write(i + "\\n")')
      expect(status).toBe('ok')
      expect(stdout).toBe(Array.from({ length: 20000 }, (_, i) => `${i}\n`).join(''))
    } finally {
      await kernel.shutdown()
    }
  })
})

describe('the launcher', () => {
  it('ends with the process that started it', async () => {
    const { spawn } = await import('node:child_process')
    const folder = mkdtempSync(join(tmpdir(), 'mfl-parent-'))
    // A parent that starts a kernel through the client and is then killed outright.
    writeFileSync(
      join(folder, 'parent.mjs'),
      `const { startKernel } = await import(${JSON.stringify(join(root, 'dist', 'notebook', 'kernel', 'kernelClient.js'))})\n` +
        `const kernel = await startKernel({ cwd: ${JSON.stringify(folder)} })\nconsole.log(kernel.pid)\nsetInterval(() => {}, 1000)\n`,
    )
    const parent = spawn(process.execPath, [join(folder, 'parent.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] })
    const pid = Number(await new Promise(resolve => parent.stdout.once('data', data => resolve(String(data)))))
    const alive = () => {
      try {
        process.kill(pid, 0)
        return true
      } catch {
        return false
      }
    }
    expect(alive()).toBe(true)
    parent.kill('SIGKILL')
    for (let i = 0; i < 3000 && alive(); i++) await sleep(100)
    expect(alive()).toBe(false)
    rmSync(folder, { recursive: true, force: true })
  })
})
