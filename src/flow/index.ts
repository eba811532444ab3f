// The two flows, the coupled run, and the solvers of the mean field in time.

// What a field's table is laid on.
export type { GridShape } from '../wasm/grid.js'
export { type ChooseStepOptions, chooseStep } from './chooseStep.js'
export type { ChosenStep, StepTrial } from './chosenStep.js'
export {
  type ConvergenceOptions,
  type ConvergenceProblem,
  type ConvergenceSeries,
  convergenceOrders,
} from './convergenceOrders.js'
export { type CoupledFlowOptions, type CoupledRun, type CoupledState, coupledFlow } from './coupledFlow.js'
export type { CoupledRecords } from './coupledRecords.js'
export { hermiteState, type Knot, stateAt } from './denseOutput.js'
export { type Deviation, deviation } from './deviation.js'
export type { ErrorBudget } from './errorBudget.js'
export { type EvolvingFieldOptions, evolvingField, type FieldSolver } from './evolveField.js'
export type { EvolvingField } from './evolvingField.js'
export {
  type BallMotion,
  type ColdBallOptions,
  coldBallRadius,
  coldCollapseTime,
  type KurthRadiusOptions,
  kurthRadius,
} from './exactBalls.js'
export { circularOrbit, type ExactOrbit, ellipticOrbit, fallThroughCutoff } from './exactOrbits.js'
export { fieldFromBytes, fieldToBytes } from './fieldBytes.js'
export { type FieldIdentity, fieldKey } from './fieldKey.js'
export { type Fluctuation, type FluctuationInput, fluctuation, typicalThresholds } from './fluctuation.js'
export { type GridFieldOptions, type GridLimits, type GridResolution, gridField } from './gridField.js'
export { type GridErrors, type GridField, type GridTable, gridFieldOf } from './gridFieldTable.js'
export {
  type InvariantDrift,
  type Invariants,
  type InvariantsOptions,
  invariantDrift,
  invariants,
} from './invariants.js'
export { type LangevinNoise, type LangevinNoiseOptions, langevinNoise } from './langevinNoise.js'
export { majorantField } from './majorantField.js'
export { markersOfLaw } from './markersOfLaw.js'
export {
  type MeanFieldFlowAsyncOptions,
  type MeanFieldFlowOptions,
  meanFieldFlow,
  meanFieldFlowAsync,
} from './meanFieldFlow.js'
export {
  type ChaosRate,
  type ChaosRecord,
  chaosDistance,
  type MeasureOfChaos,
  type MeasureOfChaosOptions,
  measureOfChaos,
} from './measureOfChaos.js'
export { type MicroscopicFlowOptions, microscopicFlow } from './microscopicFlow.js'
export { NonFiniteStateError } from './nonFiniteState.js'
export {
  type ExternalForce,
  forceTolerance,
  type PairAcceleration,
  type PairAccelerationOptions,
  pairAcceleration,
} from './pairAcceleration.js'
export { type ParticleField, type ParticleFieldOptions, particleField } from './particleField.js'
export {
  type Acceleration,
  type ParticleStepper,
  type ParticleStepperOptions,
  particleStepper,
} from './particleStepper.js'
export {
  type RadialField,
  type RadialFieldAsyncOptions,
  type RadialFieldOptions,
  radialField,
  radialFieldAsync,
  radialFieldSteps,
} from './radialField.js'
export type { RadialErrors, RadialProgress } from './radialRecord.js'
export { shellForce } from './shellForce.js'
export {
  readSnapshot,
  restore,
  type SnapshotContent,
  type SnapshotParameters,
  type SteppedState,
  snapshot,
} from './snapshot.js'
export {
  type StationaryDrift,
  type StationaryDriftOptions,
  type StationaryFieldOptions,
  stationaryDrift,
  stationaryField,
} from './stationaryField.js'
export { type StepError, type StepErrorOptions, stepError } from './stepError.js'
export { type SchemeName, type SymplecticScheme, stageOffsets, symplecticScheme } from './symplecticScheme.js'
export type { FlowRecord, Trajectory } from './trajectory.js'
