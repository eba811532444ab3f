// Cells that a reader runs in the book, in real Chromium: buttons, outputs, errors, stop and reset; what is loaded and what may be.
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
    expect(sizes('kernel')[1]).toBeLessThan(500_000)
    expect(sizes('compiler')[1]).toBeLessThan(1_050_000)
    expect(['run', 'kernel-frame', 'katex', 'parquet'].reduce((sum, name) => sum + sizes(name)[1], 0)).toBeLessThan(
      125_000,
    )
    expect(sizes('types', 'data')[1]).toBeLessThan(290_000)
    expect(sizes('types')[1] + sizes('typed-editor')[1]).toBeLessThan(10_000)
  })
})
