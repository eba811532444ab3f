// npm run bench -- interact [--out FILE]
// From the move of a control to its new figure, over the wire of a kernel: beside a cell that draws the same figure,
// and beside the same computation in this process, interleaved.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cutoffKernel, forces, gaussianLaw, randomStream } from 'mean-field-limit'
import { flagsOf, machine, median, print, timedAsync as timed, writeRecord } from './support.mjs'

const { startKernel } = await import('../../dist/notebook/kernel/kernelClient.js')
const { INTERACT_MIME, INTERACT_TARGET } = await import('../../dist/notebook/interact/protocol.js')

const { out } = flagsOf('interact')
const ROUNDS = 21
const N = 1000
const DRAW = `({ delta }: { delta: number }) => {
  const { force } = forces(Z.q, cutoffKernel({ N, delta }))
  const size = Array.from({ length: N }, (_, i) => Math.hypot(force[i]!, force[N + i]!, force[2 * N + i]!))
  const data = [{ type: 'scattergl', mode: 'markers', x: [...Z.q.subarray(0, N)], y: size }]
  return { id: 'forces', title: 'Forces', caption: 'The forces', data, layout: {}, table: { size }, provenance: { seed: 1, delta } }
}`

const folder = mkdtempSync(join(tmpdir(), 'mfl-bench-'))
const kernel = await startKernel({ cwd: folder })
const published = []
kernel.listen(message => published.push(message))

async function cell(code) {
  const content = {
    code,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  }
  const reply = await kernel.request('execute_request', content)
  if (reply.content.status !== 'ok') throw new Error(reply.content.traceback?.join('\n'))
}

try {
  await cell(`import { cutoffKernel, forces, gaussianLaw, interact, randomStream, show, slider } from 'mean-field-limit'
    const N = ${N}
    const Z = gaussianLaw().sample(N, randomStream('bench/interact'))
    const draw = ${DRAW}`)
  await cell('interact({ delta: slider(0, 0.5, 0.01) }, draw)')
  const shown = published.find(({ content }) => content.data?.[INTERACT_MIME] !== undefined).content.data[INTERACT_MIME]
  const comm_id = randomBytes(8).toString('hex')
  await kernel.post('comm_open', {
    comm_id,
    target_name: INTERACT_TARGET,
    data: { view: shown.view, controls: shown.controls },
  })

  /** Until the outputs are here. */
  const moved = seq =>
    new Promise((resolve, reject) => {
      const end = kernel.listen(({ content }) => {
        if (content.comm_id !== comm_id || content.data?.seq !== seq) return
        end()
        if (content.data.kind === 'outputs') resolve()
        else reject(new Error(JSON.stringify(content.data)))
      })
      void kernel.post('comm_msg', {
        comm_id,
        data: { kind: 'state', seq, state: [seq % shown.controls[0].texts.length] },
      })
    })

  const Z = gaussianLaw().sample(N, randomStream('bench/interact'))
  const times = { control: [], cell: [], here: [] }
  for (let round = 1; round <= ROUNDS; round++) {
    const delta = (round % 51) / 100
    times.control.push(await timed(() => moved(round)))
    times.cell.push(await timed(() => cell(`show(draw({ delta: ${delta} }))`)))
    times.here.push(await timed(async () => forces(Z.q, cutoffKernel({ N, delta }))))
  }
  const [control, asCell, here] = [times.control, times.cell, times.here].map(median)
  const record = {
    ...{ N, rounds: ROUNDS, machine: machine() },
    medians: { control, cell: asCell, forces: here },
    ratios: { 'cell / control': asCell / control, 'control / forces': control / here },
  }
  print(`forces of ${N} particles and a figure of them, medians of ${ROUNDS} interleaved rounds`)
  print(`  from the move of a control to its figure   ${(1000 * control).toFixed(1)} ms`)
  print(
    `  a cell that shows the same figure           ${(1000 * asCell).toFixed(1)} ms: ${(asCell / control).toFixed(2)} times as long`,
  )
  print(
    `  the forces alone, in this process           ${(1000 * here).toFixed(2)} ms: a part of ${(here / control).toFixed(2)}`,
  )
  writeRecord(out, record)
} finally {
  await kernel.shutdown()
  rmSync(folder, { recursive: true, force: true })
}
