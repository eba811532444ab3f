// Every cell of every notebook, run in the book in real Chromium: the outputs are those that the notebook stores. And
// the editors of cells: what TypeScript offers, finds wrong and says there.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium as driver, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joined, readNotebook } from '../../src/notebook/notebookFile.js'
import { notebookFiles } from '../../src/notebook/notebookFolder.js'
import { chromiumArguments } from '../../src/notebook/pictures/findChromium.js'
import { compareOutputs } from '../notebook/compareOutputs.js'
import { split, verdicts } from '../notebooks/storedOutputs.js'
import { chromium, requireOrSkip, root } from '../support/capabilities.js'
import { violations } from './axe.js'
import { type BookServer, serveFolder } from './bookServer.js'
import { settledWidth, visit } from './bookVisit.js'
import { builtBook } from './builtBook.js'
import { bothOf, runAll } from './runCells.js'

const able = requireOrSkip('Chromium', chromium !== undefined)

let browser: Browser
let host: BookServer
let folder: string

beforeAll(async () => {
  if (!able) return
  folder = (await builtBook()).folder
  host = await serveFolder(folder, 'plain')
  browser = await driver.launch({ executablePath: chromium!, args: chromiumArguments() })
})
afterAll(async () => {
  await browser?.close()
  await host?.stop()
})

describe.skipIf(!able)('the cells of a notebook in the book', () => {
  // Two at a time: each computes on one processor.
  it.concurrent.each(notebookFiles(root))('%s show what the notebook stores', async file => {
    const { page, errors, strangers, close } = await visit(browser, host.url, file.replace('.ipynb', '.html'))
    expect(await runAll(page)).toMatch(/^Done/)
    const { stored, fresh } = await bothOf(page, file)
    // Searches end elsewhere where the browser's exp and sin differ by a bit from those of Node 20.
    expect(split(compareOutputs(stored, fresh), stored).exact).toEqual([])
    expect(verdicts(fresh)).toEqual(verdicts(stored))
    expect({ errors, strangers }).toEqual({ errors: [], strangers: [] })
    await close()
  })
})

/** Opens the editor of a cell and waits for what is said of its types. @returns the field */
async function edited(page: Page, number: number, said: RegExp = /^(no|\d+) error/): Promise<Locator> {
  await page.getByRole('button', { name: `Edit cell ${number}`, exact: true }).click()
  await note(page).filter({ hasText: said }).waitFor()
  return page.getByLabel(`Code of cell ${number};`)
}

const note = (page: Page): Locator => page.locator('.types-note')
const errorsOf = (page: Page): Promise<string[]> => page.locator('.wrong-list button').allInnerTexts()
const underlined = (page: Page): Promise<string[]> => page.locator('.cm-lintRange-error').allInnerTexts()
const textOf = async (field: Locator): Promise<string> => (await field.locator('.cm-line').allTextContents()).join('\n')
/** So long the editor takes no name from a list that has just appeared, in milliseconds. */
const JUST_APPEARED = 75
/** Waits until a key takes a name from the list: not while newer names are asked for. */
async function listed(page: Page): Promise<void> {
  await page.locator('.cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)').waitFor()
  await page.waitForTimeout(2 * JUST_APPEARED)
}

/** Has a cell that imports coupledFlow. */
const FLOWS = '01-vlasov-poisson.html'
const FLOWS_CELL =
  readNotebook(join(root, 'notebooks', FLOWS.replace('.html', '.ipynb')))
    .cells.filter(({ cell_type }) => cell_type === 'code')
    .findIndex(({ source }) => joined(source).startsWith('import { coupledFlow }')) + 1

