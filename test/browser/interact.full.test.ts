// Controls of cells in the real JupyterLab, moved by keyboard and mouse in Chromium.
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Notebook, type NotebookCell, writeNotebook } from '../../src/notebook/notebookFile.js'
import { jupyter } from '../support/capabilities.js'
import { grader } from '../support/grader.js'
import { able, emptyPage, server } from './jupyterLab.js'
import type { JupyterServer } from './jupyterServer.js'

const KERNELSPEC = { name: 'mean-field-limit', display_name: 'TypeScript — mean-field-limit', language: 'typescript' }

/**
 * The notebook of these tests: one figure whose curve is its values; then two that wait, for ever at their last value.
 */
const CELLS = [
  `import { button, checkbox, choice, interact, player, show, slider, table } from 'mean-field-limit'
const figure = (y: number[]) => ({
  id: 'test', caption: 'A curve.', table: { y }, provenance: {},
  data: [{ type: 'scatter', y }], layout: { height: 200 },
})`,
  `interact(
  { N: slider([100, 300, 1000]), law: choice(['flat', 'steep', 'broken']), up: checkbox(false), again: button('another') },
  ({ N, law, up, again }) => {
    if (law === 'broken') throw new RangeError('of the law')
    return figure([N, law === 'flat' ? N : 2 * N, up ? 1 : 0, again])
  },
)`,
  `const wait = async ({ k }: { k: number }, { signal }: { signal: AbortSignal }) => {
  while (k === 3 && !signal.aborted) await new Promise(r => setTimeout(r, 10))
  signal.throwIfAborted()
  return 'k is ' + k
}
await interact({ k: slider([0, 1, 2, 3]) }, wait)
await interact({ k: slider([0, 1, 2, 3]) }, wait)`,
  `interact({ loop: slider([0, 1, 2]) }, ({ loop }) => { while (loop === 1) Math.sqrt(loop); table({ loop: [loop] }) })`,
  `await interact({ t: player(0, 1, 0.5, { rate: 60 }) }, async ({ t }) => figure([t]))`,
]

function notebook(): Notebook {
  const cells = CELLS.map((source, k): NotebookCell => {
    return { cell_type: 'code', id: `cell${k}`, metadata: {}, source, outputs: [], execution_count: null }
  })
  return { cells, metadata: { kernelspec: KERNELSPEC }, nbformat: 4, nbformat_minor: 5 }
}

const READY = '[data-mfl-state="ready"]'

interface Place {
  readonly place: string
  command(): Promise<string>
  path(name: string): string
  readonly known: readonly string[]
}

/** Where notebooks are read: what serves them, where a notebook is there, and errors that the place has by itself. */
const PLACES: readonly Place[] = [
  {
    place: 'JupyterLab',
    command: async () => jupyter!,
    path: (name: string) => `lab/workspaces/${name}/tree/${name}.ipynb`,
    known: [],
  },
  {
    place: 'Notebook 7',
    command: async () => join(await grader(), 'bin', 'jupyter'),
    path: (name: string) => `notebooks/${name}.ipynb`,
    // 7.6.5 has it with an empty notebook and no extension, JupyterLab has not.
    known: ["Cannot read properties of undefined (reading 'schema')"],
  },
]

