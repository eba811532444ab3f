// Rare events of the flow: the tail of Theorem 4.2's event, and what it looks like.
export type { DeviationMaximum } from '../wasm/rare.js'
export { type DeviationScore, deviationScore } from './deviationScore.js'
export { type PhaseStates, phaseStates } from './phaseStates.js'
export type { Portrait } from './portrait.js'
export { type RunTailOptions, runTail, type TailCheckpoint, type TailRecord } from './runTail.js'
export { type TailCurve, type TailExponent, type TailPoint, type TailRecheck, tailCurve } from './tailCurve.js'
export { parseTailPlan, type TailCell, type TailGroup, type TailPlan } from './tailPlan.js'
