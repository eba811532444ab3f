// Cells that a reader runs in the book, in real Chromium: buttons, outputs, errors, stop and reset; what is loaded and
// what may be.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareOutputs } from '../notebook/compareOutputs.js'
import { verdicts } from '../notebooks/storedOutputs.js'
import { chromium, requireOrSkip } from '../support/capabilities.js'
import { violations } from './axe.js'
import type { BookServer } from './bookServer.js'
import { settledWidth, visit } from './bookVisit.js'
import { type OpenedBook, openedBook } from './openedBook.js'
import { bothOf, outputsOf, runAll } from './runCells.js'

const able = requireOrSkip('Chromium', chromium !== undefined)

let browser: Browser
let plain: BookServer
let isolated: BookServer
let folder: string
let close: OpenedBook['close'] | undefined

beforeAll(async () => {
  if (able) ({ folder, plain, isolated, browser, close } = await openedBook())
})
afterAll(() => close?.())

/** A notebook without long runs. */
const SHORT = '00-start-here'

/** Writes code into a cell and runs it with the keyboard. */
async function enter(page: Page, cell: number, code: string): Promise<void> {
  const field = page.getByLabel(`Code of cell ${cell};`)
  if ((await field.count()) === 0) await page.getByRole('button', { name: `Edit cell ${cell}`, exact: true }).click()
  await field.fill(code)
  await field.press('Control+Enter')
}

const cell = (page: Page, number: number) => page.locator('.cell:not([data-clone])').nth(number - 1)
const ended = (page: Page, number: number, state: 'done' | 'failed') =>
  cell(page, number)
    .and(page.locator(`[data-state=${state}]`))
    .waitFor()

