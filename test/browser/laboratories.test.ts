// The live laboratories in real Chromium: the same bits as in Node, by keyboard, from any host and from files.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { labs } from '../../src/book/labs/labs.js'
import type { LabSetting } from '../../src/book/labs/protocol.js'
import { chromium, requireOrSkip } from '../support/capabilities.js'
import type { BookServer } from './bookServer.js'
import { settledWidth, visit } from './bookVisit.js'
import { type OpenedBook, openedBook } from './openedBook.js'

const able = requireOrSkip('Chromium', chromium !== undefined)
const screenshots = process.env.MFL_SCREENSHOTS

let browser: Browser
let plain: BookServer
let isolated: BookServer
let folder: string
let close: OpenedBook['close'] | undefined

beforeAll(async () => {
  if (able) ({ folder, plain, isolated, browser, close } = await openedBook())
})
afterAll(() => close?.())

/** What the controls say when a page opens. */
const DEFAULTS: Readonly<Record<string, LabSetting>> = {
  'two-flows': { N: 300, delta: 0.25, T: 2, sigma: 1, law: 'gaussian', seed: 1 },
  kernel: { N: 1000, delta: 0.3, profile: 'truncated' },
  'large-numbers': { N: 500, delta: 0.25, law: 'uniform-ball', replicates: 20, seed: 1 },
  coupling: { first: 'disc', second: 'ring', n: 100, shift: 1, p: 1, seed: 1 },
}

/** The same computation in this process, its numbers by key. */
async function inNode(lab: string, setting: LabSetting): Promise<Record<string, string>> {
  const { quantities } = await labs[lab]!(setting, {
    signal: new AbortController().signal,
    threads: 1,
    partial: async () => undefined,
    stage: () => undefined,
  })
  return Object.fromEntries(quantities.map(({ key, value }) => [key, String(value)]))
}

/** The numbers of the page, all digits, once the computation has ended. */
async function onPage(page: Page): Promise<Record<string, string>> {
  await page.locator('[data-state="done"]').waitFor()
  return page
    .locator('[data-quantity]')
    .evaluateAll(cells =>
      Object.fromEntries(cells.map(cell => [cell.dataset.quantity as string, cell.dataset.value as string])),
    )
}

/** Moves a slider by one step with the keyboard alone, and waits for the computation that follows. */
async function press(page: Page, slider: string, key: string): Promise<void> {
  await page.locator(`input[name="${slider}"]`).focus()
  // Seen by an observer: a fast computation is over before anyone looks.
  await page.evaluate(() => {
    const states = document.querySelector<HTMLElement>('[data-state]')!
    const began = new Promise<void>(resolve => {
      new MutationObserver(() => resolve()).observe(states, { attributes: true, attributeFilter: ['data-state'] })
    })
    Object.assign(globalThis, { began })
  })
  await page.keyboard.press(key)
  await page.evaluate(() => (globalThis as unknown as { began: Promise<void> }).began)
}

