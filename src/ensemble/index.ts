// Plans of many replicates, their runs and stored results. Needs Node.
export { type ClaimSummary, claimSummary } from './claimSummary.js'
export { coupledTable } from './coupledTable.js'
export { ensembleCsv } from './ensembleCsv.js'
export { ensembleQuery, type QueryRow } from './ensembleQuery.js'
export { type EnsembleStatus, ensembleStatus } from './ensembleStatus.js'
export { type EnsembleSummary, ensembleSummary, type PointSummary, type SlopeSummary } from './ensembleSummary.js'
export type { Deliveries, Executor, RunOptions, Sink } from './executor.js'
export { storedField } from './fieldStore.js'
export { inlineExecutor } from './inlineExecutor.js'
export {
  type ClaimJob,
  type CoupledJob,
  type DeltaSpec,
  type Job,
  jobName,
  type LawSpec,
  MEASURE_VERSION,
  type Quantity,
} from './job.js'
export type { JobPoolOptions } from './jobPool.js'
export { decodeRecord, encodeRecord, type JobRecord, type JobResult, type Row } from './jobRecord.js'
export type { RunState } from './liveRuns.js'
export { packagedEnsemble } from './packagedEnsemble.js'
export { packEnsemble, readEnsemble } from './packedEnsemble.js'
export { type Column, readTable, type Table, writeTable } from './parquetTable.js'
export type { StoredJob } from './partFile.js'
export {
  type ClaimPlan,
  type CoupledPlan,
  type Plan,
  type PlanLimits,
  type Precision,
  parsePlan,
  planJsonSchema,
  type StoppingRule,
} from './plan.js'
export { type Cell, planCells } from './planCells.js'
export { type QueueExecutorOptions, queueExecutor } from './queueExecutor.js'
export { recordedLedger } from './recordedLedger.js'
export type { RunJobOptions } from './runCoupledJob.js'
export { type EnsembleProgress, type RunEnsembleOptions, runEnsemble } from './runEnsemble.js'
export { runJob } from './runJob.js'
export type { Shard } from './shard.js'
export { type BadRows, type EnsembleResults, type EnsembleStore, type Failure, openStore } from './store.js'
export { threadsExecutor } from './threadsExecutor.js'
