/** Chromium drives the real JupyterLab: opens a notebook, runs all of it, and looks at what was drawn. */
// MFL_SCREENSHOTS=DIR keeps the screenshots.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type Browser, chromium as driver, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { installKernelspec } from '../../src/notebook/kernel/installKernelspec.js'
import { joined, type Notebook, readNotebook, writeNotebook } from '../../src/notebook/notebookFile.js'
import { chromiumArguments } from '../../src/notebook/pictures/findChromium.js'
import { installLabextension } from '../../src/notebook/pictures/installLabextension.js'
import { chromium, jupyter, requireOrSkip, root } from '../support/capabilities.js'
import { PATIENCE } from './bookVisit.js'
import { type JupyterServer, startJupyter } from './jupyterServer.js'

export const able: boolean =
  requireOrSkip('JupyterLab', jupyter !== undefined) && requireOrSkip('Chromium', chromium !== undefined)
export const fixtures: string = join(root, 'test', 'notebooks', 'fixtures')
export const screenshots: string | undefined = process.env.MFL_SCREENSHOTS

const PLOTLY = 'application/vnd.plotly.v1+json'

/** What a run in the browser leaves behind. */
interface Seen {
  readonly notebook: Notebook
  /** Number of traces in each plot drawn, from top to bottom. */
  readonly plots: readonly number[]
  readonly renderErrors: readonly string[]
  readonly consoleErrors: readonly string[]
}

let browser: Browser
const cleanup: (() => unknown)[] = []
beforeAll(async () => {
  if (screenshots) mkdirSync(screenshots, { recursive: true })
  if (able) browser = await driver.launch({ executablePath: chromium!, args: chromiumArguments() })
})
afterAll(async () => {
  await browser?.close()
  for (const clean of cleanup.reverse()) await clean()
})

/** A server with a freshly installed kernelspec and labextension; `spoil` may break the latter. */
export async function server(
  spoil: (labextension: string) => void = () => undefined,
  command: string = jupyter!,
): Promise<JupyterServer> {
  const prefix = mkdtempSync(join(tmpdir(), 'mfl-lab-'))
  cleanup.push(() => rmSync(prefix, { recursive: true, force: true }))
  installKernelspec({ prefix })
  spoil(installLabextension({ prefix }))
  const started = await startJupyter(command, prefix)
  cleanup.push(() => started.stop())
  return started
}

/** An empty page of the browser, for tests that look for themselves. */
export async function emptyPage(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1400 } })
  page.setDefaultTimeout(PATIENCE)
  return page
}

/** Copies a notebook without its outputs: what is seen afterwards comes from this run. */
function offer(lab: JupyterServer, path: string): string {
  const notebook = readNotebook(path)
  const cells = notebook.cells.map(cell =>
    cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : cell,
  )
  const name = basename(path)
  writeNotebook(join(lab.folder, name), { ...notebook, cells })
  const images = join(path, '..', 'images')
  if (existsSync(images)) cpSync(images, join(lab.folder, 'images'), { recursive: true })
  return name
}

/** The kernel's state in the status bar; before it is connected, cells sent to it are lost. */
export const CONNECTED = 'text=/\\| Idle$/'

/** Opens, runs all cells from the menu, waits until the kernel is idle, saves, and looks through the page. */
export async function runAll(lab: JupyterServer, path: string): Promise<Seen> {
  const name = offer(lab, path)
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } })
  page.setDefaultTimeout(PATIENCE)
  const consoleErrors: string[] = []
  const ours = /mean-field-limit|mfl-plotly|plotly/i
  page.on('pageerror', error => consoleErrors.push(`${error.message}\n${error.stack}`))
  page.on('console', message => {
    const text = `${message.text()} ${message.location().url}`
    if (message.type() === 'error' && ours.test(text)) consoleErrors.push(text)
  })
  try {
    // A workspace of its own: no tab of an earlier test, whose kernel the status bar would speak of.
    await page.goto(lab.page(`lab/workspaces/${name.replace(/\W/g, '-')}/tree/${name}`))
    await page.waitForSelector(CONNECTED)
    await page.click('.lm-MenuBar-itemLabel:text-is("Run")')
    await page.click('.lm-Menu-itemLabel:text-is("Run All Cells")')
    await settled(lab, page, name)
    const { plots, renderErrors } = await look(page, name)
    return { notebook: await lab.notebook(name), plots, renderErrors, consoleErrors }
  } finally {
    await page.close()
  }
}

