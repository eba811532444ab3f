/**
 * The panels of a figure: pairs of axes side by side, and how they stand when there is no room beside each other.
 */

type Layout = Record<string, unknown>

/** One pair of axes, with the part of the width that it takes up. */
export interface Panel {
  /** Name in the layout, as 'xaxis2'. */
  readonly x: string
  readonly y: string
  readonly from: number
  readonly to: number
}

/** Where a panel goes, in parts of the width and of the height. */
export interface Place {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
}

/** An axis of a layout, as a record. */
export function axisOf(layout: Layout, name: string): Layout {
  return (layout[name] as Layout | undefined) ?? {}
}

/** 'yaxis2' from 'y2'. */
const axisName = (id: string): string => `${id[0]}axis${id.slice(1)}`

/** 'y2' from 'yaxis2'. */
export const axisId = (name: string): string => name.replace('axis', '')

/** The panels from left to right; one if the axes are laid out in another way than side by side. */
export function panelsOf(layout: Layout): Panel[] {
  const names = Object.keys(layout).filter(name => /^xaxis\d*$/.test(name))
  if (names.length === 0) return []
  const panels = names.map(x => {
    const { domain, anchor } = axisOf(layout, x) as { domain?: [number, number]; anchor?: string }
    const y = typeof anchor === 'string' && anchor.startsWith('y') ? axisName(anchor) : x.replace('x', 'y')
    return { x, y, from: domain?.[0] ?? 0, to: domain?.[1] ?? 1 }
  })
  panels.sort((a, b) => a.from - b.from)
  const beside = panels.every((panel, k) => k === 0 || panel.from >= panels[k - 1]!.to)
  const rows = Object.keys(layout).some(name => /^yaxis\d*$/.test(name) && axisOf(layout, name).domain !== undefined)
  return beside && !rows ? panels : [{ x: 'xaxis', y: 'yaxis', from: 0, to: 1 }]
}

/**
 * The layout with its panels at other places: axes, headings above panels, and shapes and notes that are placed on the
 * paper.
 * @param places one for each panel, in their order
 */
export function movePanels(layout: Layout, panels: readonly Panel[], places: readonly Place[]): Layout {
  const moved = { ...layout }
  const stacked = places.some(({ y }) => y[0] !== 0 || y[1] !== 1)
  for (const [k, panel] of panels.entries()) {
    moved[panel.x] = { ...axisOf(layout, panel.x), domain: [...places[k]!.x] }
    const own = axisOf(layout, panel.y)
    moved[panel.y] = stacked
      ? { ...own, ...ownLabels(own, axisOf(layout, panels[0]!.y)), domain: [...places[k]!.y] }
      : own
  }
  const mover = (mark: Layout): Layout => moveMark(mark, panels, places, stacked)
  for (const kind of ['annotations', 'shapes']) {
    const marks = layout[kind] as Layout[] | undefined
    if (marks !== undefined) moved[kind] = marks.map(mover)
  }
  return moved
}

/** Panels in one row name the common axis once; below each other each has its own labels and title. */
function ownLabels(own: Layout, first: Layout): Layout {
  const text = String((own.title as { text?: string } | undefined)?.text ?? '')
  const title = text.trim() === '' && own.type !== 'category' ? first.title : own.title
  return own.showticklabels === false ? { title, showticklabels: true } : { title }
}

function moveMark(mark: Layout, panels: readonly Panel[], places: readonly Place[], stacked: boolean): Layout {
  if (mark.xref === 'paper' && mark.yref === 'paper' && typeof mark.x === 'number' && typeof mark.y === 'number') {
    const { x, y } = mark
    const k = panels.findIndex(({ from, to }) => x >= from && x <= to)
    if (k < 0) return mark
    const { from, to } = panels[k]!
    const place = places[k]!
    const across = place.x[0] + ((x - from) / (to - from)) * (place.x[1] - place.x[0])
    // What stands above a panel keeps its distance.
    const above = Math.max(0, y - 1)
    return { ...mark, x: across, y: place.y[0] + Math.min(1, y) * (place.y[1] - place.y[0]) + above }
  }
  if (stacked && mark.yref === 'paper' && /^x\d*$/.test(String(mark.xref))) {
    const panel = panels.find(({ x }) => axisId(x) === mark.xref)
    if (panel !== undefined) return { ...mark, yref: `${axisId(panel.y)} domain` }
  }
  return mark
}
