// The book in real Firefox, from the packages of the system: figures, steps, search, laboratories, cells that run,
// paper.
import { readdirSync } from 'node:fs'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { labs } from '../../src/book/labs/labs.js'
import { firefox, requireOrSkip } from '../support/capabilities.js'
import { type BookServer, serveFolder } from './bookServer.js'
import { PATIENCE } from './bookVisit.js'
import { builtBook } from './builtBook.js'

const able = requireOrSkip('Firefox', firefox !== undefined)

let browser: Browser
let host: BookServer
let folder: string

beforeAll(async () => {
  if (!able) return
  folder = (await builtBook()).folder
  host = await serveFolder(folder, 'plain')
  browser = await puppeteer.launch({ browser: 'firefox', executablePath: firefox!, headless: true })
})
afterAll(async () => {
  await browser?.close()
  await host?.stop()
})

/** A page of the book, and what went wrong on it. */
async function opened(name: string): Promise<{ readonly page: Page; readonly errors: string[] }> {
  const page = await browser.newPage()
  page.setDefaultTimeout(PATIENCE)
  const errors: string[] = []
  page.on('pageerror', error => {
    // Of a formula that has not arrived whole yet too: the test of all pages counts what is there in the end.
    if (!/Invalid markup: Incorrect number of children/.test(String(error))) errors.push(String(error))
  })
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.setViewport({ width: 1280, height: 900 })
  await page.goto(`${host.url}${name}.html`)
  return { page, errors }
}

const texts = (page: Page, selector: string): Promise<string[]> =>
  page.$$eval(selector, nodes => nodes.map(node => node.textContent ?? ''))