describe.skipIf(!able)('a laboratory', () => {
  it.each(Object.keys(DEFAULTS))('%s computes in the browser what Node computes, to the bit', async lab => {
    const { page, errors, strangers, close } = await visit(browser, plain.url, `lab-${lab}.html`)
    const seen = await onPage(page)
    expect(Object.keys(seen).length).toBeGreaterThan(4)
    expect(seen).toEqual(await inNode(lab, DEFAULTS[lab]!))
    expect({ errors, strangers }).toEqual({ errors: [], strangers: [] })
    if (screenshots) await page.screenshot({ path: join(screenshots, `${lab}.png`), fullPage: true })
    await close()
  })

  it.each([
    ['large-numbers', 'delta', 'ArrowRight', { delta: 0.26 }],
    ['kernel', 'N', 'ArrowLeft', { N: 300 }],
    ['coupling', 'shift', 'ArrowRight', { shift: 1.1 }],
  ] as const)('%s follows its slider %s by keyboard', async (lab, slider, key, change) => {
    const { page, close } = await visit(browser, plain.url, `lab-${lab}.html`)
    const before = await onPage(page)
    await press(page, slider, key)
    const after = await onPage(page)
    expect(after).toEqual(await inNode(lab, { ...DEFAULTS[lab]!, ...change }))
    expect(after).not.toEqual(before)
    await close()
  })

  it('lets a new request end the one before, and stays responsive meanwhile', async () => {
    const { page, close } = await visit(browser, plain.url, 'lab-two-flows.html')
    await onPage(page)
    await page.locator('input[name="N"]').focus()
    await page.keyboard.press('End')
    await page.locator('.lab-status', { hasText: 'moving the particles' }).waitFor()
    // The run takes seconds; a page that computed itself would draw no frame before its end.
    const running = await page.evaluate(
      () =>
        new Promise(resolve =>
          requestAnimationFrame(() => resolve(document.querySelector('[data-state="running"]') !== null)),
        ),
    )
    expect(running).toBe(true)
    await page.keyboard.press('Home')
    await page.locator('[data-state="running"]').waitFor()
    expect(await onPage(page)).toEqual(await inNode('two-flows', { ...DEFAULTS['two-flows']!, N: 50 }))
    await close()
  })

  it.each([
    ['02-the-kernel', 'kernel'],
    ['05-distances', 'coupling'],
  ])('opens on the page of notebook %s when asked to, and not before', async (notebook, lab) => {
    const { page, errors, strangers, bytes, close } = await visit(browser, plain.url, `${notebook}.html`)
    const scripts = (): string[] => [...bytes.keys()].filter(path => /lab/.test(path))
    expect(scripts()).toEqual([])
    expect(await page.locator('[data-quantity]').count()).toBe(0)
    const button = page.getByRole('button', { name: 'Open it here' })
    await button.focus()
    await page.keyboard.press('Enter')
    expect(await onPage(page)).toEqual(await inNode(lab, DEFAULTS[lab]!))
    expect(scripts()).toEqual(expect.arrayContaining(['assets/lab.css', 'assets/lab.js', 'assets/lab-worker.js']))
    if (screenshots) {
      await page.screenshot({ path: join(screenshots, `${notebook}-open.png`), fullPage: false })
    }
    await page.setViewportSize({ width: 375, height: 812 })
    expect(await settledWidth(page, 375)).toBeLessThanOrEqual(375)
    expect({ errors, strangers }).toEqual({ errors: [], strangers: [] })
    await close()
  })

  it('begins as its address says, and refuses what its controls do not have', async () => {
    const { page, close } = await visit(browser, plain.url, 'lab-coupling.html#n=10&p=infinity&first=two+clumps')
    const change = { n: 10, p: 'infinity', first: 'two clumps' }
    expect(await onPage(page)).toEqual(await inNode('coupling', { ...DEFAULTS.coupling!, ...change }))
    await close()
    const refused = await visit(browser, plain.url, 'lab-coupling.html#p=3')
    const words = 'p must be one of 1, 2, 4, "infinity", got 3'
    expect(await refused.page.locator('.laboratory-place [role="alert"]').textContent()).toBe(words)
    await refused.close()
  })

  it('opens from the file system with the same numbers', async () => {
    const { page, errors, close } = await visit(browser, pathToFileURL(`${folder}/`).href, 'lab-coupling.html')
    expect(await onPage(page)).toEqual(await inNode('coupling', DEFAULTS.coupling!))
    expect(errors).toEqual([])
    await close()
  })

  it('uses threads where the page is cross-origin isolated, and finds the same bits', async () => {
    const { page, errors, close } = await visit(browser, isolated.url, 'lab-two-flows.html')
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
    await onPage(page)
    for (let i = 0; i < 5; i++) await press(page, 'N', 'ArrowRight')
    for (let i = 0; i < 6; i++) await press(page, 'T', 'ArrowLeft')
    const seen = await onPage(page)
    const cores = await page.evaluate(() => navigator.hardwareConcurrency)
    if (cores > 1) expect(await page.locator('.lab-status').textContent()).toMatch(/up to \d+ threads/)
    expect(seen).toEqual(await inNode('two-flows', { ...DEFAULTS['two-flows']!, N: 2000, T: 0.5 }))
    expect(errors).toEqual([])
    await close()
  })

  it('weighs less than 585 kB, WebAssembly included', () => {
    const size = ['lab.js', 'lab-worker.js', 'lab.css'].map(name => statSync(join(folder, 'assets', name)).size)
    expect(size.reduce((a, b) => a + b)).toBeLessThan(585_000)
  })
})
