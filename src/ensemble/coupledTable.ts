/**
 * A coupled run as a table for Parquet: its columns, and everything they depend on in the metadata.
 */

import type { CoupledRun } from '../flow/coupledFlow.js'
import { requireRun } from '../flow/coupledRecords.js'
import type { Table } from './parquetTable.js'
import { provenance } from './provenance.js'

/** The trajectory statistics of a run with full provenance. @example writeTable('run.parquet', coupledTable(run)) */
export function coupledTable(run: CoupledRun): Table {
  requireRun(run)
  const { times, columns, parameters, thresholds, rates, budget, field } = run
  return {
    columns: { t: times, ...columns },
    metadata: {
      kind: 'coupled-flow',
      parameters: JSON.stringify(parameters),
      thresholds: JSON.stringify(thresholds),
      rates: JSON.stringify(rates),
      budget: JSON.stringify(budget),
      field: JSON.stringify(field),
      provenance: JSON.stringify(provenance()),
    },
  }
}
