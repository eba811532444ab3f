// The two flows, the coupled run, and the solvers of the mean field in time.

// What a field's table is laid on.
export type { GridShape } from '../wasm/grid.js'
export { type CoupledFlowOptions, type CoupledRun, type CoupledState, coupledFlow } from './coupled/coupledFlow.js'
export type { CoupledRecords } from './coupled/coupledRecords.js'
export { type CoupledOutput, coupledRun, type ObservedRun, type RunNumerics } from './coupled/coupledRun.js'
export type { ObservedState, RunSetting } from './coupled/coupledState.js'
export { type Deviation, deviation } from './coupled/deviation.js'
export type { ErrorBudget } from './coupled/errorBudget.js'
export { type Fluctuation, type FluctuationInput, fluctuation, typicalThresholds } from './coupled/fluctuation.js'
export {
  type MeanFieldFlowAsyncOptions,
  type MeanFieldFlowOptions,
  meanFieldFlow,
  meanFieldFlowAsync,
} from './coupled/meanFieldFlow.js'
export {
  type ChaosRate,
  type ChaosRecord,
  chaosDistance,
  type MeasureOfChaos,
  type MeasureOfChaosOptions,
  measureOfChaos,
} from './coupled/measureOfChaos.js'
export type { Numerics } from './coupled/numerics.js'
export {
  type AnyObserver,
  type ColumnsOf,
  type ObservedRecords,
  type Observer,
  observer,
  type SeriesOf,
  type Sight,
  type Sighting,
} from './coupled/observer.js'
export { type ChaosColumn, chaosObserver } from './coupled/observers/chaos.js'
export { conservationObserver } from './coupled/observers/conservation.js'
export { type DeviationColumn, deviationObserver } from './coupled/observers/deviation.js'
export { fluctuationObserver } from './coupled/observers/fluctuation.js'
export { forceErrorObserver } from './coupled/observers/forceError.js'
export { majorantObserver } from './coupled/observers/majorant.js'
export { pathsObserver } from './coupled/observers/paths.js'
export { initialConfiguration, type System, type SystemOptions, system } from './coupled/system.js'
export { measureTubes, type Tube, type Tubes, type TubesOptions } from './coupled/tubes.js'
export { type PhasePlane, type PhasePlaneOptions, phasePlane } from './density/phasePlane.js'
export {
  type PhaseDensityErrors,
  type PhaseSpaceDensity,
  type PhaseSpaceDensityOptions,
  phaseSpaceDensity,
} from './density/phaseSpaceDensity.js'
export { type EvolvingFieldOptions, evolvingField } from './field/evolveField.js'
export type { EvolvingField } from './field/evolvingField.js'
export { type BytesOf, fieldFromBytes, fieldToBytes, type StoredField } from './field/fieldBytes.js'
export { type FieldAccuracy, type FieldProblem, type FieldSolver, type FieldStore, fieldFor } from './field/fieldFor.js'
export { type FieldIdentity, fieldKey } from './field/fieldKey.js'
export { type GridFieldOptions, type GridLimits, type GridResolution, gridField } from './field/grid/gridField.js'
export { type GridErrors, type GridField, type GridTable, gridFieldOf } from './field/grid/gridFieldTable.js'
export { markersOfLaw } from './field/grid/markersOfLaw.js'
export { majorantField } from './field/majorantField.js'
export { type ParticleField, type ParticleFieldOptions, particleField } from './field/particleField.js'
export type { PlanarDisc } from './field/planar/planarConvolution.js'
export type { MeasuredError, PlanarField, PlanarTable } from './field/planar/planarFieldTable.js'
export {
  type RadialField,
  type RadialFieldAsyncOptions,
  type RadialFieldOptions,
  radialField,
  radialFieldAsync,
  radialFieldSteps,
} from './field/radial/radialField.js'
export type { RadialErrors, RadialProgress } from './field/radial/radialRecord.js'
export { shellForce } from './field/shellForce.js'
export { type SmoothFieldOptions, smoothField } from './field/smooth/smoothField.js'
export {
  type StationaryDrift,
  type StationaryDriftOptions,
  type StationaryFieldOptions,
  stationaryDrift,
  stationaryField,
} from './field/stationaryField.js'
export {
  type ConvergenceOptions,
  type ConvergenceProblem,
  type ConvergenceSeries,
  convergenceOrders,
} from './micro/convergenceOrders.js'
export {
  type BallMotion,
  type ColdBallOptions,
  coldBallRadius,
  coldCollapseTime,
  type KurthRadiusOptions,
  kurthRadius,
} from './micro/exactBalls.js'
export { circularOrbit, type ExactOrbit, ellipticOrbit, fallThroughCutoff } from './micro/exactOrbits.js'
export {
  type InvariantDrift,
  type Invariants,
  type InvariantsOptions,
  invariantDrift,
  invariants,
} from './micro/invariants.js'
export { type MicroscopicFlowOptions, microscopicFlow } from './micro/microscopicFlow.js'
export {
  type ExternalForce,
  forceTolerance,
  type PairAcceleration,
  type PairAccelerationOptions,
  pairAcceleration,
} from './micro/pairAcceleration.js'
export { type ChooseStepOptions, chooseStep } from './step/chooseStep.js'
export type { ChosenStep, StepTrial } from './step/chosenStep.js'
export { hermiteState, type Knot, stateAt } from './step/denseOutput.js'
export { type FreeMotion, gyration, type MagneticField } from './step/gyration.js'
export { type LangevinNoise, type LangevinNoiseOptions, langevinNoise } from './step/langevinNoise.js'
export { NonFiniteStateError } from './step/nonFiniteState.js'
export {
  type Acceleration,
  type ParticleStepper,
  type ParticleStepperOptions,
  particleStepper,
} from './step/particleStepper.js'
export {
  readSnapshot,
  restore,
  type SnapshotContent,
  type SnapshotParameters,
  type SteppedState,
  snapshot,
} from './step/snapshot.js'
export { type StepError, type StepErrorOptions, stepError } from './step/stepError.js'
export { type SchemeName, type SymplecticScheme, stageOffsets, symplecticScheme } from './step/symplecticScheme.js'
export type { FlowRecord, Trajectory } from './step/trajectory.js'
