/**
 * A coupled run as a table for Parquet: its columns, and everything they depend on in the metadata.
 */

import type { Table } from '../../files/parquetTable.js'
import { provenance } from '../../files/provenance.js'
import type { CoupledRun } from '../../flow/coupled/coupledFlow.js'
import { requireRun } from '../../flow/coupled/coupledRecords.js'

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
