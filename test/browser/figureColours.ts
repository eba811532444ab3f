/** The colours in which an interactive figure is drawn, as the browser computes them, and their contrast. */
import type { Locator } from 'playwright-core'

/** Red, green, blue in [0, 255] and opacity in [0, 1]. */
export type Rgba = readonly [number, number, number, number]

export interface Look {
  /** Backgrounds of the figure. */
  readonly paper: readonly Rgba[]
  /** Of title, axes, ticks and legend. */
  readonly texts: readonly Rgba[]
  /** Of the first line. */
  readonly trace: Rgba
  /** What is behind the figure. */
  readonly ground: Rgba
}

/** @param place an element with one interactive figure in it */
export function lookAt(place: Locator): Promise<Look> {
  return place.evaluate(element => {
    const rgba = (color: string, opacity: string): [number, number, number, number] => {
      const [r = 0, g = 0, b = 0, a = 1] = (/\(([^)]*)\)/.exec(color)?.[1] ?? '').split(',').map(Number)
      return [r, g, b, a * Number(opacity)]
    }
    const plot = element.querySelector('.js-plotly-plot')!
    const filled = (node: Element): [number, number, number, number] => {
      const { fill, fillOpacity } = getComputedStyle(node)
      return rgba(fill, fillOpacity)
    }
    const texts = plot.querySelectorAll('.gtitle, .xtitle, .ytitle, .xtick text, .ytick text, .legendtext')
    const line = getComputedStyle(plot.querySelector('.scatterlayer .js-line')!)
    let behind: Element | null = plot
    let ground = rgba('', '1')
    while (behind !== null) {
      ground = rgba(getComputedStyle(behind).backgroundColor, '1')
      if (ground[3] > 0) break
      behind = behind.parentElement
    }
    const svg = rgba(getComputedStyle(plot.querySelector('.main-svg')!).backgroundColor, '1')
    return {
      paper: [svg, ...[...plot.querySelectorAll('.bglayer .bg, .legend .bg')].map(filled)],
      texts: [...texts].map(filled),
      trace: rgba(line.stroke, line.strokeOpacity),
      ground: behind === null ? ([255, 255, 255, 1] as const) : ground,
    }
  })
}

/** Contrast by WCAG 2.2, the colour laid over the ground. */
export function contrast(color: Rgba, ground: Rgba): number {
  const [r, g, b, opacity] = color
  const over = [r, g, b].map((value, k) => opacity * value + (1 - opacity) * ground[k]!)
  const luminance = (parts: readonly number[]): number => {
    const [x, y, z] = parts.map(value => {
      const c = value / 255
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
    }) as [number, number, number]
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const [high, low] = [luminance(over), luminance(ground.slice(0, 3))].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}
