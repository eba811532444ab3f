// JupyterLab with our kernel and our extension; a notebook of the walkthrough in it is opened by the full tests.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { labs } from '../../src/book/labs/labs.js'
import { labSetting } from '../../src/notebook/laboratory/laboratories.js'
import { type NotebookCell, writeNotebook } from '../../src/notebook/notebookFile.js'
import {
  able,
  CONNECTED,
  drawsEveryFigure,
  emptyPage,
  errors,
  figures,
  fixtures,
  runAll,
  screenshots,
  server,
} from './jupyterLab.js'
import type { JupyterServer } from './jupyterServer.js'

let running: Promise<JupyterServer> | undefined
/** One server for the tests that leave it as it is. */
const shared = (): Promise<JupyterServer> => {
  running ??= server()
  return running
}

describe.skipIf(!able)('in JupyterLab', () => {
  let lab: JupyterServer
  beforeAll(async () => {
    lab = await shared()
  })

  it('a notebook with every kind of output runs, and every figure is drawn', () =>
    drawsEveryFigure(lab, join(fixtures, 'everything.ipynb')))

  it('a notebook that throws is seen to throw', async () => {
    const seen = await runAll(lab, join(fixtures, 'throws.ipynb'))
    expect(errors(seen.notebook).join()).toContain('RangeError: the hypothesis fails')
    expect(seen.plots).toEqual([])
  })

  it('a figure that Plotly can not draw shows the reason in its place', async () => {
    const seen = await runAll(lab, join(fixtures, 'malformed-figure.ipynb'))
    expect(errors(seen.notebook)).toEqual([])
    expect(seen.renderErrors).toEqual([expect.stringMatching(/^The figure could not be drawn: \S/)])
    expect(seen.consoleErrors).toEqual([])
  })
})

/** Runs the first cell again, so often. */
const RERUNS = 25

