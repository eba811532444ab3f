/**
 * The force and its gradient for several regularisations of the same kernel, in units of the cut-off radius.
 */
import { requirePositive } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { cutoffKernel, profileNames } from '../../interaction/cutoffKernel.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import type { Figure, ImmediateFigure, Trace } from '../theme/figure.js'
import { axis, COLOR, figure, line, linearSpace } from '../theme/theme.js'

const STYLES = [
  { color: COLOR.ink, dash: 'solid' },
  { color: COLOR.blue, dash: 'dash' },
  { color: COLOR.green, dash: 'dashdot' },
  { color: COLOR.vermillion, dash: 'dot' },
  { color: COLOR.purple, dash: 'longdash' },
]

const COUNTS: readonly (string | undefined)[] = [undefined, undefined, 'Two', 'Three', 'Four', 'Five', 'Six']

/**
 * Left: |k| N^(-delta alpha) against |q| N^delta. Right: the operator norm of grad k, times N^(-delta (alpha + 1)).
 * @param kernels regularisations of one kernel, of the same alpha and cut-off
 * @param radius the cut-off radius r_c = N^-delta, > 0
 */
export function regularisedKernelsFigure(kernels: readonly Kernel[], radius: number): Figure {
  requireShape<readonly unknown[]>('kernels', kernels, ['any'])
  for (const kernel of kernels) requireKernel(kernel)
  requirePositive('radius', radius)
  const s = linearSpace(0.004, 3, 750)
  const table: Record<string, (number | string)[]> = { 'q / r_c': s }
  const data: Trace[] = []
  for (const [i, kernel] of kernels.entries()) {
    const style = STYLES[i % STYLES.length]!
    const force = s.map(x => kernel.magnitude(x * radius) * radius ** kernel.alpha)
    const gradient = s.map(x => {
      const r = x * radius
      const norm = Math.max(Math.abs(kernel.magnitudeDerivative(r)), kernel.magnitude(r) / r)
      return norm * radius ** (kernel.alpha + 1)
    })
    table[`force ${kernel.name}`] = force
    table[`gradient ${kernel.name}`] = gradient
    data.push(line(kernel.name, s, force, style.color, { dash: style.dash, legendgroup: kernel.name }))
    data.push(
      line(kernel.name, s, gradient, style.color, {
        dash: style.dash,
        legendgroup: kernel.name,
        showlegend: false,
        xaxis: 'x2',
        yaxis: 'y2',
      }),
    )
  }
  const alpha = kernels[0]?.alpha ?? 2
  return figure({
    id: 'regularised-kernels',
    title: `${COUNTS[kernels.length] ?? kernels.length} ways to take the singularity off: the force and its gradient`,
    caption:
      'The force and the norm of its gradient near the cut-off radius: all but Plummer softening agree beyond it, and of those only kernel (4), which has a corner there, keeps the force at most 1.',
    data,
    layout: {
      xaxis: axis('|q| / r<sub>c</sub>  (no unit)', { domain: [0, 0.44], range: [0, 3] }),
      yaxis: axis('|k|·r<sub>c</sub><sup>α</sup>  (no unit)', { range: [0, 2.1] }),
      xaxis2: axis('|q| / r<sub>c</sub>  (no unit)', { domain: [0.56, 1], anchor: 'y2', range: [0, 3] }),
      yaxis2: axis('‖∇k‖·r<sub>c</sub><sup>α+1</sup>  (no unit)', { anchor: 'x2', range: [0, null] }),
      shapes: ['x', 'x2'].map((xref, i) => ({
        type: 'line',
        x0: 1,
        x1: 1,
        y0: 0,
        y1: 1,
        xref,
        yref: i === 0 ? 'y domain' : 'y2 domain',
        line: { color: COLOR.grey, width: 1, dash: 'dot' },
      })),
    },
    table,
    provenance: { alpha, d: kernels[0]?.d ?? 3, 'cut-off radius': Number(radius.toPrecision(4)), mode: 'exact' },
  })
}

/** The figure with its data, for the gallery. */
export const regularisedKernelsEntry: ImmediateFigure<Parameters<typeof regularisedKernelsFigure>> = {
  id: 'regularised-kernels',
  seen: 'Every cut-off kernel: the force and its gradient near the cut-off',
  data() {
    const [N, delta] = [1000, 0.3]
    return [profileNames.map(profile => cutoffKernel({ N, delta, profile })), N ** -delta]
  },
  draw: data => regularisedKernelsFigure(...data),
}