/** Waits until all cells have run or one has failed, and the notebook is saved with what came of it. */
async function settled(lab: JupyterServer, page: Page, name: string): Promise<void> {
  const end = performance.now() + 2 * PATIENCE
  while (performance.now() < end) {
    await page.waitForTimeout(500)
    if (!(await lab.idle())) continue
    await page.keyboard.press('Control+s')
    await page.waitForTimeout(500)
    const notebook = await lab.notebook(name)
    if (errors(notebook).length > 0) return
    const left = notebook.cells.filter(
      cell => cell.cell_type === 'code' && joined(cell.source).trim() && !cell.execution_count,
    )
    if (left.length === 0) return
  }
  if (screenshots) await page.screenshot({ path: join(screenshots, `${name}-late.png`) })
  throw new Error(`${name} was not done in time; idle: ${await lab.idle()}`)
}

/** Scrolls through the notebook, as cells out of sight are not in the page, and counts what was drawn. */
async function look(page: Page, name: string): Promise<Pick<Seen, 'plots' | 'renderErrors'>> {
  const plots = new Map<string, number>()
  const renderErrors = new Set<string>()
  const scroller = page.locator('.jp-WindowedPanel-outer').first()
  await scroller.evaluate(element => element.scrollTo(0, 0))
  for (let step = 0; step < 100; step++) {
    await page.waitForTimeout(400)
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.mfl-plotly > div')].every(host =>
        host.querySelector('.main-svg, canvas, .mfl-plotly-error'),
      ),
    )
    if (screenshots) await page.screenshot({ path: join(screenshots, `${name}-${String(step).padStart(2, '0')}.png`) })
    const view = await page.evaluate(() => {
      const drawn = [...document.querySelectorAll('.mfl-plotly .js-plotly-plot')].map(plot => {
        const cell = plot.closest('.jp-Cell')
        const marks = plot.querySelectorAll('.main-svg .trace, .main-svg .hm image, .main-svg .contour, canvas')
        return { cell: cell?.getAttribute('data-windowed-list-index') ?? '', traces: marks.length }
      })
      const failed = [...document.querySelectorAll('.mfl-plotly-error')].map(node => node.textContent ?? '')
      return { drawn, failed }
    })
    for (const { cell, traces } of view.drawn) plots.set(cell, Math.max(traces, plots.get(cell) ?? 0))
    for (const text of view.failed) renderErrors.add(text)
    const atEnd = await scroller.evaluate(element => {
      const before = element.scrollTop
      element.scrollBy(0, element.clientHeight * 0.7)
      return element.scrollTop === before
    })
    if (atEnd) break
  }
  const inOrder = [...plots].sort(([a], [b]) => Number(a) - Number(b)).map(([, traces]) => traces)
  return { plots: inOrder, renderErrors: [...renderErrors] }
}

/** Errors and standard error in the outputs, tagged cells apart. */
export function errors(notebook: Notebook): string[] {
  return notebook.cells.flatMap(cell =>
    cell.metadata.tags?.length
      ? []
      : (cell.outputs ?? []).flatMap(output => {
          if (output.output_type === 'error') return [`${output.ename}: ${output.evalue}`]
          return output.output_type === 'stream' && output.name === 'stderr' ? [joined(output.text)] : []
        }),
  )
}

export const figures = (notebook: Notebook): number =>
  notebook.cells.flatMap(cell => cell.outputs ?? []).filter(output => 'data' in output && PLOTLY in output.data).length

/** Runs a notebook without the cells that raise on purpose, which would stop "Run All", and demands every figure. */
export async function drawsEveryFigure(lab: JupyterServer, path: string): Promise<void> {
  const quiet = join(lab.folder, '..', basename(path))
  const notebook = readNotebook(path)
  writeNotebook(quiet, {
    ...notebook,
    cells: notebook.cells.filter(cell => !cell.metadata.tags?.includes('raises-exception')),
  })
  const seen = await runAll(lab, quiet)
  expect(errors(seen.notebook)).toEqual([])
  expect(seen.consoleErrors).toEqual([])
  expect(seen.renderErrors).toEqual([])
  expect(figures(seen.notebook)).toBeGreaterThan(0)
  expect(seen.plots).toHaveLength(figures(seen.notebook))
  for (const traces of seen.plots) expect(traces).toBeGreaterThan(0)
}
