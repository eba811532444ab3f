/**
 * A movie of both flows in space: each particle of Psi beside its partner of Phi, their distance magnified and in
 * colour, and the one that deviates most with its path and those that came closest to it.
 */
import {
  requireArray,
  requireInteger,
  requireLength,
  requireNumber,
  requireObject,
  requireOptions,
  requireText,
} from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { requireNumbers, requireShape } from '../../base/shape.js'
import type { CoupledRecords } from '../../flow/coupled/coupledRecords.js'
import type { Figure, Trace } from '../theme/figure.js'
import { player } from '../theme/player.js'
import { COLOR, figure, translucent } from '../theme/theme.js'

/** A coupled run that kept paths: of `coupledFlow`, or of `coupledRun` with a `pathsObserver` among its observers. */
export interface CloudRun extends Pick<CoupledRecords, 'times' | 'paths'> {
  readonly parameters: Readonly<Record<string, number | string>>
  /** Of `coupledRun`. */
  readonly series?: Readonly<Record<string, readonly Float64Array[]>>
}

/** Options of {@link cloudFigure}. */
export interface CloudOptions {
  /**
   * Psi is drawn at Phi + magnify (Psi - Phi), >= 1. Default: the largest of 1, 2, 5, 10, ... for which no deviation
   * gets longer than a quarter of the cloud.
   */
  readonly magnify?: number
  /** What the run is, for the title: 'a typical throw'. */
  readonly title?: string
}

/** Positions to this many digits keep the figure small: a pixel is 1/500 of the picture. */
const DIGITS = 4
/**
 * So many particles times frames are drawn at most: 150 kB of Plotly JSON, and thrice that in a notebook, which has a
 * number a line.
 */
const MOST_POINTS = 1100
const MOST_FRAMES = 11
/** How many of those that came closest are marked. */
const PARTNERS = 4
/** Radians between the marked particle and the eye. */
const TURN = 0.6

/**
 * Both flows in space at the output times of a run.
 * @param run with the paths of all its particles, `coupledFlow({ ..., paths: N })`; with fewer, the picture is of these
 * @param options magnification and title
 * @throws RangeError unless the run kept paths; for magnify below 1
 * @source Theorem 4.2
 * @example
 * const run = await coupledFlow({ law: gaussianLaw(), N: 100, delta: 0.25, T: 1, seed: 1, paths: 100, steps: 40 })
 * cloudFigure(run, { magnify: 5 }).provenance.magnified // '5 times'
 */
