/**
 * A figure at the size of a column, a page or a slide, with fonts, lines and markers that can be read there.
 */
import { requireNumber, requireObject, requireOneOf } from '../../base/errors.js'
import { arrange, type FontSizes, titleY } from './arrange.js'
import { type Figure, requireFigure, type Trace } from './figure.js'
import { STANDARD } from './theme.js'

/** A size on paper or screen. */
export type FigureSizeName = 'column' | 'page' | 'slide'

/** Name of a preset, or CSS pixels (96 to the inch); what is left out follows from the rest. */
export type FigureSize =
  | FigureSizeName
  | {
      readonly width?: number
      readonly height?: number
      /** No letters below this, indices apart; 7.5 by default, enough on paper. */
      readonly least?: number
    }

/** CSS pixels for a point of printers. */
const POINT = 96 / 72

interface Preset {
  readonly width: number
  readonly height?: number | undefined
  readonly fonts: FontSizes
  /** No letters below this, indices apart. */
  readonly least: number
}

/** The smallest letters of a printed figure: 5.6 pt. */
const LEAST_LETTER = 7.5

const inPoints = (title: number, text: number, legend: number, corner: number): FontSizes => ({
  title: title * POINT,
  text: text * POINT,
  legend: legend * POINT,
  corner: corner * POINT,
})

/**
 * The presets, in CSS pixels: `column` is 3.4 in wide with text of 7.5 pt, `page` 6.9 in with 9 pt (both as high as
 * their content asks), `slide` 1280 x 720 (16:9) with no text below 18 pt, indices and three-dimensional axes apart.
 */
const PRESETS: Readonly<Record<FigureSizeName, Preset>> = {
  column: { width: 326, fonts: inPoints(9, 7.5, 7, 6), least: LEAST_LETTER },
  page: { width: 662, fonts: inPoints(12, 9, 8.5, 7), least: LEAST_LETTER },
  slide: { width: 1280, height: 720, fonts: inPoints(24, 18, 18, 18), least: 18 * POINT },
}

/** Width and, where it is fixed, height of each preset, in CSS pixels. */
export const FIGURE_SIZES: Readonly<
  Record<FigureSizeName, { readonly width: number; readonly height?: number | undefined }>
> = PRESETS

/** Narrower, and not even one column of labels and words fits beside the axes. */
const LEAST_WIDTH = 240
const LARGEST = 10_000

/**
 * The figure at a size: texts broken and margins made for it, the legend below, panels one below the other where there
 * is no room beside each other, lines and markers in proportion to the fonts. A still: the controls of an animation are
 * left out.
 * @param figure at its own size
 * @param size a preset, or CSS pixels
 * @throws RangeError for an unknown preset, or a size at which the figure's parts would lie on each other
 * @example figureForSize(figure, 'column').layout.width // 326
 */
export function figureForSize(figure: Figure, size: FigureSize): Figure {
  requireFigure(figure)
  const { width, height, fonts, least } = sheetOf(figure, size)
  const scale = fonts.text / STANDARD.fonts.text
  const { sliders: _, updatemenus: __, ...still } = figure.layout
  const drawing = isDrawing(figure)
  const data = figure.data.map(trace => scaled(trace, scale, least) as Trace)
  const layout = scaled(still, scale, least) as Record<string, unknown>
  const arranged = arrange(data, withDistance(layout, fonts, width), { width, height, fonts })
  if (height !== undefined) requireNumber('height', height, arranged.leastHeight, LARGEST)
  const made = { ...arranged.layout, font: { ...(figure.layout.font as object | undefined), size: fonts.text } }
  const { frames: ___, ...rest } = figure
  const result: Figure = { ...rest, data: arranged.data, layout: made }
  return drawing ? fitDrawing(result, figure, sheetOf(figure, size)) : result
}

/** Scenes seen from further away and with fewer labels: those of three axes do not shrink with the picture. */
function withDistance(layout: Record<string, unknown>, { text }: FontSizes, width: number): Record<string, unknown> {
  // At the size of the text, labels of three-dimensional axes would lie on each other.
  const few = { nticks: 4, tickfont: { size: 0.6 * text } }
  const scenes = Object.entries(layout).filter(([name]) => /^scene\d*$/.test(name))
  const further = scenes.map(([name, value]) => {
    const scene = value as Record<string, object | undefined>
    const axes = ['xaxis', 'yaxis', 'zaxis'].map(axis => [axis, { ...few, ...scene[axis] }])
    return [
      name,
      { ...scene, ...Object.fromEntries(axes), camera: { ...scene.camera, eye: furtherAway(scene.camera, width) } },
    ]
  })
  return { ...layout, ...Object.fromEntries(further) }
}

/**
 * Where a scene is seen from: further than the figure has it, or than Plotly's place, most where the picture is narrow.
 */
function furtherAway(camera: object | undefined, width: number): object {
  const factor = width <= FIGURE_SIZES.page.width ? 1.36 : 1.05
  const { eye = { x: 1.25, y: 1.25, z: 1.1 } } = (camera ?? {}) as { readonly eye?: Readonly<Record<string, number>> }
  return Object.fromEntries(Object.entries(eye).map(([name, value]) => [name, factor * value]))
}

