/**
 * The slip in the proof of Lemma 3.3 in one picture: a shift of |p| is no shift of R^3.
 */

import { lemma33Case } from '../../attacks/section3/lemma33Attack.js'
import { requireLength } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import { lemma33 } from '../../claims/section3/lemma33.js'
import type { Figure, GalleryFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, linearSpace, logAxis, logSpace, panelTitle } from '../theme/theme.js'

/** What {@link lemma33Figure} draws. */
export interface Lemma33Data {
  /**
   * Radii a of theta = 1 on (0, a), and the integral of theta(|p| - RT) over |p| > R' / ||theta||_1 (length / time; no
   * unit).
   */
  readonly radius: readonly number[]
  readonly quotient: readonly number[]
  /** The sharp factor over all decreasing theta. */
  readonly kappa: number
  /** For each law: (t, integral of f~(t, 0, p) over p / printed last line). */
  readonly laws: readonly {
    readonly name: string
    readonly t: readonly number[]
    readonly overPrinted: readonly number[]
  }[]
  readonly provenance: Readonly<Record<string, number | string>>
}

const STYLES = [
  { color: COLOR.vermillion, dash: 'solid' },
  { color: COLOR.blue, dash: 'dash' },
  { color: COLOR.purple, dash: 'dashdot' },
  { color: COLOR.green, dash: 'dot' },
] as const

/**
 * What a shift of |p| and a shift of R^3 do to a law: the slip in the proof of Lemma 3.3.
 * @throws RangeError for columns of different lengths, or more than four laws
 * @example lemma33Figure(data).table.series
 */
export function lemma33Figure(data: Lemma33Data): Figure {
  requireShape<Lemma33Data>('data', data, {
    radius: 'numbers',
    quotient: 'numbers',
    kappa: 'number',
    laws: [{ name: 'text', t: 'numbers', overPrinted: 'numbers' }],
    provenance: 'record',
  })
  const { radius, quotient, kappa, laws, provenance } = data
  requireLength('quotient', quotient, radius.length)
  for (const { t, overPrinted } of laws) requireLength('overPrinted', overPrinted, t.length)
  if (laws.length > STYLES.length) throw new RangeError(`laws must be at most ${STYLES.length}, got ${laws.length}`)
  const ends = [radius[0]!, radius.at(-1)!]
  const right = { xaxis: 'x2', yaxis: 'y2' }
  const times = laws[0]!.t
  return figure({
    id: 'lemma-33-shift',
    title: 'Lemma 3.3: the last line of its proof, and what is left of it',
    caption:
      'Left: the integral of ϑ(|p| − RT) over |p| > R′ for ϑ = 1 on (0, a), over ‖ϑ‖₁. The printed proof takes it for at most 1; it reaches κ, which is sharp for all decreasing ϑ. Right: the integral that (20) asks for, over the printed last line: above 1 for three of four admissible laws. The lemma holds with κ in its proof.',
    data: [
      line('ϑ = 1 on (0, a)', radius, quotient, COLOR.blue),
      line('printed: 1', ends, [1, 1], COLOR.vermillion, { dash: 'dash' }),
      line(`sharp: κ = ${Number(kappa.toPrecision(4))}`, ends, [kappa, kappa], COLOR.green, { dash: 'dot' }),
      ...laws.map(({ name, t, overPrinted }, k) =>
        line(name, t, overPrinted, STYLES[k]!.color, { dash: STYLES[k]!.dash, ...right }),
      ),
      line('printed last line', [0, maximum(times)], [1, 1], COLOR.ink, { dash: 'longdash', width: 1.5, ...right }),
    ],
    layout: {
      xaxis: logAxis('a (length / time)', radius, { domain: [0, 0.44] }),
      yaxis: axis('∫<sub>|p|>R′</sub> ϑ(|p| − RT) dp / ‖ϑ‖<sub>1</sub>  (no unit)', { range: [0, 1.1 * kappa] }),
      xaxis2: axis('t (time)', { domain: [0.58, 1], anchor: 'y2' }),
      yaxis2: axis('∫ f̃(t, 0, p) dp / printed last line  (no unit)', { anchor: 'x2', rangemode: 'tozero' }),
      annotations: [panelTitle('<b>the step</b>', 0, 0.44), panelTitle('<b>real laws</b>', 0.58, 0.42)],
      height: 640,
    },
    table: {
      series: [...radius.map(() => 'quotient'), ...laws.flatMap(({ name, t }) => t.map(() => name))],
      x: [...radius, ...laws.flatMap(({ t }) => [...t])],
      y: [...quotient, ...laws.flatMap(({ overPrinted }) => [...overPrinted])],
    },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const lemma33Entry: GalleryFigure<Lemma33Data> = {
  id: 'lemma-33-shift',
  seen: 'The last line of the proof of Lemma 3.3, and what is left of it',
  async data() {
    const [R, T] = [1, 1]
    const H = R * T
    const edge = 1.1 * (0.1 + H)
    const radius = logSpace(0.1, 40, 160)
    const t = linearSpace(0.02, T, 30)
    return {
      radius,
      quotient: radius.map(a => Math.max(0, (a + H) ** 3 - edge ** 3) / a ** 3),
      kappa: lemma33.formulas.factor!.evaluate({ H, b: edge }),
      laws: (['uniform', 'thermal', 'power', 'plummer'] as const).map(name => {
        const { S, f0, rho, theta, integral } = lemma33Case(name)
        const printed = lemma33.bound.evaluate({ b: 1.1 * (S + H), f0, rho, theta })
        return { name, t, overPrinted: t.map(time => integral(time, R) / printed) }
      }),
      provenance: { R, T, "R'": `1.1(S+RT)`, mode: 'quadrature' },
    }
  },
  draw: lemma33Figure,
}