export function cloudFigure(run: CloudRun, options: CloudOptions = {}): Figure {
  const { times, Psi, Phi } = requireCloud('run', run)
  requireOptions<CloudOptions>('cloudFigure', options, { magnify: true, title: true })
  if (options.title !== undefined) requireText('title', options.title)
  const { parameters } = run
  const N = Number(parameters.N)
  const count = Psi[0]!.length / 3
  const sizes = Psi.map((q, n) => deviations(q, Phi[n]!))
  const largest = sizes.map(one => maximum(one))
  const top = maximum(largest)
  const worst = maximum(sizes.map(one => one.indexOf(top)))
  const distances = Phi.map(q => distancesTo(q, worst))
  const nearest = Array.from({ length: count }, (_, i) => Math.min(...distances.map(row => row[i]!)))
  const partners = nearestOf(nearest, worst)
  const radius = maximum(Phi.map(q => q.reduce((most, x) => Math.max(most, Math.abs(x)), 0)))
  const magnify = requireNumber(
    'magnify',
    options.magnify === undefined ? readable(radius, top) : options.magnify,
    1,
    1e9,
  )
  const shownTimes = spread(times.length, MOST_FRAMES)
  const most = Math.floor(MOST_POINTS / shownTimes.length)
  const marked = [worst, ...partners]
  const others = Array.from({ length: count }, (_, i) => i).filter(i => !marked.includes(i))
  const shown = [...marked, ...others].slice(0, Math.max(most, marked.length))
  const movie: Movie = { times, Psi, Phi, sizes, magnify, worst, partners, shown, top }
  const reach = 1.05 * reachOf(movie)
  const label = (n: number): string => times[n]!.toFixed(2)
  const frames = shownTimes.map(n => ({ name: label(n), data: frameOf(movie, n) }))
  const still = frames.at(-1)!.data
  const { delta, sigma, law, seed, replica, T } = parameters
  const number = (x: number): string => String(Number(x.toPrecision(2)))
  const all = count === N ? `of all ${N}` : `of the ${count} whose paths were kept`
  const made = figure({
    id: 'two-flows-cloud',
    title: options.title ?? `${N} particles and their partners in the mean field, deviations ×${magnify}`,
    caption: `The N-particle flow Ψ, coloured by its deviation from the mean field flow Φ, and Φ itself, open, in space: ${shown.length === N ? `all ${N} particles` : `${shown.length} of ${N} particles`}, each joined with its partner. Deviations are drawn ${magnify} times as large: Ψ stands at Φ + ${magnify} (Ψ − Φ). The diamond is the particle that deviates most ${all}, by ${number(top)} where N^−δ is ${number(N ** -Number(delta))}, with its two paths; rings are the ${partners.length} that come closest to it in Φ.`,
    data: dress(movie).map((trace, k) => merged(trace, still[k]!)),
    layout: {
      scene: sceneOf(movie, reach),
      uirevision: 'cloud',
      height: 760,
      margin: { l: 10, r: 10, b: 150 },
      legend: {
        x: 1,
        xanchor: 'right',
        y: 1,
        yanchor: 'top',
        bgcolor: translucent(COLOR.paper, 0.7),
        font: { size: 13 },
      },
      // A scene has no labels below it.
      ...player(
        frames.map(({ name }) => name),
        't = ',
        'redrawn',
        undefined,
        8,
      ),
    },
    table: {
      t: Array.from(times),
      'largest deviation': largest,
      'of the marked particle': sizes.map(one => one[worst]!),
      'its nearest neighbour in Φ': distances.map(row => Math.min(...row)),
    },
    provenance: {
      law: String(law),
      force: forceText(Number(sigma)),
      N,
      delta: Number(delta),
      T: Number(T),
      seed: String(seed),
      replica: Number(replica),
      magnified: `${magnify} times`,
      mode: 'measured',
    },
  })
  return { ...made, frames }
}

interface Movie {
  readonly times: Float64Array
  readonly Psi: readonly Float64Array[]
  readonly Phi: readonly Float64Array[]
  /** |Psi^1 - Phi^1|_inf of each particle at each time, and the largest of all. */
  readonly sizes: readonly (readonly number[])[]
  readonly top: number
  readonly magnify: number
  readonly worst: number
  readonly partners: readonly number[]
  readonly shown: readonly number[]
}

const forceText = (sigma: number): string => (sigma > 0 ? 'repulsion' : sigma < 0 ? 'attraction' : 'none')

const round = (x: number): number => Number(x.toPrecision(DIGITS))

const at = (q: Float64Array, i: number, a: number): number => q[a * (q.length / 3) + i]!

/** The maximum norm of the deviation of each particle. */
function deviations(Psi: Float64Array, Phi: Float64Array): number[] {
  const one = (i: number): number => Math.max(...[0, 1, 2].map(a => Math.abs(at(Psi, i, a) - at(Phi, i, a))))
  return Array.from({ length: Psi.length / 3 }, (_, i) => one(i))
}

/** Distances to one particle, which is infinitely far from itself. */
function distancesTo(q: Float64Array, i: number): number[] {
  const one = (j: number): number => Math.hypot(...[0, 1, 2].map(a => at(q, i, a) - at(q, j, a)))
  return Array.from({ length: q.length / 3 }, (_, j) => (j === i ? Number.POSITIVE_INFINITY : one(j)))
}

function nearestOf(nearest: readonly number[], worst: number): number[] {
  const others = Array.from(nearest.keys()).filter(i => i !== worst)
  return others.sort((i, j) => nearest[i]! - nearest[j]!).slice(0, PARTNERS)
}

