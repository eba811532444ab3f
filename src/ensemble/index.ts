// Plans of many replicates, their runs and stored results. Needs Node.

export { type Column, readTable, type Table, writeTable } from '../files/parquetTable.js'
export type { Deliveries, Executor, RunOptions, Sink } from './executors/executor.js'
export { inlineExecutor } from './executors/inlineExecutor.js'
export type { JobPoolOptions } from './executors/jobPool.js'
export { type QueueExecutorOptions, queueExecutor } from './executors/queueExecutor.js'
export { threadsExecutor } from './executors/threadsExecutor.js'
export {
  type ClaimJob,
  type CoupledJob,
  type DeltaSpec,
  type Job,
  jobName,
  type LawSpec,
  MEASURE_VERSION,
  type Quantity,
} from './plan/job.js'
export {
  type ClaimPlan,
  type CoupledPlan,
  type Plan,
  type PlanLimits,
  type Precision,
  parsePlan,
  planJsonSchema,
  type StoppingRule,
} from './plan/plan.js'
export { type Cell, planCells } from './plan/planCells.js'
export type { Shard } from './plan/shard.js'
export type { RunJobOptions } from './run/runCoupledJob.js'
export { type EnsembleProgress, type RunEnsembleOptions, runEnsemble } from './run/runEnsemble.js'
export { runJob } from './run/runJob.js'
export { type ClaimSummary, claimSummary } from './store/claimSummary.js'
export { coupledTable } from './store/coupledTable.js'
export { ensembleCsv } from './store/ensembleCsv.js'
export { ensembleQuery, type QueryRow } from './store/ensembleQuery.js'
export { type EnsembleStatus, ensembleStatus } from './store/ensembleStatus.js'
export { type EnsembleSummary, ensembleSummary, type PointSummary, type SlopeSummary } from './store/ensembleSummary.js'
export { fieldStore, storedField } from './store/fieldStore.js'
export { decodeRecord, encodeRecord, type JobRecord, type JobResult, type Row } from './store/jobRecord.js'
export type { RunState } from './store/liveRuns.js'
export { packagedEnsemble } from './store/packagedEnsemble.js'
export { packEnsemble, readEnsemble } from './store/packedEnsemble.js'
export type { StoredJob } from './store/partFile.js'
export { recordedLedger } from './store/recordedLedger.js'
export { recordedTubes } from './store/recordedTubes.js'
export { type BadRows, type EnsembleResults, type EnsembleStore, type Failure, openStore } from './store/store.js'
export {
  type RecordedTailOptions,
  readTailFile,
  recordedTail,
  recordedTails,
  type TailFile,
  writeTailFile,
} from './store/tailFile.js'