describe.skipIf(!able)('a laboratory in JupyterLab', () => {
  const state = { N: 50, delta: 0.3, T: 0.5, seed: 7 }
  const sources = [
    `import { lab } from 'mean-field-limit/notebook'\nlab('kernel', { N: 300 })`,
    `lab('two-flows', ${JSON.stringify(state)})`,
    `lab('kernel', { N: 17 })`,
  ]
  let own: JupyterServer
  let page: Page
  const complaints: string[] = []
  const strangers: string[] = []
  let started = 0

  beforeAll(async () => {
    own = await shared()
    const cells = sources.map((source, k): NotebookCell => {
      return { cell_type: 'code', id: `cell${k}`, metadata: {}, source, outputs: [], execution_count: null }
    })
    const kernelspec = { name: 'mean-field-limit', display_name: 'TypeScript', language: 'typescript' }
    writeNotebook(join(own.folder, 'lab.ipynb'), { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 })
    page = await emptyPage()
    page.on('pageerror', error => complaints.push(error.message))
    page.on('console', message => {
      if (message.type() === 'error' && /laborator|mfl-|Content Security/.test(message.text()))
        complaints.push(message.text())
    })
    page.on('worker', () => started++)
    const base = own.page('').split('?')[0]!
    page.on('request', request => {
      if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) strangers.push(request.url())
    })
    await page.goto(own.page('lab/workspaces/laboratory/tree/lab.ipynb'))
    await page.waitForSelector(CONNECTED)
    await menu('Run', 'Run All Cells')
  })
  afterAll(() => page?.close())

  const menu = async (bar: string, ...items: string[]): Promise<void> => {
    await page.click(`.lm-MenuBar-itemLabel:text-is("${bar}")`)
    for (const item of items) await page.click(`.lm-Menu-itemLabel:text-is("${item}")`)
  }
  const workers = (): number => page.workers().filter(worker => /\/lab-worker\.js$/.test(worker.url())).length
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await page.waitForTimeout(20)
  }
  const output = (name: string) => page.frameLocator(`iframe[title="laboratory ${name}"]`)
  const done = (name: string) => output(name).locator('[data-state="done"]').waitFor()
  const numbers = (name: string) =>
    output(name)
      .locator('[data-quantity]')
      .evaluateAll(cells => Object.fromEntries(cells.map(cell => [cell.dataset.quantity!, cell.dataset.value!])))

  /** The same computation in this process. */
  const inNode = async (name: string, given: object) => {
    const { quantities } = await labs[name]!(labSetting(name, given), {
      signal: new AbortController().signal,
      threads: 1,
      partial: async () => undefined,
      stage: () => undefined,
    })
    return Object.fromEntries(quantities.map(({ key, value }) => [key, String(value)]))
  }

  it('computes the bits of Node, in a frame as high as it is, and asks no other host for anything', async () => {
    await done('two-flows')
    await done('kernel')
    expect(await numbers('two-flows')).toEqual(await inNode('two-flows', state))
    expect(await numbers('kernel')).toEqual(await inNode('kernel', { N: 300 }))
    // The control: other numbers of particles have other numbers.
    expect(await numbers('kernel')).not.toEqual(await inNode('kernel', {}))
    expect(
      await output('two-flows')
        .locator('html')
        .evaluate(root => root.scrollHeight - root.clientHeight),
    ).toBe(0)
    expect(strangers).toEqual([])
    expect(workers()).toBe(2)
  })

  it('refuses what its controls do not have, and shows nothing', async () => {
    const cell = page.locator('.jp-CodeCell').nth(2)
    await cell.locator('text=RangeError: N must be one of 10, 30').first().waitFor()
    expect(await cell.locator('iframe').count()).toBe(0)
  })

  it('follows the theme', async () => {
    const look = () =>
      output('kernel')
        .locator('body')
        .evaluate(body => [getComputedStyle(body).backgroundColor, getComputedStyle(body).color])
    /** Of all that is drawn in a chart, from 0 to 255. */
    const brightness = () =>
      output('kernel')
        .locator('canvas')
        .first()
        .evaluate(node => {
          const canvas = node as HTMLCanvasElement
          const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
          const drawn = Array.from({ length: data.length / 4 }, (_, k) => 4 * k).filter(k => data[k + 3] === 255)
          return drawn.reduce((sum, k) => sum + data[k + 1]!, 0) / drawn.length
        })
    const ground = () =>
      page
        .locator('.jp-Notebook')
        .first()
        .evaluate(node => getComputedStyle(node).backgroundColor)
    const [light, drawn] = [await look(), await brightness()]
    expect(light[0]).toBe(await ground())
    await menu('Settings', 'Theme', 'JupyterLab Dark')
    await output('kernel').locator('html[data-scheme="dark"]').waitFor()
    const dark = await look()
    expect(dark[0]).toBe(await ground())
    expect(dark[0]).not.toBe(light[0])
    expect(dark[1]).not.toBe(light[1])
    await expect.poll(brightness).not.toBe(drawn)
    await shot('dark')
    await menu('Settings', 'Theme', 'JupyterLab Light')
    await output('kernel').locator('html[data-scheme="light"]').waitFor()
    expect(await look()).toEqual(light)
    await expect.poll(brightness).toBe(drawn)
    await shot('light')
  })

  it('goes on where its controls were when JupyterLab takes the cell out of its page and puts it back', async () => {
    await output('kernel').locator('input[name="N"]').focus()
    await page.keyboard.press('ArrowLeft')
    await output('kernel').locator('[data-setting*=\'"N":100,\'][data-state="done"]').waitFor()
    const before = started
    await page.locator('iframe[title="laboratory kernel"]').evaluate(frame => frame.parentElement!.append(frame))
    await until(() => started > before)
    await done('kernel')
    expect(await numbers('kernel')).toEqual(await inNode('kernel', { N: 100 }))
    await until(() => workers() === 2)
  })

  it(`keeps one worker for each output when a cell runs ${RERUNS} times more, and none when the notebook is closed`, async () => {
    const before = started
    await page.locator('.jp-CodeCell .jp-InputArea-editor').first().click()
    for (let k = 1; k <= RERUNS; k++) {
      await page.keyboard.press('Control+Enter')
      await until(() => started >= before + k)
    }
    await until(() => workers() <= 2)
    await done('kernel')
    expect(workers()).toBe(2)
    // The control: every run did start a worker of its own.
    expect(started - before).toBe(RERUNS)
    await page.keyboard.press('Control+s')
    await page.locator('.jp-mod-current:not(.jp-mod-dirty) .lm-TabBar-tabLabel:text-is("lab.ipynb")').waitFor()
    await menu('File', 'Close Tab')
    await until(() => workers() === 0)
    const [first] = (await own.notebook('lab.ipynb')).cells[0]!.outputs as unknown as [{ data: object }]
    expect(Object.keys(first.data).sort()).toEqual(['application/vnd.mean-field-limit.lab+json', 'text/plain'])
    expect(complaints).toEqual([])
  })

  const shot = async (name: string): Promise<void> => {
    if (!screenshots) return
    for (const lab of ['kernel', 'two-flows']) {
      await page.locator(`iframe[title="laboratory ${lab}"]`).scrollIntoViewIfNeeded()
      await page.waitForTimeout(500)
      await page.screenshot({ path: join(screenshots, `lab-${lab}-${name}.png`) })
    }
  }
})

describe.skipIf(!able)('in JupyterLab with the extension', () => {
  it('broken, no plot is drawn, which this test notices', async () => {
    const lab = await server(labextension => {
      const statics = join(labextension, 'static')
      const entry = readdirSync(statics).find(name => name.startsWith('remoteEntry'))!
      writeFileSync(join(statics, entry), 'throw new Error("mean-field-limit: broken on purpose")\n')
    })
    const seen = await runAll(lab, join(fixtures, 'figure.ipynb'))
    expect(errors(seen.notebook)).toEqual([])
    expect(figures(seen.notebook)).toBe(1)
    expect(seen.plots).toEqual([])
    expect(seen.consoleErrors.join()).toContain('broken on purpose')
  })
})