/** 1, 2, 5, 10, ...: the largest for which the deviation is below a quarter of the cloud. */
function readable(radius: number, deviation: number): number {
  const most = deviation > 0 ? radius / 4 / deviation : 1
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)))
  return power * [5, 2, 1].find(k => k === 1 || k * power <= most)!
}

/** At most so many of n numbers, the first and the last among them, in strides as equal as can be. */
function spread(n: number, most: number): number[] {
  if (n <= most) return Array.from({ length: n }, (_, k) => k)
  return Array.from({ length: most }, (_, k) => Math.round((k * (n - 1)) / (most - 1)))
}

/** Where a particle is drawn. */
function place({ Psi, Phi, magnify }: Movie, n: number, i: number, a: number): number {
  const partner = at(Phi[n]!, i, a)
  return round(partner + magnify * (at(Psi[n]!, i, a) - partner))
}

const partnerPlace = ({ Phi }: Movie, n: number, i: number, a: number): number => round(at(Phi[n]!, i, a))

/** The largest coordinate of all that is drawn. */
function reachOf(movie: Movie): number {
  const { times, shown } = movie
  let most = 0
  for (let n = 0; n < times.length; n++) {
    for (const i of shown) {
      for (const a of [0, 1, 2]) {
        most = Math.max(most, Math.abs(place(movie, n, i, a)), Math.abs(partnerPlace(movie, n, i, a)))
      }
    }
  }
  return most
}

/** The coordinates of a trace. */
function coordinates(of: (a: number) => (number | null)[]): Pick<Trace, 'x' | 'y' | 'z'> {
  return { x: of(0), y: of(1), z: of(2) }
}

/** What changes from frame to frame, trace by trace in the order of {@link dress}. */
function frameOf(movie: Movie, n: number): Trace[] {
  const { shown, sizes, worst, partners } = movie
  const past = Array.from({ length: n + 1 }, (_, k) => k)
  const parts: readonly Omit<Trace, 'type'>[] = [
    coordinates(a => shown.map(i => partnerPlace(movie, n, i, a))),
    coordinates(a => shown.flatMap(i => [partnerPlace(movie, n, i, a), place(movie, n, i, a), null])),
    {
      ...coordinates(a => shown.map(i => place(movie, n, i, a))),
      marker: { color: shown.map(i => round(sizes[n]![i]!)) },
    },
    coordinates(a => past.map(k => partnerPlace(movie, k, worst, a))),
    coordinates(a => past.map(k => place(movie, k, worst, a))),
    coordinates(a => partners.map(i => partnerPlace(movie, n, i, a))),
    coordinates(a => [place(movie, n, worst, a)]),
  ]
  return parts as unknown as Trace[]
}

/** What stays: the looks of the traces. */
function dress({ magnify, top }: Movie): Trace[] {
  const markers = (name: string, marker: object): Trace => ({ type: 'scatter3d', mode: 'markers', name, marker })
  const lines = (name: string, line: object): Trace => ({
    type: 'scatter3d',
    mode: 'lines',
    name,
    line,
    hoverinfo: 'skip',
  })
  const scale = [
    [0, COLOR.blue],
    [0.5, COLOR.orange],
    [1, COLOR.vermillion],
  ]
  const times = magnify === 1 ? '' : ` ×${magnify}`
  return [
    markers('Φ, mean field', { color: COLOR.sky, size: 3, symbol: 'circle-open' }),
    lines(`Ψ − Φ${times}`, { color: COLOR.faint, width: 2 }),
    markers('Ψ, N particles', {
      ...{ size: 3.5, colorscale: scale, cmin: 0, cmax: round(top) || 1, showscale: true },
      colorbar: { title: { text: '|Ψ¹ − Φ¹|<sub>∞</sub>', side: 'right' }, thickness: 12, len: 0.6 },
    }),
    lines('its path in Φ', { color: COLOR.blue, width: 7 }),
    lines('its path in Ψ', { color: COLOR.vermillion, width: 7 }),
    markers('closest to it in Φ', { color: COLOR.ink, size: 10, symbol: 'circle-open' }),
    markers('deviates most', {
      color: COLOR.vermillion,
      size: 8,
      symbol: 'diamond',
      line: { color: COLOR.ink, width: 1 },
    }),
  ]
}

