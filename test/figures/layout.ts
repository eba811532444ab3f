/**
 * Draws figures in one headless Chromium and says which of their texts lie on each other or outside.
 */
import { type Browser, chromium as driver, type Page } from 'playwright-core'
import type { Figure } from '../../src/figures/theme/figure.js'
import { chromiumArguments } from '../../src/notebook/pictures/findChromium.js'
import { plotlyBundle } from '../../src/notebook/pictures/plotlyBundle.js'
import { plotlyJson } from '../../src/notebook/pictures/plotlyJson.js'
import { chromium } from '../support/capabilities.js'

export interface Drawing {
  /** Texts found: a figure without any would have no faults either. */
  readonly texts: number
  readonly faults: readonly string[]
}

export interface Easel {
  /** @param squeezed width of the page that shows the figure, whose own width is then left out as in notebooks */
  draw(figure: Figure, squeezed?: number): Promise<Drawing>
  readonly page: Page
  close(): Promise<void>
}

/** A browser with plotly.js, for many figures. */
export async function easel(): Promise<Easel> {
  const browser: Browser = await driver.launch({ executablePath: chromium!, args: chromiumArguments() })
  const page = await browser.newPage({ viewport: { width: 1400, height: 1400 } })
  await page.setContent('<!doctype html><meta charset="utf-8"><body style="margin:0"><div id="plot"></div></body>')
  await page.addScriptTag({ path: plotlyBundle().path })
  return {
    page,
    close: () => browser.close(),
    draw: (figure, squeezed) => {
      const { data, layout } = plotlyJson(figure)
      const { width, ...flexible } = layout
      const shown = squeezed === undefined ? layout : { ...flexible, autosize: true }
      return page.evaluate(look, {
        data,
        layout: shown,
        width: squeezed ?? Number(width),
        squeezed: squeezed !== undefined,
      })
    },
  }
}

interface Request {
  readonly data: unknown[]
  readonly layout: Record<string, unknown>
  readonly width: number
  readonly squeezed: boolean
}

/** Runs in the page. */
async function look({ data, layout, width, squeezed }: Request): Promise<Drawing> {
  type Api = { newPlot(...args: unknown[]): Promise<unknown>; purge(node: Element): void }
  const { Plotly } = window as unknown as { Plotly: Api }
  const node = document.getElementById('plot')!
  Plotly.purge(node)
  node.replaceChildren()
  node.style.width = squeezed ? `${width}px` : ''
  await Plotly.newPlot(node, data, layout, { staticPlot: true })
  const kinds = {
    title: '.gtitle',
    provenance: '.gtitle-subtitle',
    legend: '.legendtext',
    'title of an axis': '[class^="g-x"][class$="title"] text, [class^="g-y"][class$="title"] text',
    tick: '[class^="x"][class$="tick"] text, [class^="y"][class$="tick"] text',
    note: '.annotation-text-g text',
    'colour bar': '.colorbar text',
    word: '.textpoint text',
    button: '.updatemenu-item-text',
    slider: '.slider-label',
  }
  const boxes: { kind: string; text: string; left: number; right: number; top: number; bottom: number }[] = []
  for (const [kind, selector] of Object.entries(kinds)) {
    for (const element of node.querySelectorAll(selector)) {
      if (kind === 'tick' && element.closest('.colorbar')) continue
      const { left, right, top, bottom, width: wide, height: tall } = element.getBoundingClientRect()
      if (wide === 0 || getComputedStyle(element).opacity === '0') continue
      // A box has room for the highest and the lowest letters of its font, which few texts hold.
      const slack = 0.15 * Number.parseFloat(getComputedStyle(element).fontSize)
      const upright = kind === 'title of an axis' && tall > wide
      const [x, y] = upright ? [slack, 0] : [0, slack]
      const text = element.textContent ?? ''
      boxes.push({ kind, text, left: left + x, right: right - x, top: top + y, bottom: bottom - y })
    }
  }
  const sheet = node.getBoundingClientRect()
  const [edge, foot] = [sheet.left + width, sheet.top + Number(layout.height ?? 450)]
  const faults = boxes
    .filter(
      one => one.left < sheet.left - 1 || one.top < sheet.top - 1 || one.right > edge + 1 || one.bottom > foot + 1,
    )
    .map(({ kind, text }) => `${kind} "${text}" is cut off`)
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(i + 1)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      if (wide > 1 && tall > 1) faults.push(`${a.kind} "${a.text}" on ${b.kind} "${b.text}"`)
    }
  })
  return { texts: boxes.length, faults }
}
