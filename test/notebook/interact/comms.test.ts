// Controls of cells over the wire: the comms of Jupyter's protocol as a front end speaks them.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { INTERACT_MIME, INTERACT_TARGET, type InteractModel } from '../../../src/notebook/interact/protocol.js'
import { type KernelClient, startKernel } from '../../../src/notebook/kernel/kernelClient.js'
import type { KernelMessage } from '../../../src/notebook/kernel/kernelMessage.js'
import { root } from '../../support/capabilities.js'

type Data = Readonly<Record<string, unknown>>

let kernel: KernelClient
const published: KernelMessage[] = []
const folder = mkdtempSync(join(tmpdir(), 'mfl-comms-'))
/** Written by a function that has begun what never ends. */
const begun = join(folder, 'begun')
beforeAll(async () => {
  kernel = await startKernel({ cwd: join(root, 'notebooks') })
  kernel.listen(message => published.push(message))
  await run(`import { button, checkbox, choice, interact, slider, table } from 'mean-field-limit'`)
})
afterAll(async () => {
  await kernel.shutdown()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs a cell. */
async function run(code: string): Promise<{ status: unknown; bundles: Data[]; text: string }> {
  const outputs: KernelMessage[] = []
  const content = { code, silent: false, store_history: true, user_expressions: {}, stop_on_error: false }
  const reply = await kernel.request('execute_request', content, message => outputs.push(message))
  const of = (type: string) => outputs.filter(({ header }) => header.msg_type === type).map(each => each.content)
  return {
    status: reply.content.status,
    bundles: of('display_data').map(({ data }) => data as Data),
    text: [...of('stream').map(({ text }) => text), ...of('error').flatMap(({ traceback }) => traceback)].join('\n'),
  }
}

/** The controls that a cell shows. */
async function controls(code: string): Promise<InteractModel> {
  const { status, bundles, text } = await run(code)
  expect(status, text).toBe('ok')
  return bundles[0]![INTERACT_MIME] as InteractModel
}

/** A front end's end of a comm. */
function comm(target: string = INTERACT_TARGET) {
  const comm_id = randomBytes(8).toString('hex')
  const of = (type: string) => published.filter(m => m.header.msg_type === type && m.content.comm_id === comm_id)
  return {
    comm_id,
    open: (data: unknown) => kernel.post('comm_open', { comm_id, target_name: target, data }),
    send: (data: unknown) => kernel.post('comm_msg', { comm_id, data }),
    close: () => kernel.post('comm_close', { comm_id, data: {} }),
    answers: () => of('comm_msg').map(({ content }) => content.data as Data),
    closed: () => of('comm_close').map(({ content }) => content.data as Data),
  }
}

/** Controls with their comm, open. */
async function connected(code: string) {
  const { view, controls: shown } = await controls(code)
  const channel = comm()
  await channel.open({ view, controls: shown })
  return channel
}

/** Waits for a condition. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5))
}

const texts = (answer: Data): string[] => (answer.outputs as Data[]).map(output => output['text/plain'] as string)
const last = (list: readonly Data[]): Data => list.at(-1)!

describe('controls of a cell', () => {
  it('show the first values, with the numbers and words that a front end needs', async () => {
    const { bundles } = await run(
      `interact({ N: slider([100, 300]), law: choice(['a', 'b'], { start: 'b' }) }, ({ N, law }) => 'N ' + N.toFixed(1) + law.toUpperCase())`,
    )
    expect(bundles).toHaveLength(1)
    expect(bundles[0]!['text/plain']).toBe('N 100.0B\ncontrols: N = 100, law = b')
    expect(bundles[0]![INTERACT_MIME]).toEqual({
      version: 1,
      view: expect.any(Number),
      controls: [
        { name: 'N', kind: 'slider', label: 'N', texts: ['100', '300'], start: 0 },
        { name: 'law', kind: 'choice', label: 'law', texts: ['a', 'b'], start: 1 },
      ],
      first: 'N 100.0B',
    })
  })

  it('have the types of their values in the callback', async () => {
    const wrong = await run(`interact({ law: choice(['a', 'b']) }, ({ law }) => law === 'c' ? 'c' : 'none')`)
    expect(wrong.status).toBe('error')
    expect(wrong.text).toMatch(/'"a" \| "b"' and '"c"' have no overlap/)
    const absent = await run(`interact({ N: slider([1]) }, ({ M }) => 'x')`)
    expect(absent.text).toMatch(/Property 'M' does not exist/)
  })

  it('call it with the values asked for, and answer with what it shows', async () => {
    const channel = await connected(
      `interact({ N: slider(0, 1, 0.1), on: checkbox(false), again: button('again') }, v => JSON.stringify(v))`,
    )
    expect(channel.answers()).toEqual([{ kind: 'ready', state: [0, 0, 0] }])
    await channel.send({ kind: 'state', seq: 1, state: [3, 1, 7] })
    const answer = last(channel.answers())
    expect(answer).toMatchObject({ kind: 'outputs', seq: 1 })
    expect(texts(answer).map(text => JSON.parse(text))).toEqual([{ N: 0.3, on: true, again: 7 }])
  })

  it('go on at the last values when a page is loaded anew', async () => {
    const { view, controls: shown } = await controls(`interact({ N: slider([1, 2, 3]) }, ({ N }) => 'N ' + N)`)
    const before = comm()
    await before.open({ view, controls: shown })
    await before.send({ kind: 'state', seq: 1, state: [2] })
    const after = comm()
    // Jupyter stores notebooks with sorted keys.
    const sorted = shown.map(control => Object.fromEntries(Object.entries(control).sort()))
    await after.open({ view, controls: sorted })
    expect(after.answers()).toEqual([{ kind: 'ready', state: [2] }])
    await after.send({ kind: 'state', seq: 1, state: [1] })
    expect(texts(last(after.answers()))).toEqual(['N 2'])
  })

  it('take figures without images, tables, and what is printed, in order, and nothing of it goes to the last cell', async () => {
    await run(`import { regularisedKernelsFigure, show, cutoffKernel } from 'mean-field-limit'`)
    const channel = await connected(
      `interact({ N: slider([10, 1000]) }, async ({ N }) => {
        console.log('one'); console.log('two')
        table({ N: [N] })
        await new Promise(r => setTimeout(r, 1))
        return regularisedKernelsFigure([cutoffKernel({ N, delta: 0.25 })], N ** -0.25)
      })`.replace('interact(', 'await interact('),
    )
    await run('1')
    const before = published.length
    await channel.send({ kind: 'state', seq: 1, state: [1] })
    const outputs = last(channel.answers()).outputs as Data[]
    expect(outputs.map(output => Object.keys(output).sort())).toEqual([
      ['text/plain'],
      ['text/html', 'text/plain'],
      ['application/vnd.plotly.v1+json', 'text/plain'],
    ])
    expect(outputs[0]!['text/plain']).toBe('one\ntwo\n')
    const types = published.slice(before).map(({ header }) => header.msg_type)
    expect(types).toEqual(['status', 'comm_msg', 'status'])
  })

  it('say an error of the function in the lines of its cell, and go on', async () => {
    const channel = await connected(
      `interact({ N: slider([1, -1]) }, ({ N }) => {\n  if (N < 0) throw new RangeError('below zero')\n  return 'fine'\n})`,
    )
    await channel.send({ kind: 'state', seq: 1, state: [1] })
    const answer = last(channel.answers())
    expect(answer).toMatchObject({ kind: 'error', seq: 1, ename: 'RangeError', evalue: 'below zero' })
    expect((answer.traceback as string[]).join('\n')).toMatch(/^RangeError: below zero\ncell \[\d+\], line 2\n/)
    await channel.send({ kind: 'state', seq: 2, state: [0] })
    expect(texts(last(channel.answers()))).toEqual(['fine'])
  })

  it('refuse a state that they do not have', async () => {
    const channel = await connected(`interact({ N: slider([1, 2]) }, ({ N }) => 'N ' + N)`)
    for (const [k, state] of [[2], [0.5], [], 'x'].entries()) {
      await channel.send({ kind: 'state', seq: k, state })
      expect(last(channel.answers())).toMatchObject({ kind: 'error', seq: k, evalue: expect.stringMatching(/state/) })
    }
  })

  it('are waited for by the next cell, and wait for the one that runs', async () => {
    const channel = await connected(
      `const order: string[] = []
      await interact({ k: slider([0, 1]) }, async ({ k }) => { await new Promise(r => setTimeout(r, 50)); order.push('control'); return 'x' })`,
    )
    await run('order.length = 0')
    const cell = run(`await new Promise(r => setTimeout(r, 50)); order.push('cell')`)
    const asked = channel.send({ kind: 'state', seq: 1, state: [1] })
    const next = run(`order.push('next'); order.join()`)
    await Promise.all([cell, asked])
    expect((await next).text).toContain('cell,control,next')
  })

  it('leave the kernel busy while another cell runs', async () => {
    const channel = await connected(`interact({ k: slider([0, 1]) }, ({ k }) => 'k ' + k)`)
    const cell = run('await new Promise(r => setTimeout(r, 200))')
    const before = published.length
    await channel.send({ kind: 'newer', seq: 9 })
    await cell
    const states = published.slice(before).filter(({ header }) => header.msg_type === 'status')
    // Of the message, of the cell again, and of the cell when it has ended.
    expect(states.map(({ content }) => content.execution_state).slice(-4)).toEqual(['busy', 'idle', 'busy', 'idle'])
  })

  it('work after a cell that failed, within the time in which tslab drops cells', async () => {
    const channel = await connected(`interact({ k: slider([0, 1]) }, ({ k }) => 'k ' + k)`)
    const content = { code: `throw new Error('x')`, silent: false, stop_on_error: true }
    await kernel.request('execute_request', content)
    await channel.send({ kind: 'state', seq: 1, state: [1] })
    expect(texts(last(channel.answers()))).toEqual(['k 1'])
  })

  it('two at once are answered one after the other, each with its own', async () => {
    const slow = (name: string) =>
      connected(
        `let inside${name} = 0
        await interact({ k: slider([0, 1, 2]) }, async ({ k }) => { together++; await new Promise(r => setTimeout(r, 30)); const n = together--; return '${name}' + k + ' ' + n })`,
      )
    await run('let together = 0')
    const [a, b] = [await slow('a'), await slow('b')]
    await Promise.all([a.send({ kind: 'state', seq: 1, state: [1] }), b.send({ kind: 'state', seq: 1, state: [2] })])
    expect(texts(last(a.answers()))).toEqual(['a1 1'])
    expect(texts(last(b.answers()))).toEqual(['b2 1'])
  })
})

describe('work of a control', () => {
  beforeEach(() => rmSync(begun, { force: true }))

  const waiting = `await interact({ k: slider([0, 1, 2]) }, async ({ k }, { signal }) => {
    if (k === 1) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    return 'k ' + k
  })`

  it('is told when newer values wait, and ends for them', async () => {
    const channel = await connected(waiting)
    const first = channel.send({ kind: 'state', seq: 1, state: [1] })
    await channel.send({ kind: 'newer', seq: 1 })
    await first
    expect(last(channel.answers())).toEqual({ kind: 'stopped', seq: 1, reason: 'newer' })
    await channel.send({ kind: 'state', seq: 2, state: [2] })
    expect(texts(last(channel.answers()))).toEqual(['k 2'])
  })

  it('that does not heed the signal is drawn all the same', async () => {
    const channel = await connected(
      `await interact({ k: slider([0, 1]) }, async ({ k }) => { await new Promise(r => setTimeout(r, 50)); return 'k ' + k })`,
    )
    const first = channel.send({ kind: 'state', seq: 1, state: [1] })
    await channel.send({ kind: 'newer', seq: 1 })
    await first
    expect(texts(last(channel.answers()))).toEqual(['k 1'])
  })

  it('ends when its controls are closed', async () => {
    const channel = await connected(waiting)
    const first = channel.send({ kind: 'state', seq: 1, state: [1] })
    await channel.close()
    await first
    expect((await run('6 * 7')).text).toContain('42')
  })

  it('that awaits is ended by an interrupt', async () => {
    const channel = await connected(`import { writeFileSync } from 'fs'
      await interact({ k: slider([0, 1, 2]) }, async ({ k }, { signal }) => {
        // Well after its first, synchronous steps: at the very end of those Node may drop the signal.
        if (k === 1) setTimeout(() => writeFileSync(${JSON.stringify(begun)}, ''), 100)
        if (k === 1) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        return 'k ' + k
      })`)
    const first = channel.send({ kind: 'state', seq: 1, state: [1] })
    await until(() => existsSync(begun))
    kernel.interrupt()
    await first
    expect(last(channel.answers())).toEqual({ kind: 'stopped', seq: 1, reason: 'interrupt' })
    await channel.send({ kind: 'state', seq: 2, state: [2] })
    expect(texts(last(channel.answers()))).toEqual(['k 2'])
  })

  it('that loops for ever is ended by an interrupt, and prints where it should afterwards', async () => {
    const channel = await connected(
      `import { writeFileSync } from 'fs'
      interact({ k: slider([0, 1, 2]) }, ({ k }) => {
        if (k === 1) writeFileSync(${JSON.stringify(begun)}, '')
        while (k === 1) { Math.sqrt(k) }
        return 'k ' + k
      })`,
    )
    const first = channel.send({ kind: 'state', seq: 1, state: [1] })
    await until(() => existsSync(begun))
    kernel.interrupt()
    await first
    expect(last(channel.answers())).toEqual({ kind: 'stopped', seq: 1, reason: 'interrupt' })
    expect((await run(`console.log('to the cell')`)).text).toBe('to the cell\n')
    await channel.send({ kind: 'state', seq: 2, state: [2] })
    expect(texts(last(channel.answers()))).toEqual(['k 2'])
  })
})

describe('a comm that the kernel does not know', () => {
  it('is closed, whether its cell, its target or itself is unknown', async () => {
    const shown = [{ name: 'k', kind: 'slider', label: 'k', texts: ['0'], start: 0 }]
    const { view } = await controls(`interact({ k: slider([0, 1]) }, ({ k }) => 'k ' + k)`)
    for (const data of [{ view: 12345, controls: shown }, { view, controls: shown }, undefined, null]) {
      const channel = comm()
      await channel.open(data)
      expect(channel.closed(), JSON.stringify(data)).toEqual([{ reason: 'unknown' }])
      expect(channel.answers()).toEqual([])
    }
    const elsewhere = comm('jupyter.widget')
    await elsewhere.open({})
    expect(elsewhere.closed()).toEqual([{ reason: 'unknown' }])
    const never = comm()
    await never.send({ kind: 'state', seq: 1, state: [0] })
    expect(never.closed()).toEqual([{ reason: 'unknown' }])
    await never.close()
    expect((await run('6 * 7')).text).toBe('42\n')
  })

  it('is not among those that are listed', async () => {
    const channel = await connected(`interact({ k: slider([0, 1]) }, ({ k }) => 'k ' + k)`)
    const known = async (target?: string) => {
      const reply = await kernel.request('comm_info_request', target === undefined ? {} : { target_name: target })
      expect(reply.header.msg_type).toBe('comm_info_reply')
      return reply.content.comms as Data
    }
    expect((await known())[channel.comm_id]).toEqual({ target_name: INTERACT_TARGET })
    expect(await known('jupyter.widget')).toEqual({})
    await channel.close()
    expect(await known()).not.toHaveProperty(channel.comm_id)
  })
})

describe('the first values', () => {
  it.each([
    [`interact({}, () => 'x')`, 'controls must have one control at least'],
    [`interact({ N: 3 as any }, () => 'x')`, 'controls.N must be an object made by slider'],
    [`interact({ N: slider([1]) }, 3 as any)`, 'callback must be a function, got 3'],
    [`interact({ N: slider([1]) }, () => 3 as any)`, 'callback must return a figure or a text, got 3'],
    [`interact({ N: slider([1]) }, () => {})`, 'it did neither'],
    [`interact({ N: slider([1]) }, () => { throw new Error('of the callback') })`, 'Error: of the callback'],
    [`await interact({ N: slider([1]) }, async () => { throw new Error('later') })`, 'Error: later'],
  ])('that fail, fail the cell: %s', async (code, message) => {
    const { status, bundles, text } = await run(code)
    expect(status).toBe('error')
    expect(text).toContain(message)
    expect(bundles).toEqual([])
  })
})