describe.skipIf(!able)('the book in Firefox', () => {
  it('opens every page without an error', async () => {
    const pages = readdirSync(folder).filter(name => /^(?!api-).*\.html$/.test(name))
    expect(pages.length).toBeGreaterThan(25)
    for (const name of pages) {
      const { page, errors } = await opened(name.replace('.html', ''))
      const malformed = await page.evaluate(() => {
        const parts = { 'msub, msup, mfrac, mroot, munder, mover': 2, 'msubsup, munderover': 3 }
        return Object.entries(parts).flatMap(([names, count]) =>
          [...document.querySelectorAll(names)]
            .filter(node => node.childElementCount !== count)
            .map(node => node.outerHTML),
        )
      })
      expect(malformed, name).toEqual([])
      expect(errors, name).toEqual([])
      await page.close()
    }
  })

  it('draws a figure, and lets the text drive one', async () => {
    const { page, errors } = await opened('07-law-of-large-numbers')
    const [first] = await page.$$('figure.plot .plot-button')
    await first!.click()
    await page.waitForSelector('.js-plotly-plot .gtitle')
    expect(await texts(page, '.js-plotly-plot .gtitle')).toEqual(['How rare is a failure of the law of large numbers?'])
    await page.$eval('.step-list > li:nth-child(3)', node => {
      const box = node.closest<HTMLElement>('.steps')!
      const top = Number.parseFloat(box.style.getPropertyValue('--top'))
      const stays = top + box.querySelector<HTMLElement>('.plot-frame')!.offsetHeight
      scrollBy(0, node.getBoundingClientRect().top - stays - 30)
    })
    await page.waitForSelector('.step-list > li:nth-child(3).read')
    expect(await page.$eval('.view-image img', node => node.getAttribute('src'))).toMatch(/view-3\.png$/)
    expect(errors).toEqual([])
    await page.close()
  })

  it('finds a statement by its number, from the keyboard alone', async () => {
    const { page, errors } = await opened('index')
    await page.keyboard.press('/')
    await page.waitForSelector('dialog.search input')
    await page.keyboard.type('Lemma 3.4')
    await page.waitForSelector('dialog.search li a[href="02-the-kernel.html#lemma-34"]')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => location.hash !== '')
    expect(errors).toEqual([])
    await page.close()
  })

  it('computes in a laboratory what Node computes, and again when a slider is moved by keyboard', async () => {
    const setting = { N: 1000, delta: 0.3, profile: 'truncated' }
    const inNode = async (delta: number): Promise<Record<string, number>> => {
      const { quantities } = await labs.kernel!(
        { ...setting, delta },
        {
          ...{ signal: new AbortController().signal, threads: 1 },
          ...{ partial: async () => undefined, stage: () => undefined },
        },
      )
      return Object.fromEntries(quantities.map(({ key, value }) => [key, Number(value)]))
    }
    const { page, errors } = await opened('lab-kernel')
    const onPage = (): Promise<Record<string, number>> =>
      page.$$eval('[data-quantity]', cells =>
        Object.fromEntries(
          cells.map(cell => {
            const { quantity, value } = (cell as HTMLElement).dataset
            return [quantity!, Number(value)]
          }),
        ),
      )
    const agree = (seen: Record<string, number>, known: Record<string, number>): void => {
      expect(Object.keys(seen)).toEqual(Object.keys(known))
      // Firefox has exponentials and sines of its own, right to the last digits.
      for (const [key, value] of Object.entries(known)) {
        if (Number.isFinite(value)) expect(Math.abs(seen[key]! / value - 1)).toBeLessThan(1e-12)
      }
    }
    await page.waitForSelector('[data-state="done"] , [data-state="done"] *')
    const before = await onPage()
    agree(before, await inNode(0.3))
    await page.focus('input[name="delta"]')
    await page.keyboard.press('ArrowRight')
    const changed = (known: string): boolean =>
      document.querySelector('[data-state="done"]') !== null &&
      JSON.stringify([...document.querySelectorAll<HTMLElement>('[data-quantity]')].map(one => one.dataset.value)) !==
        known
    const known = await page.$$eval('[data-quantity]', cells =>
      JSON.stringify(cells.map(one => (one as HTMLElement).dataset.value)),
    )
    await page.waitForFunction(changed, {}, known)
    agree(await onPage(), await inNode(0.31))
    expect(errors).toEqual([])
    await page.close()
  })

  it('runs a cell, shows the error of another, and stops an endless one', async () => {
    const { page, errors } = await opened('00-start-here')
    await page.waitForSelector('.cell-controls button')
    const press = (label: string): Promise<void> =>
      page.$$eval(
        'button',
        (buttons, words) => {
          const one = buttons.find(button => (button.ariaLabel ?? button.textContent)?.trim() === words)
          if (one === undefined) throw new Error(`there is no button ${words}`)
          one.click()
        },
        label,
      )
    /** Writes code into the first cell and runs it; its outputs when it has ended. */
    const run = async (code: string, state: string): Promise<string> => {
      await page.focus('.cell .cm-content')
      await page.keyboard.down('Control')
      await page.keyboard.press('a')
      await page.keyboard.up('Control')
      await page.keyboard.type(code)
      await page.keyboard.down('Control')
      await page.keyboard.press('Enter')
      await page.keyboard.up('Control')
      await page.waitForSelector(`.cell[data-state=${state}]`)
      return page.$eval('.cell .outputs', node => node.textContent ?? '')
    }
    await press('Edit cell 1')
    await page.waitForSelector('.cell .cm-content')
    expect(await run('console.log(6 * 7)', 'done')).toContain('42')
    expect(await run('nothing()', 'failed')).toContain('nothing is not defined')
    await run('for (;;) {}', 'running')
    await press('Stop')
    await page.waitForFunction(() => document.querySelector('.cell[data-state=running]') === null)
    expect(errors).toEqual([])
    await page.close()
  })

  it('prints a page', async () => {
    const { page, errors } = await opened('05-distances')
    const file = Buffer.from(await page.pdf({ format: 'a4' }))
    expect(file.subarray(0, 5).toString()).toBe('%PDF-')
    expect(file.length).toBeGreaterThan(100_000)
    expect(errors).toEqual([])
    await page.close()
  })
})
