/**
 * (26) in one picture: expectations before and after the mean field flow, with their intervals.
 */
import { requireShape } from '../../base/shape.js'
import { runClaim } from '../../claims/core/runClaim.js'
import { invariance26 } from '../../claims/section4/invariance26.js'
import type { Figure, GalleryFigure } from '../theme/figure.js'
import { axis, COLOR, figure, intervalBars, points } from '../theme/theme.js'

/** What {@link productMeasureFigure} draws. */
export interface ProductMeasureData {
  /** E_0(H o Phi) as measured with its interval, and E_t(H) as known. */
  readonly cases: readonly {
    readonly name: string
    readonly independent: boolean
    readonly mean: { readonly value: number; readonly low: number; readonly high: number }
    readonly known: number
  }[]
  /** What the intervals are, in words. */
  readonly interval: string
  readonly provenance: Readonly<Record<string, number | string>>
}

/**
 * Expectations before and after the mean field flow, with their intervals.
 * @throws RangeError for no cases
 * @example productMeasureFigure(data).table.known
 */
export function productMeasureFigure(data: ProductMeasureData): Figure {
  requireShape<ProductMeasureData>('data', data, {
    cases: [
      { name: 'text', independent: 'flag', mean: { value: 'number', low: 'number', high: 'number' }, known: 'number' },
    ],
    interval: 'text',
    provenance: 'record',
  })
  const { cases, interval, provenance } = data
  if (cases.length === 0) throw new RangeError('cases must have length >= 1, got 0')
  const rows = [...cases].reverse()
  const trace = (independent: boolean, name: string, color: string, symbol: string) => {
    const own = rows.filter(row => row.independent === independent)
    const ratios = own.map(({ mean: { value, low, high }, known }) => ({
      value: value / known,
      low: low / known,
      high: high / known,
    }))
    const value = ratios.map(ratio => ratio.value)
    return points(name, value, [], color, {
      y: own.map(row => row.name),
      symbol,
      size: 12,
      error_x: intervalBars(ratios, { thickness: 2 }),
    })
  }
  return figure({
    id: 'product-measure',
    title: '(26): independent particles stay independent under Φ',
    caption:
      'E₀(H ∘ Φ) as a mean over samples, over E_t(H) as known from a closed form (Kurth’s law) or from the radial solver, for an H that looks at two particles. For independent particles every interval covers 1; with the second particle a copy of the first the product measure is lost from the start, and so is (26).',
    data: [
      trace(true, 'independent particles', COLOR.blue, 'circle'),
      trace(false, 'the second a copy of the first: broken on purpose', COLOR.vermillion, 'square'),
    ],
    layout: {
      xaxis: axis(`E<sub>0</sub>(H ∘ Φ<sub>t,0</sub>) / E<sub>t</sub>(H)  (no unit): mean and ${interval}`),
      yaxis: axis('initial law and sign', {
        type: 'category',
        categoryorder: 'array',
        categoryarray: rows.map(row => row.name),
        visible: true,
      }),
      shapes: [
        {
          type: 'line',
          x0: 1,
          x1: 1,
          xref: 'x',
          yref: 'paper',
          y0: 0,
          y1: 1,
          line: { color: COLOR.ink, dash: 'dash', width: 1.5 },
        },
      ],
    },
    table: {
      case: cases.map(({ name }) => name),
      mean: cases.map(({ mean }) => mean.value),
      low: cases.map(({ mean }) => mean.low),
      high: cases.map(({ mean }) => mean.high),
      known: cases.map(({ known }) => known),
    },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const productMeasureEntry: GalleryFigure<ProductMeasureData> = {
  id: 'product-measure',
  seen: 'Independent particles stay independent under Φ (26)',
  async data() {
    const seed = '1'
    const specs = [...invariance26.defaults, ...invariance26.controls.map(({ spec }) => spec)]
    const { records } = await runClaim(invariance26, { seed, specs })
    return {
      cases: records.map(({ spec, measured }) => ({
        name: `${spec.law === 'kurth' ? 'Kurth' : 'normal'}, σ = ${spec.sigma > 0 ? '+' : '−'}1${spec.particles === 'copies' ? ', copies' : ''}`,
        independent: spec.particles === 'independent',
        mean: measured.mean!,
        known: measured.known!.value,
      })),
      interval: '5 standard errors',
      provenance: { t: 1, samples: specs[0]!.samples, seed, mode: 'measured' },
    }
  },
  draw: productMeasureFigure,
}
