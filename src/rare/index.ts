// Rare events of the flow: the tail of Theorem 4.2's event, and what it looks like.
export type { DeviationMaximum } from '../wasm/rare.js'
export { DEVIATION_EVENTS, type DeviationEvent, type DeviationScore, deviationScore } from './deviationScore.js'
export { joinTails, type Tail } from './joinTails.js'
export { type PhaseStates, phaseStates } from './phaseStates.js'
export type { Portrait } from './portrait.js'
export { type RunTailOptions, runTail, type TailCheckpoint, type TailRecord } from './runTail.js'
export { type ForceChernoffOptions, forceChernoff } from './static/forceChernoff.js'
export { type ForceTailOptions, forceTail } from './static/forceTail.js'
export {
  type ForceTailGroup,
  type ForceTailRow,
  type ForceTailTableOptions,
  forceTailTable,
} from './static/forceTailTable.js'
export { type MajorantTailOptions, majorantTail } from './static/majorantTail.js'
export type { ForceTail } from './static/weightedEstimate.js'
export { type TailCurve, type TailExponent, type TailPoint, type TailRecheck, tailCurve } from './tailCurve.js'
export { parseTailPlan, type TailCell, type TailGroup, type TailPlan, tailPlanJsonSchema } from './tailPlan.js'
