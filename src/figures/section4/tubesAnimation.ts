/**
 * Theorem 4.2 as a moving picture in one SVG file: time runs, deviations grow, in each panel within or out of the tube.
 * For pages that load no script.
 */
import { maximum } from '../../base/extent.js'
import type { Tube, Tubes } from '../../flow/coupled/tubes.js'
import { PALETTES, type Palette, type Scheme } from '../theme/theme.js'

/** The cut-offs of the picture in the read-me and on the first page of the book: below 1/3 and above. */
export const PICTURED: readonly [number, number] = [0.15, 0.45]

/** Sizes in units of the picture, which is 800 wide. */
const WIDTH = 800
const LEFT = 12
const GAP = 12
const PANEL_HEIGHT = 158
const HEAD = 92
const ROW = PANEL_HEIGHT + 46
/** Seconds that time takes, and of a whole round. */
const RUN = 5
const ROUND = 9

/**
 * A row for each of two cut-offs, a panel for each N. It stands still, at the end, where the reader wants no motion,
 * and has the colours of dark screens there.
 * @param tubes runs of both
 * @param deltas below 1/3 and above
 * @returns the file
 * @throws RangeError if a delta was not run
 * @source Theorem 4.2
 */
export function tubesAnimation(tubes: Tubes, deltas: readonly [number, number]): string {
  const rows = deltas.map(delta => tubes.runs.filter(run => run.delta === delta))
  for (const [k, row] of rows.entries()) {
    if (row.length === 0) throw new RangeError(`deltas[${k}] must be a delta of the runs, got ${deltas[k]}`)
  }
  const count = rows[0]!.length
  const width = (WIDTH - 2 * LEFT - (count - 1) * GAP) / count
  const height = HEAD + 2 * ROW + 66
  const words = [
    `δ = ${deltas[0]}, below 1/3: the deviations shrink faster than the tube`,
    `δ = ${deltas[1]}, above 1/3: the tube shrinks faster than the deviations`,
  ]
  const body = rows.map((row, j) => {
    const reach = 1.06 * maximum(row.flatMap(({ radius, largest }) => [radius, ...largest]))
    const top = HEAD + j * ROW
    const panels = row.map((tube, k) => {
      const x = LEFT + k * (width + GAP)
      return panel(tube, tubes.times, { x, top: top + 34, width, reach })
    })
    return `<text class="row" x="${LEFT}" y="${top + 22}">${words[j]}</text>${panels.join('')}`
  })
  const { law, sigma, seed, T } = tubes
  const force = sigma === 1 ? 'repulsion' : sigma === -1 ? 'attraction' : 'no force'
  const foot = HEAD + 2 * ROW + 20
  const says = `Theorem 4.2 for N = ${rows[0]!.map(({ N }) => N).join(', ')}: ${rows
    .map((row, j) => `${words[j]} (largest deviation ${row.map(shareOf).join(', ')} of the radius)`)
    .join('; ')}.`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="says">
<title id="says">${says}</title>
<style>${style(width)}</style>
<rect class="paper" width="${WIDTH}" height="${height}"/>
<text class="title" x="${LEFT}" y="36">Each particle keeps to a tube about its path</text>
<text class="title" x="${LEFT}" y="66">in the mean field, of radius N<tspan class="up" dy="-9">−δ</tspan></text>
${body.join('\n')}
<text x="${LEFT}" y="${foot}">A curve is a particle’s path less its path in the mean field; shaded: all N,</text>
<text x="${LEFT}" y="${foot + 22}">red: the one that deviates most. One scale a row. ${law}, ${force}, T = ${T}, seed ${seed}</text>
</svg>
`
}

/** The largest deviation in a tube, of its radius. */
export const shareOf = ({ radius, largest }: Tube): string => `${Math.round((100 * maximum(largest)) / radius)} %`

interface Box {
  readonly x: number
  readonly top: number
  readonly width: number
  readonly reach: number
}

function panel(tube: Tube, times: readonly number[], { x, top, width, reach }: Box): string {
  const { N, radius, largest, paths, worstPath } = tube
  const T = times.at(-1)!
  const across = (t: number): string => short((t / T) * width)
  const up = (y: number): string => short((PANEL_HEIGHT / 2) * (1 - y / reach))
  const line = (path: readonly number[]): string =>
    path.map((y, n) => `${n === 0 ? 'M' : 'L'}${across(times[n]!)} ${up(y)}`).join('')
  const strip = `${line(largest)}${[...largest.keys()]
    .reverse()
    .map(n => `L${across(times[n]!)} ${up(-largest[n]!)}`)
    .join('')}Z`
  const w = short(width)
  const tubeBox = `y="${up(radius)}" width="${w}" height="${short((PANEL_HEIGHT * radius) / reach)}"`
  return `<svg aria-hidden="true" x="${short(x)}" y="${top}" width="${w}" height="${PANEL_HEIGHT}"><rect class="ground" width="${w}" height="${PANEL_HEIGHT}"/><rect class="tube" ${tubeBox}/>
<path class="all" d="${strip}"/><path class="one" d="${paths.map(line).join('')}"/><path class="worst" d="${line(worstPath)}"/>
<g class="cover"><rect class="ground" width="${w}" height="${PANEL_HEIGHT}"/><rect class="tube" ${tubeBox}/><path class="now" d="M0 0V${PANEL_HEIGHT}"/></g>
<text class="name" x="7" y="20">N = ${N}</text><text class="share" x="7" y="${PANEL_HEIGHT - 28}">${shareOf(tube)}<tspan x="7" dy="20">of the radius</tspan></text></svg>`
}

const short = (x: number): string => String(Number(x.toFixed(1)))

/** Opaque colours, since what covers the future must have those of what it covers. */
function style(width: number): string {
  const colours = (palette: Palette, scheme: Scheme): string =>
    `.paper{fill:${palette.paper}}.ground{fill:${palette.low}}.tube{fill:${palette.shade}}text{fill:${palette.ink}}.all{fill:${palette.high}}.one{stroke:${palette.blue};stroke-opacity:${scheme === 'light' ? 0.55 : 0.7}}.worst{stroke:${palette.vermillion}}.now{stroke:${palette.faint}}`
  return `text{font:17px ${FONT}}.title{font-size:25px;font-weight:600}.up{font-size:17px}.row{font-size:20px}.name{font-weight:600;font-size:18px}.share{font-size:17px}.one,.worst,.now{fill:none}.one{stroke-width:.7}.worst{stroke-width:2.4}.now{stroke-width:1.5}.cover{transform:translateX(${width + 4}px)}${colours(PALETTES.light, 'light')}@media(prefers-color-scheme:dark){${colours(PALETTES.dark, 'dark')}}@media(prefers-reduced-motion:no-preference){.cover{animation:time ${ROUND}s linear infinite}}@keyframes time{0%{transform:translateX(0)}${Math.round((100 * RUN) / ROUND)}%,100%{transform:translateX(${width + 4}px)}}`
}

const FONT = 'system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif'