describe.skipIf(!able).each(PLACES)('controls in $place', ({ command, path, known }) => {
  let lab: JupyterServer
  let page: Page
  const name = 'controls'
  const complaints: string[] = []

  beforeAll(async () => {
    lab = await server(() => undefined, await command())
    writeNotebook(join(lab.folder, `${name}.ipynb`), notebook())
    page = await emptyPage()
    page.on('pageerror', error => {
      if (!known.includes(error.message)) complaints.push(`${error.message}\n${error.stack}`)
    })
    page.on('console', message => {
      if (message.type() === 'error' && /mfl-|mean-field-limit/.test(message.text())) complaints.push(message.text())
    })
    await page.goto(lab.page(path(name)))
    await page.waitForSelector('.jp-Notebook .jp-CodeCell')
    await runAll()
  })
  afterAll(() => page?.close())

  const menu = async (bar: string, item: string): Promise<void> => {
    await page.click(`.lm-MenuBar-itemLabel:text-is("${bar}")`)
    await page.click(`.lm-Menu-itemLabel:text-is("${item}")`)
  }
  /** Runs all cells, once more if they were sent before the page had its kernel, which loses them. */
  const runAll = async (): Promise<void> => {
    const ready = async () => (await page.locator(READY).count()) === 5
    for (;;) {
      await until(() => lab.idle())
      await menu('Run', 'Run All Cells')
      const end = Date.now() + 20_000
      await until(async () => (await ready()) || (Date.now() > end && (await lab.idle())))
      if (await ready()) return
    }
  }
  /** The n-th controls with their outputs. */
  const controls = (n: number): Locator => page.locator('.mfl-interact').nth(n)
  const status = (n: number): Locator => controls(n).getByRole('status')
  const shows = (n: number, text: string | RegExp) => until(async () => matches(await status(n).textContent(), text))
  const curve = (n: number): Promise<number[]> =>
    controls(n)
      .locator('.js-plotly-plot')
      .evaluate(plot => [...(plot as unknown as { data: { y: number[] }[] }).data[0]!.y])
  const slider = (n: number): Locator => controls(n).getByRole('slider')

  it('show the first figure, and have names and values for who does not see them', async () => {
    expect(await curve(0)).toEqual([100, 100, 0, 0])
    expect(await controls(0).getByRole('slider', { name: 'N' }).getAttribute('aria-valuetext')).toBe('100')
    for (const [role, label] of [
      ['combobox', 'law'],
      ['checkbox', 'up'],
      ['button', 'another'],
    ] as const) {
      expect(await controls(0).getByRole(role, { name: label }).count(), label).toBe(1)
    }
  })

  it('are moved by keys, and the figure follows in place', async () => {
    await controls(0)
      .locator('.js-plotly-plot')
      .evaluate(plot => plot.setAttribute('data-kept', 'yes'))
    await slider(0).focus()
    await page.keyboard.press('ArrowRight')
    await shows(0, 'Shown: N = 300, law = flat, up = false, another: 0')
    expect(await curve(0)).toEqual([300, 300, 0, 0])
    await page.keyboard.press('End')
    await shows(0, /N = 1000/)
    expect(await slider(0).evaluate(node => node === document.activeElement)).toBe(true)
    expect(await slider(0).getAttribute('aria-valuetext')).toBe('1000')
    await controls(0).getByRole('combobox').selectOption('steep')
    await controls(0).getByRole('checkbox').check()
    await controls(0).getByRole('button', { name: 'another' }).click()
    await controls(0).getByRole('button', { name: 'another' }).click()
    await shows(0, 'Shown: N = 1000, law = steep, up = true, another: 2')
    expect(await curve(0)).toEqual([1000, 2000, 1, 2])
    expect(await controls(0).locator('.js-plotly-plot').getAttribute('data-kept')).toBe('yes')
  })

  it('are dragged by the mouse', async () => {
    const box = (await slider(0).boundingBox())!
    await page.mouse.move(box.x + box.width - 4, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + 4, box.y + box.height / 2, { steps: 20 })
    await page.mouse.up()
    await shows(0, /N = 100,/)
    expect((await curve(0))[0]).toBe(100)
  })

  it('show an error of the function beside them, and take it away', async () => {
    await controls(0).getByRole('combobox').selectOption('broken')
    await shows(0, /^An error at N = 100, law = broken/)
    expect(await controls(0).getByRole('alert').textContent()).toMatch(/^RangeError: of the law\ncell \[\d\], line 4\n/)
    expect((await curve(0))[1]).toBe(200)
    await controls(0).getByRole('combobox').selectOption('flat')
    await shows(0, /^Shown: N = 100, law = flat/)
    // What has no text is not shown, so that it has no role.
    expect(await controls(0).getByRole('alert').count()).toBe(0)
  })

  it('two at once: each gets its own answer, and newer values end what they do not need', async () => {
    await slider(1).focus()
    await page.keyboard.press('End')
    await shows(1, 'The kernel is busy.')
    await slider(2).focus()
    await page.keyboard.press('ArrowRight')
    await shows(2, 'The kernel is busy.')
    await slider(1).focus()
    await page.keyboard.press('ArrowLeft')
    await shows(1, 'Shown: k = 2')
    await shows(2, 'Shown: k = 1')
    expect(await controls(1).locator('.jp-RenderedText').textContent()).toBe('k is 2')
    expect(await controls(2).locator('.jp-RenderedText').textContent()).toBe('k is 1')
  })

  it('an interrupt ends a call that loops for ever, and the next one works', async () => {
    await slider(3).focus()
    await page.keyboard.press('ArrowRight')
    await shows(3, 'The kernel is busy.')
    await menu('Kernel', 'Interrupt Kernel')
    await shows(3, 'Interrupted.')
    await slider(3).focus()
    await page.keyboard.press('ArrowRight')
    await shows(3, 'Shown: loop = 2')
    expect(await controls(3).locator('td').textContent()).toBe('2')
  })

  it('a player runs to its end by itself', async () => {
    await controls(4).getByRole('button', { name: 'play t' }).click()
    await shows(4, 'Shown: t = 1')
    expect(await curve(4)).toEqual([1])
    await controls(4).getByRole('button', { name: 'play t' }).waitFor()
  })

  it('keep the first figure in the file', async () => {
    // The focus is in a control: its own keys are arrows and letters, not this one.
    await controls(4).getByRole('button', { name: 'play t' }).focus()
    await page.keyboard.press('Control+s')
    const output = async () =>
      (await lab.notebook(`${name}.ipynb`)).cells[1]!.outputs![0] as { data: object } | undefined
    await until(async () => (await output()) !== undefined)
    expect(Object.keys((await output())!.data).sort()).toEqual([
      'application/vnd.mean-field-limit.interact+json',
      'application/vnd.plotly.v1+json',
      'image/png',
      'text/plain',
    ])
  })

  it('go on where they were when the page is loaded anew', async () => {
    await slider(0).focus()
    await page.keyboard.press('ArrowRight')
    await shows(0, /N = 300/)
    await page.reload()
    await until(async () => (await page.locator(READY).count()) === 5)
    await shows(0, /^Shown: N = 300/)
    expect((await curve(0))[0]).toBe(300)
    await slider(0).focus()
    await page.keyboard.press('ArrowRight')
    await shows(0, /^Shown: N = 1000/)
    expect((await curve(0))[0]).toBe(1000)
  })

  it('say after a restart that the cell must run again, and work when it has', async () => {
    await menu('Kernel', 'Restart Kernel…')
    await page.click('.jp-Dialog button:has-text("Restart")')
    await shows(0, 'The kernel was restarted: run the cell again.')
    expect(await slider(0).isDisabled()).toBe(true)
    expect((await curve(0))[0]).toBe(1000)
    await runAll()
    await slider(0).focus()
    await page.keyboard.press('ArrowRight')
    await shows(0, /^Shown: N = 300/)
    expect((await curve(0))[0]).toBe(300)
  })

  it('complain of nothing', () => expect(complaints).toEqual([]))
})

const matches = (text: string | null, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? text === wanted : wanted.test(text ?? '')

/** Waits for a condition. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(resolve => setTimeout(resolve, 50))
}
