/**
 * The shape of a grid point's summary, for the figures that draw ensembles. Here and not beside its type, which lives
 * among files that browsers do not have.
 */

import type { ShapeOf } from '../../base/shape.js'
import { ESTIMATE } from '../../base/statistics/estimate.js'
import type { PointSummary } from '../../ensemble/store/ensembleSummary.js'

/** The shape of a {@link PointSummary}. */
export const POINT_SUMMARY: ShapeOf<PointSummary> = {
  law: 'text',
  N: 'number',
  delta: 'any',
  sigma: 'number',
  t: 'number',
  replicates: 'number',
  complete: 'flag',
  outside: { optional: ESTIMATE },
  means: 'record',
}