describe.skipIf(!able)('the editor of a cell in the book', () => {
  it('offers names, and finds a wrong argument at its place, which a right cell does not have', async () => {
    const { page, errors, strangers, bytes, close } = await visit(browser, host.url, FLOWS)
    const field = await edited(page, FLOWS_CELL)
    const before = await textOf(field)
    expect(before).toMatch(/^import \{ coupledFlow \}/)
    expect(await note(page).innerText()).toMatch(/^no errors/)
    expect({ list: await errorsOf(page), marks: await underlined(page) }).toEqual({ list: [], marks: [] })
    // Its worker is the only one: nothing has run, and the library has not been loaded.
    expect(page.workers()).toHaveLength(1)
    expect(bytes.has('assets/kernel.js')).toBe(false)
    await field.press('Control+End')
    await field.pressSequentially('\ncoupledFl')
    const option = page.getByRole('option', { name: /^coupledFlow/ })
    await option.waitFor()
    // Where less is written than was asked about, other names are offered again.
    const others = page.getByRole('option', { name: /^cutoffKernel/ })
    await expect.poll(() => others.count()).toBe(0)
    for (let k = 0; k < 'oupledFl'.length; k++) await field.press('Backspace')
    await field.pressSequentially('u')
    await others.waitFor()
    await field.press('Backspace')
    await field.pressSequentially('oupledFl')
    await expect.poll(() => others.count()).toBe(0)
    await expect.poll(() => option.getAttribute('aria-selected')).toBe('true')
    expect(await field.getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'))
    await listed(page)
    await field.press('Enter')
    expect(await textOf(field)).toBe(`${before}\ncoupledFlow`)
    await field.pressSequentially("({ law, N: 'ten', delta: 0.25 })")
    await note(page).filter({ hasText: '1 error' }).waitFor()
    const line = before.split('\n').length + 1
    // A slow machine checks between two keys as well; what counts is what it says in the end.
    await expect
      .poll(() => errorsOf(page), { timeout: 60_000 })
      .toEqual([
        `Line ${line}, column ${'coupledFlow({ law, '.length + 1}: Type 'string' is not assignable to type 'number'.`,
      ])
    await expect.poll(() => underlined(page), { timeout: 60_000 }).toEqual(['N'])
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    await field.press('F8')
    expect(await page.evaluate(() => document.getSelection()?.toString())).toBe('N')
    await field.press('Control+i')
    const card = page.locator('.type-card')
    await card.locator('.message').waitFor()
    expect(await card.locator('code').innerText()).toMatch(/N: number/)
    await field.press('Escape')
    expect(await card.count()).toBe(0)
    await field.fill(before)
    await note(page)
      .filter({ hasText: /^no errors/ })
      .waitFor()
    expect({ list: await errorsOf(page), marks: await underlined(page) }).toEqual({ list: [], marks: [] })
    await page.getByRole('button', { name: 'Reset' }).click()
    await expect.poll(() => page.workers().length).toBe(0)
    expect(await page.locator('.editor, .types-note, .wrong-list').count()).toBe(0)
    // And again after that, with what the first press has loaded.
    await edited(page, FLOWS_CELL)
    expect({ errors, strangers }).toEqual({ errors: [], strangers: [] })
    await close()
  })

  it('says what a name is where the pointer rests on it, and undoes what it wrote', async () => {
    const { page, close } = await visit(browser, host.url, FLOWS)
    const field = await edited(page, FLOWS_CELL)
    const before = await textOf(field)
    await field.getByText('coupledFlow', { exact: true }).first().hover()
    const card = page.locator('.type-card')
    await card.locator('code').waitFor()
    expect(await card.locator('code').innerText()).toMatch(/coupledFlow\(options: CoupledFlowOptions\)/)
    expect(await card.locator('.sentence').innerText()).toMatch(/^Runs Ψ|^Runs Psi/)
    await field.press('Control+End')
    await field.pressSequentially('\nstars.thresh')
    await page.getByRole('option', { name: /^thresholds/ }).waitFor()
    await listed(page)
    await field.press('Tab')
    expect(await textOf(field)).toBe(`${before}\nstars.thresholds`)
    await field.press('Control+z')
    expect(await textOf(field)).toBe(`${before}\nstars.thresh`)
    await close()
  })

  it.each([
    ['01-vlasov-poisson', 15],
    ['13-your-own', 19],
  ])('finds nothing wrong in the cells of %s', async (name, least) => {
    const { page, errors, close } = await visit(browser, host.url, `${name}.html`)
    for (const folded of await page.locator('details:has(.cell), .cell details').all())
      await folded.evaluate((each: HTMLDetailsElement) => (each.open = true))
    const buttons = await page.getByRole('button', { name: /^Edit cell/ }).all()
    expect(buttons.length).toBeGreaterThanOrEqual(least)
    for (const button of await page.locator('.cell-controls button:nth-child(2)').all()) await button.click()
    await expect.poll(() => note(page).filter({ hasText: /error/ }).count(), { timeout: 600_000 }).toBe(buttons.length)
    expect(await errorsOf(page)).toEqual([])
    // What is wrong in a cell above is found below it (control).
    const first = page.getByLabel('Code of cell 1;')
    await first.fill('')
    await page.locator('.wrong-list button').first().waitFor()
    expect(errors).toEqual([])
    await close()
  })

  it('works from files', async () => {
    const { page, errors, close } = await visit(browser, pathToFileURL(`${folder}/`).href, FLOWS)
    const field = await edited(page, 3)
    await field.press('Control+End')
    await field.pressSequentially('\nlaw.rhoS')
    await page.getByRole('option', { name: /^rhoSup/ }).waitFor()
    expect(errors).toEqual([])
    await close()
  })

  it('is a field without types, which says so, where their files are not to be had', async () => {
    const { page, close } = await visit(browser, host.url, FLOWS)
    await page.route('**/data/types.js', route => route.abort())
    const field = await edited(page, 1, /^without types: data\/types.js could not be loaded$/)
    await field.fill('1 + 1')
    await field.press('Control+Enter')
    await page.locator('.cell[data-state=done]').waitFor()
    expect(await page.locator('.cell[data-state=done] .outputs').innerText()).toBe('2')
    await close()
  })

  it('is accessible with names and with errors, and fits a phone', async () => {
    const { page, close } = await visit(browser, host.url, FLOWS, { bypassCSP: true })
    const field = await edited(page, 3)
    await field.press('Control+End')
    await field.pressSequentially('\nlaw.rhoS')
    await page.getByRole('option').first().waitFor()
    expect(await violations(page, 'all')).toEqual([])
    await field.press('Enter')
    await field.pressSequentially("\nconst wrong = gaussianLaw('ten')")
    await page.locator('.wrong-list button').first().waitFor()
    await field.press('Escape')
    expect(await violations(page, 'all')).toEqual([])
    await page.setViewportSize({ width: 375, height: 812 })
    expect(await settledWidth(page, 375)).toBeLessThanOrEqual(375)
    await close()
  })
})
