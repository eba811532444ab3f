// The renderer of figures that JupyterLab loads, in a page that has what JupyterLab has: attribute and variables of the
// theme.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium as driver, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axis, COLOR, figure, line } from '../../src/figures/theme/theme.js'
import { chromiumArguments } from '../../src/notebook/pictures/findChromium.js'
import { installLabextension, LABEXTENSION_NAME } from '../../src/notebook/pictures/installLabextension.js'
import { PLOTLY_MIME } from '../../src/notebook/pictures/labextensionEntry.js'
import { plotlyJson } from '../../src/notebook/pictures/plotlyJson.js'
import { chromium, requireOrSkip } from '../support/capabilities.js'
import { contrast, type Look, lookAt } from './figureColours.js'

const able = requireOrSkip('Chromium', chromium !== undefined)
const folder = mkdtempSync(join(tmpdir(), 'mfl-dark-'))
let browser: Browser
let page: Page

const shown = figure({
  id: 'line',
  title: 'A line',
  caption: 'A line.',
  data: [line('y = x', [0, 1], [0, 1], COLOR.blue)],
  layout: { xaxis: axis('x'), yaxis: axis('y'), showlegend: true },
  table: { x: [0, 1] },
  provenance: { seed: 'none' },
})

/** The variables of JupyterLab 4's two themes that count here. */
const THEMES = {
  light: {
    '--jp-layout-color0': '#ffffff',
    '--jp-content-font-color1': 'rgba(0, 0, 0, 0.87)',
    '--jp-border-color2': '#e0e0e0',
  },
  dark: {
    '--jp-layout-color0': '#111111',
    '--jp-content-font-color1': 'rgba(255, 255, 255, 1)',
    '--jp-border-color2': '#616161',
  },
} as const

async function setTheme(theme: keyof typeof THEMES): Promise<void> {
  await page.evaluate(
    ([variables, light]) => {
      for (const [name, value] of Object.entries(variables)) document.body.style.setProperty(name, value)
      document.body.style.background = variables['--jp-layout-color0']
      document.body.dataset.jpThemeLight = String(light)
    },
    [THEMES[theme], theme === 'light'] as const,
  )
  // The observer of the theme runs after this, and Plotly after that.
  await page.waitForFunction(
    ink => {
      const title = document.querySelector('.gtitle')
      return title === null || getComputedStyle(title).fill.replaceAll(' ', '') === ink
    },
    theme === 'light' ? 'rgb(0,0,0)' : 'rgb(255,255,255)',
    { timeout: 60_000 },
  )
}

beforeAll(async () => {
  if (!able) return
  const statics = join(installLabextension({ prefix: folder }), 'static')
  const entry = readdirSync(statics).find(name => name.startsWith('remoteEntry'))!
  browser = await driver.launch({ executablePath: chromium!, args: chromiumArguments() })
  page = await browser.newPage()
  await page.goto(pathToFileURL(join(statics, '..', 'package.json')).href)
  await page.setContent('<!doctype html><meta charset="utf-8"><body></body>')
  await page.addScriptTag({ url: pathToFileURL(join(statics, entry)).href })
  await setTheme('dark')
  await page.evaluate(
    async ([name, mime, plot]) => {
      class Widget {
        node = document.createElement('div')
        addClass(): void {}
        dispose(): void {}
      }
      const scope = window as unknown as { _JUPYTERLAB: Record<string, never> }
      const container = scope._JUPYTERLAB[name] as {
        init(scope: unknown): void
        get(): Promise<() => { default: { rendererFactory: { createRenderer(): Output } }[] }>
      }
      type Output = Widget & { renderModel(model: unknown): Promise<void> }
      container.init({ '@lumino/widgets': { 2: { get: async () => () => ({ Widget }) } } })
      const output = (await container.get())().default[0]!.rendererFactory.createRenderer()
      document.body.append(output.node)
      await output.renderModel({ data: { [mime]: plot } })
    },
    [LABEXTENSION_NAME, PLOTLY_MIME, plotlyJson(shown)] as const,
  )
  await page.locator('.main-svg .gtitle').waitFor()
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe.skipIf(!able)('a figure in JupyterLab', () => {
  const readable = (look: Look): void => {
    expect(look.paper.map(([, , , opacity]) => opacity)).toEqual(look.paper.map(() => 0))
    expect(look.texts.length).toBeGreaterThan(5)
    for (const color of look.texts) expect(contrast(color, look.ground)).toBeGreaterThan(4.5)
    expect(contrast(look.trace, look.ground)).toBeGreaterThan(3)
  }

  it('has the ground and the text of a dark theme, and of a light one when the theme changes, and back', async () => {
    const dark = await lookAt(page.locator('body'))
    expect(dark.ground.slice(0, 3)).toEqual([17, 17, 17])
    readable(dark)
    await setTheme('light')
    const light = await lookAt(page.locator('body'))
    readable(light)
    expect(light.trace).not.toEqual(dark.trace)
    await setTheme('dark')
    expect(await lookAt(page.locator('body'))).toEqual(dark)
  })

  it('drawn as it is stored is a light slab in the dark (control)', async () => {
    await page.evaluate(async plot => {
      const { Plotly } = window as unknown as { Plotly: { react(...args: unknown[]): Promise<unknown> } }
      await Plotly.react(document.querySelector('.js-plotly-plot'), plot.data, plot.layout)
    }, plotlyJson(shown))
    const { paper, texts, ground } = await lookAt(page.locator('body'))
    expect(paper.some(([, , , opacity]) => opacity === 1)).toBe(true)
    expect(texts.some(color => contrast(color, ground) < 2)).toBe(true)
  })
})