/** Width, perhaps height, and fonts; an explicit width has the fonts between those of the presets. */
function sheetOf(figure: Figure, size: FigureSize): Preset {
  if (typeof size === 'string') return PRESETS[requireOneOf('size', size, Object.keys(PRESETS) as FigureSizeName[])]
  requireObject('size', size)
  const own = (name: 'width' | 'height'): number =>
    typeof figure.layout[name] === 'number' ? (figure.layout[name] as number) : STANDARD[name]
  const width = requireNumber('width', size.width ?? own('width'), LEAST_WIDTH, LARGEST)
  const height = size.height === undefined ? undefined : requireNumber('height', size.height, 1, LARGEST)
  const least = size.least === undefined ? LEAST_LETTER : requireNumber('least', size.least, 1, 100)
  const proper = fontsFor(width, height)
  const fonts = mapFonts(proper, proper, font => Math.max(font, least))
  return { width, ...(height === undefined ? {} : { height }), fonts, least }
}

/** Between the column, the page and the standard size; beyond it in proportion to the size. */
function fontsFor(width: number, height: number | undefined): FontSizes {
  const steps = [PRESETS.column, PRESETS.page, STANDARD]
  if (width >= STANDARD.width) {
    const grown = Math.max(1, Math.min(width / STANDARD.width, (height ?? width) / STANDARD.height))
    return mapFonts(STANDARD.fonts, STANDARD.fonts, size => size * grown)
  }
  const k = width <= FIGURE_SIZES.page.width ? 0 : 1
  const [below, above] = [steps[k]!, steps[k + 1]!]
  const part = Math.max(0, (width - below.width) / (above.width - below.width))
  return mapFonts(below.fonts, above.fonts, (small, large) => small + part * (large - small))
}

function mapFonts(a: FontSizes, b: FontSizes, between: (a: number, b: number) => number): FontSizes {
  const one = (name: keyof FontSizes): number => between(a[name], b[name])
  return { title: one('title'), text: one('text'), legend: one('legend'), corner: one('corner') }
}

/** Attributes that are lengths in pixels and grow with the fonts. */
const LENGTHS = new Set(['width', 'thickness', 'standoff', 'ticklabelstandoff', 'ax', 'ay', 'arrowwidth', 'ticklen'])

/** Fonts, lines, markers and error bars in proportion; fonts never below the smallest of the sheet. */
function scaled(value: unknown, scale: number, least: number, key = ''): unknown {
  if (Array.isArray(value)) {
    // Numbers of data are none of our business; annotations, shapes and colour bars are lists of records.
    return value.some(entry => typeof entry === 'object' && entry !== null && !Array.isArray(entry))
      ? value.map(entry => scaled(entry, scale, least, key))
      : value
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, entry]): [string, unknown] => {
    if (typeof entry === 'number') {
      if (name === 'size' && /font$/i.test(key)) return [name, Math.max(entry * scale, least)]
      if (name === 'size' && key === 'marker') return [name, entry * scale]
      if (LENGTHS.has(name) && key !== '') return [name, entry * scale]
      return [name, entry]
    }
    if (name === 'size' && key === 'marker' && Array.isArray(entry)) return [name, entry.map(x => Number(x) * scale)]
    return [name, scaled(entry, scale, least, name)]
  })
  return Object.fromEntries(entries)
}

/** Whether the figure has no axes to be seen and no scene: words and boxes at places. */
function isDrawing(figure: Figure): boolean {
  const axes = Object.entries(figure.layout).filter(([name]) => /^[xy]axis\d*$/.test(name))
  return axes.length > 0 && axes.every(([, axis]) => (axis as { visible?: boolean }).visible === false)
}

/** Words inside of boxes shrink with them; where they would be too small, the first line of each is kept. */
function fitDrawing(made: Figure, figure: Figure, { width, height, fonts, least }: Preset): Figure {
  const ratio = width / (typeof figure.layout.width === 'number' ? figure.layout.width : STANDARD.width)
  // Boxes with two lines of the smallest letters need more height than the width gives.
  const lines = 0.55 * (least / LEAST_LETTER)
  const tall = height ?? Math.round(Math.max(ratio, lines) * Number(figure.layout.height ?? STANDARD.height))
  const data = figure.data.map((trace, k) => {
    const font = trace.textfont as { size?: number } | undefined
    if (font?.size === undefined || !Array.isArray(trace.text)) return made.data[k]!
    const size = Math.max(font.size * ratio, least)
    const short = font.size * ratio < least
    return {
      ...made.data[k]!,
      textfont: { ...font, size },
      text: short
        ? trace.text.map(text =>
            String(text)
              .split('<br>')[0]!
              .replace(/<\/?b>/g, '')
              .replace(/, |(?<!,) (?!.*, )/, '$&<br>'),
          )
        : trace.text,
    }
  })
  const title = made.layout.title as Record<string, unknown>
  const y = titleY(String(title.text), tall, fonts)
  return { ...made, data, layout: { ...made.layout, height: tall, title: { ...title, y } } }
}
