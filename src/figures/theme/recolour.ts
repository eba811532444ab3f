/**
 * A figure in the colours of the page that shows it. The renderers of JupyterLab and of the book do it each time the
 * page's scheme changes; what is stored stays as it is.
 */
import type { Palette } from './theme.js'

/** What is coloured. */
export interface Plot {
  readonly data: readonly unknown[]
  readonly layout: Readonly<Record<string, unknown>>
}

/**
 * Traces and layout with the colours of one palette in place of those of another, on a transparent ground. Colours that
 * are not in the palette stay. The labextension carries this function's text, so it uses nothing from outside its own
 * body.
 * @param from the palette that the figure was made with
 * @param to that of the page
 * @example recolour(figure, PALETTES.light, PALETTES.dark).layout.paper_bgcolor // 'rgba(0,0,0,0)'
 */
export function recolour(plot: Plot, from: Palette, to: Palette): { data: unknown[]; layout: Record<string, unknown> } {
  const clear = 'rgba(0,0,0,0)'
  const roles = Object.keys(from) as (keyof Palette)[]
  const parts = (color: string): string =>
    [1, 3, 5].map(k => String(Number.parseInt(color.slice(k, k + 2), 16))).join(',')
  const known = new Map<string, string>()
  const knownParts = new Map<string, string>()
  for (const role of roles) {
    known.set(from[role].toLowerCase(), to[role])
    knownParts.set(parts(from[role]), to[role])
  }
  known.set('white', to.paper)
  known.set('black', to.ink)

  function text(value: string): string {
    const exact = known.get(value.toLowerCase())
    if (exact !== undefined) return exact
    const found = /^rgba\((\d+),\s*(\d+),\s*(\d+),\s*([\d.]+)\)$/.exec(value)
    if (found === null) return value
    const other = knownParts.get(found.slice(1, 4).join(','))
    return other === undefined || !other.startsWith('#') ? value : `rgba(${parts(other)},${found[4]})`
  }
  function walk(value: unknown, key: string): unknown {
    if (typeof value === 'string') return /colou?r|^(colorway|colorscale)$/.test(key) ? text(value) : value
    if (Array.isArray(value)) {
      if (key !== 'colorscale' && value.every(entry => typeof entry === 'number')) return value
      return value.map(entry => walk(entry, key))
    }
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, walk(entry, name)]))
  }
  /** An axis that says nothing about its colours would keep those that Plotly has for white paper. */
  function axis(value: unknown): unknown {
    const lines = { gridcolor: to.grid, linecolor: to.ink, tickcolor: to.ink, zerolinecolor: to.faint }
    return { ...lines, ...(walk(value ?? {}, '') as object) }
  }
  function record(value: unknown): Record<string, unknown> {
    return (value ?? {}) as Record<string, unknown>
  }

  const layout: Record<string, unknown> = {
    colorway: [to.blue, to.vermillion, to.green, to.orange, to.purple, to.sky, to.grey],
    ...record(walk(plot.layout, '')),
  }
  const spatial = /3d|surface|mesh|cone|tube|volume/
  const axesOf = (type: string): string[] =>
    spatial.test(type) ? ['scene'] : /pie|polar|ternary|geo|map|sun|tree|parc/.test(type) ? [] : ['xaxis', 'yaxis']
  // Those that are meant without being named, too.
  const meant = plot.data.flatMap(trace => axesOf(String(record(trace).type ?? 'scatter')))
  for (const name of new Set([...meant, ...Object.keys(layout)])) {
    const given = plot.layout[name]
    // What is no axis stays what it is, so that Plotly says what is wrong with it.
    if (/^[xy]axis\d*$/.test(name) && (given === undefined || typeof given === 'object')) layout[name] = axis(given)
    if (!/^scene\d*$/.test(name)) continue
    const scene = record(layout[name])
    const three = ['xaxis', 'yaxis', 'zaxis'].map(one => [one, axis(record(plot.layout[name])[one])] as const)
    layout[name] = { ...scene, ...Object.fromEntries(three), bgcolor: clear }
  }
  const control = { bgcolor: to.paper, bordercolor: to.faint, font: { color: to.ink } }
  for (const name of ['updatemenus', 'sliders']) {
    const list = layout[name]
    if (Array.isArray(list)) layout[name] = list.map(one => ({ ...control, ...record(one) }))
  }
  layout.paper_bgcolor = clear
  layout.plot_bgcolor = clear
  layout.font = { ...record(layout.font), color: to.ink }
  layout.hoverlabel = { bordercolor: to.faint, ...record(layout.hoverlabel) }
  layout.modebar = { bgcolor: clear, color: to.grey, activecolor: to.ink, ...record(layout.modebar) }
  return { data: plot.data.map(trace => walk(trace, '')), layout }
}