describe.skipIf(!able)('the cells of a page of the book', () => {
  it('show what the notebook stores; before the first press nothing is loaded, and axe finds nothing after the last', async () => {
    const { page, errors, strangers, bytes, close } = await visit(browser, plain.url, `${SHORT}.html`, {
      bypassCSP: true,
    })
    const names = ['run', 'kernel', 'kernel-frame', 'katex', 'compiler', 'parquet'].map(name => `assets/${name}.js`)
    const types = ['assets/typed-editor.js', 'assets/types.js', 'data/types.js']
    expect(names.filter(name => bytes.has(name))).toEqual([])
    expect(await page.locator('iframe').count()).toBe(0)
    const caption = async () => (await cell(page, 2).locator('figcaption').innerText()).split('\n')[0]
    const before = await caption()
    expect(await runAll(page)).toMatch(/^Done/)
    expect([...names.slice(0, 5), ...types].filter(name => bytes.has(name))).toEqual(names.slice(0, 5))
    const { stored, fresh } = await bothOf(page, `${SHORT}.ipynb`)
    expect(compareOutputs(stored, fresh)).toEqual([])
    expect(verdicts(fresh)).toEqual(verdicts(stored))
    expect(await caption()).toBe(before)
    expect(await violations(page, 'all')).toEqual([])
    await page.setViewportSize({ width: 375, height: 812 })
    expect(await settledWidth(page, 375)).toBeLessThanOrEqual(375)
    expect({ errors, strangers }).toEqual({ errors: [], strangers: [] })
    await close()
  })

  it('would be told apart from other outputs (control)', async () => {
    const { page, close } = await visit(browser, plain.url, `${SHORT}.html`)
    await enter(page, 1, "console.log('something else')")
    await ended(page, 1, 'done')
    const { stored, fresh } = await bothOf(page, `${SHORT}.ipynb`)
    expect(compareOutputs(stored, fresh)[0]?.path).toBe('length')
    await close()
  })

  it('are edited by keyboard, keep names, print as the kernel does, draw figures, tell errors with their line', async () => {
    const { page, errors, close } = await visit(browser, plain.url, `${SHORT}.html`)
    const output = (number: number) => cell(page, number).locator('.outputs')
    await enter(page, 1, "import { show, table } from 'mean-field-limit'\nconst x: number[] = [1, 2.5]\nx")
    await ended(page, 1, 'done')
    expect(await output(1).innerText()).toBe('[ 1, 2.5 ]')
    await enter(page, 2, "table({ N: x })\nconsole.error('low')\nconsole.log({ a: { b: [1n] } }, new Float64Array(2))")
    await ended(page, 2, 'done')
    expect(await output(2).locator('table td').allInnerTexts()).toEqual(['1', '2.5'])
    expect(await output(2).locator('.stderr').innerText()).toBe('low')
    expect(await output(2).locator('.stdout').innerText()).toBe('{ a: { b: [ 1n ] } } Float64Array(2) [ 0, 0 ]')
    await enter(page, 3, 'const y: = 1')
    await ended(page, 3, 'failed')
    expect(await output(3).innerText()).toMatch(
      /^CompileError: Type expected\.\ncell \[3\], line 1\n> 1 \| const y: = 1/,
    )
    await enter(page, 3, "const f = () => {\n  throw new RangeError('too much')\n}\n\nf()")
    await ended(page, 3, 'failed')
    expect(await output(3).innerText()).toMatch(
      /^RangeError: too much\ncell \[4\], line 2[\s\S]*called from cell \[4\], line 5/,
    )
    expect(await page.locator('.run-bar [role=status]').innerText()).toMatch(/^Cell 3 failed/)
    const rest = 'await new Promise(resolve => setTimeout(resolve, 1))'
    await enter(
      page,
      3,
      `setTimeout(() => { throw new Error('later') })\nPromise.reject(new Error('unseen'))\n${rest}\n${rest}`,
    )
    await ended(page, 3, 'done')
    // Which of the two is told first is the browser's choice.
    const told = await output(3).locator('.stderr').innerText()
    expect(told).toMatch(/nobody awaited[\s\S]*unseen/)
    expect(told).toMatch(/nobody could catch\nError: later/)
    const data = "[{ type: 'scatter', x: [0, 1], y: x }]"
    await enter(
      page,
      3,
      `show({ id: 'own', caption: 'Two points', data: ${data}, layout: {}, table: {}, provenance: { seed: 1 } })`,
    )
    await output(3).locator('.scatterlayer').waitFor()
    expect(await output(3).locator('figcaption').innerText()).toMatch(/Two points\s+seed 1/)
    expect(await outputsOf(page).then(all => all[2]!.length)).toBe(1)
    expect(errors).toEqual([])
    await close()
  })

  it('are stopped in the middle of a loop, with a word on what is lost, and start anew; reset brings back what was stored', async () => {
    const { page, errors, close } = await visit(browser, plain.url, `${SHORT}.html`)
    const status = page.locator('.run-bar [role=status]')
    const stored = await cell(page, 2).locator('.outputs').innerHTML()
    await enter(page, 1, 'let n = 7')
    await ended(page, 1, 'done')
    await enter(page, 2, "console.log('before')\nwhile (n > 0) {}")
    await cell(page, 2).locator('.stdout').waitFor()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    expect(await status.innerText()).toBe(
      'Stopped in cell 2. What the cell that had run had named is lost; the outputs stay. The next run starts from the first cell.',
    )
    // The name is there again because the cell above runs first.
    await enter(page, 2, 'n')
    await ended(page, 2, 'done')
    expect(await cell(page, 2).locator('.outputs').innerText()).toBe('7')
    await page.getByRole('button', { name: 'Reset' }).click()
    expect(await cell(page, 2).locator('.outputs').innerHTML()).toBe(stored)
    expect(await page.locator('textarea').count()).toBe(0)
    expect(errors).toEqual([])
    await close()
  })

  it('have controls that call their function: by keyboard, in place, the newest value, errors, two at once, prints', async () => {
    const { page, errors, strangers, close } = await visit(browser, plain.url, `${SHORT}.html`, { bypassCSP: true })
    const controls = (n: number) => page.locator('.mfl-interact').nth(n)
    const status = (n: number) => controls(n).getByRole('status')
    const shows = (n: number, text: string | RegExp) => status(n).filter({ hasText: text }).waitFor()
    const curve = (): Promise<number[]> =>
      controls(0)
        .locator('.js-plotly-plot')
        .evaluate(plot => [...(plot as unknown as { data: { y: number[] }[] }).data[0]!.y])
    await enter(
      page,
      1,
      `import { button, checkbox, choice, interact, player, slider } from 'mean-field-limit'
const figure = (y: number[]) => ({
  id: 'test', caption: 'Up to ' + Math.max(...y), table: { y }, provenance: {},
  data: [{ type: 'scatter', y }], layout: { height: 300 },
})
interact(
  { N: slider([100, 300, 1000]), law: choice(['flat', 'steep', 'broken']), up: checkbox(false), again: button('another') },
  ({ N, law, up, again }) => {
    if (law === 'broken') throw new RangeError('of the law')
    return figure([N, law === 'flat' ? N : 2 * N, up ? 1 : 0, again])
  },
)`,
    )
    await ended(page, 1, 'done')
    await page.locator('[data-mfl-state=ready]').waitFor()
    await controls(0).locator('.gtitle, .scatterlayer').first().waitFor()
    expect(await curve()).toEqual([100, 100, 0, 0])
    await controls(0)
      .locator('.js-plotly-plot')
      .evaluate(plot => plot.setAttribute('data-kept', 'yes'))
    await controls(0).getByRole('slider', { name: 'N' }).press('ArrowRight')
    await shows(0, 'Shown: N = 300, law = flat, up = false, another: 0')
    expect(await curve()).toEqual([300, 300, 0, 0])
    expect(await controls(0).locator('figcaption').innerText()).toBe('Up to 300')
    await controls(0).getByRole('combobox', { name: 'law' }).selectOption('steep')
    await controls(0).getByRole('checkbox', { name: 'up' }).check()
    await controls(0).getByRole('button', { name: 'another' }).click()
    await shows(0, 'Shown: N = 300, law = steep, up = true, another: 1')
    expect(await curve()).toEqual([300, 600, 1, 1])
    expect(await controls(0).locator('.js-plotly-plot').getAttribute('data-kept')).toBe('yes')
    await controls(0).getByRole('combobox', { name: 'law' }).selectOption('broken')
    await shows(0, /^An error at N = 300, law = broken/)
    expect(await controls(0).getByRole('alert').innerText()).toMatch(/^RangeError: of the law\ncell \[\d\], line 9\n/)
    expect(await curve()).toEqual([300, 600, 1, 1])
    await controls(0).getByRole('combobox', { name: 'law' }).selectOption('flat')
    await shows(0, /^Shown: N = 300, law = flat/)
    expect(await controls(0).getByRole('alert').count()).toBe(0)
    expect(await violations(page, 'all')).toEqual([])

    await enter(
      page,
      2,
      `let calls = 0
const wait = async ({ k }: { k: number }, { signal }: { signal: AbortSignal }) => {
  calls++
  while (k === 3 && !signal.aborted) await new Promise(r => setTimeout(r, 10))
  signal.throwIfAborted()
  console.log('printed')
  return 'k is ' + k
}
await interact({ k: slider([0, 1, 2, 3]) }, wait)
await interact({ t: player(0, 1, 0.5, { rate: 60 }) }, async ({ t }) => 't is ' + t)`,
    )
    await ended(page, 2, 'done')
    await page.locator('[data-mfl-state=ready]').nth(2).waitFor()
    await controls(1).getByRole('slider').press('End')
    await shows(1, 'The kernel is busy.')
    expect(await page.getByRole('button', { name: 'Stop', exact: true }).isEnabled()).toBe(true)
    await controls(1).getByRole('slider').press('ArrowLeft')
    await shows(1, 'Shown: k = 2')
    expect((await controls(1).innerText()).replace(/\s+/g, ' ')).toContain('printed')
    expect(await controls(1).innerText()).toContain('k is 2')
    await controls(2).getByRole('button', { name: 'play t' }).click()
    await shows(2, 'Shown: t = 1')
    await enter(page, 3, 'calls')
    await ended(page, 3, 'done')
    // At first, at 3, at 2: values between were not asked for.
    expect(await cell(page, 3).locator('.outputs').innerText()).toBe('3')
    expect({ errors, strangers }).toEqual({ errors: [], strangers: [] })
    await close()
  })

  it('have controls that a stop ends, with a word, and another run brings back', async () => {
    const { page, errors, close } = await visit(browser, plain.url, `${SHORT}.html`)
    const code = `import { interact, slider } from 'mean-field-limit'
interact({ loop: slider([0, 1, 2]) }, ({ loop }) => { while (loop === 1) Math.sqrt(loop); return 'loop is ' + loop })`
    await enter(page, 1, code)
    await ended(page, 1, 'done')
    const controls = page.locator('.mfl-interact')
    const status = controls.getByRole('status')
    await page.locator('[data-mfl-state=ready]').waitFor()
    const stop = page.getByRole('button', { name: 'Stop', exact: true })
    expect(await stop.isEnabled()).toBe(false)
    await controls.getByRole('slider').press('ArrowRight')
    await status.filter({ hasText: 'The kernel is busy.' }).waitFor()
    await stop.click()
    await status.filter({ hasText: 'The kernel was restarted: run the cell again.' }).waitFor()
    expect(await controls.getByRole('slider').isDisabled()).toBe(true)
    expect(await stop.isEnabled()).toBe(false)
    expect(await page.locator('.run-bar [role=status]').innerText()).toMatch(
      /^Stopped what a control asked for\. What the cell that had run had named is lost/,
    )
    await enter(page, 1, code)
    await page.locator('[data-mfl-state=ready]').waitFor()
    await controls.getByRole('slider').press('End')
    await status.filter({ hasText: 'Shown: loop = 2' }).waitFor()
    expect(await controls.innerText()).toContain('loop is 2')
    await page.getByRole('button', { name: 'Reset' }).click()
    expect(await controls.count()).toBe(0)
    expect(errors).toEqual([])
    await close()
  })

  it('let a reader on a phone move a slider and see the deviation grow', async () => {
    const phone = {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      deviceScaleFactor: 2,
    } as const
    const { page, errors, close } = await visit(browser, plain.url, `${SHORT}.html`, phone)
    await enter(
      page,
      1,
      `import { coupledFlow, deviationFigure, gaussianLaw, interact, slider } from 'mean-field-limit'
const law = gaussianLaw()
await interact({ T: slider([0.5, 1, 2]) }, async ({ T }) =>
  deviationFigure(await coupledFlow({ law, N: 50, delta: 0.2, T, seed: 1, outputs: 5, steps: 20 })))`,
    )
    await ended(page, 1, 'done')
    await page.locator('[data-mfl-state=ready]').waitFor()
    const largest = (): Promise<number> =>
      page.locator('.mfl-interact .js-plotly-plot').evaluate(plot => {
        const { data } = plot as unknown as { data: { name: string; y: number[] }[] }
        return Math.max(...data.find(({ name }) => name.startsWith('positions'))!.y)
      })
    await page.locator('.mfl-interact .gtitle').waitFor()
    const before = await largest()
    const slider = page.getByRole('slider', { name: 'T' })
    const box = (await slider.boundingBox())!
    expect(box.height).toBeGreaterThan(10)
    await page.touchscreen.tap(box.x + box.width - 6, box.y + box.height / 2)
    await page.getByRole('status').filter({ hasText: 'Shown: T = 2' }).waitFor()
    expect(await largest()).toBeGreaterThan(2 * before)
    expect(await settledWidth(page, 390)).toBeLessThanOrEqual(390)
    if (process.env.MFL_SCREENSHOTS)
      await page.screenshot({ path: join(process.env.MFL_SCREENSHOTS, 'phone-slider.png') })
    expect(errors).toEqual([])
    await close()
  })

  it.each(['file', 'isolated'] as const)('run from %s too', async kind => {
    const base = kind === 'file' ? pathToFileURL(`${folder}/`).href : isolated.url
    const { page, errors, strangers, close } = await visit(browser, base, `${SHORT}.html`)
    await enter(
      page,
      1,
      "import { recordedLedger, cutoffKernel } from 'mean-field-limit'\nrecordedLedger().claims.length > 40",
    )
    await ended(page, 1, 'done')
    expect(await cell(page, 1).locator('.outputs').innerText()).toBe('true')
    expect({ errors, strangers }).toEqual({ errors: [], strangers: [] })
    await close()
  })

  it.each([
    ['cannot ask anybody for anything, whatever is written into them', false],
    ['could if the policy were off (control)', true],
  ])('%s', async (_, bypassCSP) => {
    const { page, close } = await visit(browser, plain.url, `${SHORT}.html`, { bypassCSP })
    // Another port is another host to a policy.
    const asks = [
      [`await fetch('${plain.url}index.html')`, /^Failed to fetch/, /^reached/],
      [`await fetch('${isolated.url}index.html', { mode: 'no-cors' })`, /^Failed to fetch/, /^reached/],
    ] as const
    for (const [ask, refused, heard] of asks) {
      await enter(page, 1, `try { ${ask}; console.log('reached') } catch (error) { console.log(error.message) }`)
      await ended(page, 1, 'done')
      expect.soft(await cell(page, 1).locator('.outputs').innerText(), ask).toMatch(bypassCSP ? heard : refused)
    }
    await close()
  })

  it('load what docs/book.md says', () => {
    const sizes = (name: string, within = 'assets'): readonly [number, number] => {
      const path = join(folder, within, `${name}.js`)
      return [statSync(path).size, gzipSync(readFileSync(path)).length]
    }
    expect(sizes('kernel')[1]).toBeLessThan(515_000)
    expect(sizes('compiler')[1]).toBeLessThan(1_050_000)
    expect(['run', 'kernel-frame', 'katex', 'parquet'].reduce((sum, name) => sum + sizes(name)[1], 0)).toBeLessThan(
      125_000,
    )
    expect(sizes('types', 'data')[1]).toBeLessThan(290_000)
    expect(sizes('types')[1] + sizes('typed-editor')[1]).toBeLessThan(165_000)
  })
})