/** A trace with what a frame changes of it. */
function merged(trace: Trace, change: Trace): Trace {
  if (change.marker === undefined) return { ...trace, ...change, type: trace.type }
  return {
    ...trace,
    ...change,
    type: trace.type,
    marker: { ...(trace.marker as object), ...(change.marker as object) },
  }
}

/**
 * Seen from the side where the marked particle ends, a little turned, so that neither it nor its path is behind the
 * others.
 */
function sceneOf(movie: Movie, reach: number): object {
  const last = movie.times.length - 1
  const [x, y] = [place(movie, last, movie.worst, 0), place(movie, last, movie.worst, 1)]
  const turn = Math.atan2(y, x) + TURN
  const side = (title: string): object => ({
    ...{ title: { text: title }, range: [-reach, reach], nticks: 5, showbackground: false, showspikes: false },
    ...{ gridcolor: COLOR.grid, zerolinecolor: COLOR.grid },
  })
  return {
    ...{ xaxis: side('q₁'), yaxis: side('q₂'), zaxis: side('q₃'), aspectmode: 'cube' },
    camera: { eye: { x: 1.85 * Math.cos(turn), y: 1.85 * Math.sin(turn), z: 0.7 }, center: { x: 0, y: 0, z: -0.15 } },
  }
}

/** The paths of a run, whichever call made it, required to be such. @throws TypeError, RangeError */
export function requireCloud(name: string, run: CloudRun): Pick<Movie, 'times' | 'Psi' | 'Phi'> {
  requireObject(name, run, 'like a coupled run, as from coupledFlow(...)')
  requireNumbers(`${name}.times`, run.times)
  requireObject(`${name}.parameters`, run.parameters)
  const { paths, series, times } = run
  const [Psi, Phi] = [paths?.Psi ?? series?.PsiPaths, paths?.Phi ?? series?.PhiPaths]
  if (Psi === undefined || Phi === undefined) {
    throw new RangeError(`${name} must keep paths: coupledFlow({ ..., paths: N }), or a pathsObserver(N)`)
  }
  if (times.length === 0) throw new RangeError(`${name}.times must hold at least one time, got none`)
  if (run.parameters.d === 2) throw new RangeError(`${name} must be in space, got one in the plane`)
  const size = requireClouds(`${name}.paths.Psi`, Psi, times.length)
  const other = requireClouds(`${name}.paths.Phi`, Phi, times.length)
  if (other !== size)
    throw new RangeError(`${name}.paths.Phi must have the ${size / 3} particles of Psi, got ${other / 3}`)
  requireShape<NamedParameters>(`${name}.parameters`, run.parameters, {
    ...{ N: 'number', delta: 'number', sigma: 'number', law: 'text', T: 'number', seed: 'any', replica: 'number' },
  })
  requireInteger(`${name}.parameters.N`, run.parameters.N, size / 3)
  return { times: Float64Array.from(times), Psi, Phi }
}

interface NamedParameters {
  readonly N: number
  readonly delta: number
  readonly sigma: number
  readonly law: string
  readonly T: number
  readonly seed: unknown
  readonly replica: number
}

/** The length of the positions at each time: three times as many as there are particles. */
function requireClouds(name: string, clouds: readonly Float64Array[], times: number): number {
  requireArray(name, clouds)
  if (clouds.length !== times) throw new RangeError(`${name} must have length ${times}, got ${clouds.length}`)
  for (const [n, q] of clouds.entries()) requireNumbers(`${name}[${n}]`, q)
  const { length } = clouds[0]!
  if (length < 3 || length % 3 !== 0) throw new RangeError(`${name}[0] must have a length of 3, 6, ..., got ${length}`)
  for (const [n, q] of clouds.entries()) requireLength(`${name}[${n}]`, q, length)
  return length
}
