// What cells call: figures, tables, progress, verdicts; image files. Needs Node.

export { type TableColumns, type TableOptions, type TableValue, table } from '../present/table.js'
export { tex } from '../present/tex.js'
export { type CardClaim, verdictCard } from '../present/verdictCard.js'
export { checkAnswer } from './exercises/checkAnswer.js'
export { gradeAnswer, handIn } from './exercises/gradeAnswer.js'
export {
  button,
  type CellControl,
  type ControlKind,
  type ControlOptions,
  checkbox,
  choice,
  type PlayerOptions,
  player,
  slider,
} from './interact/controls.js'
export type { InteractContext, Shown } from './interact/evaluate.js'
export { type CellControls, interact } from './interact/interact.js'
export { interruptibleWorker } from './interruptibleWorker.js'
export { lab } from './laboratory/lab.js'
export type { LaboratoryName } from './laboratory/laboratories.js'
export type { ImageFormat } from './pictures/imageService.js'
export { type ExportFormat, exportFigure, type ImageSize, renderFigure } from './pictures/renderFigure.js'
export { type Progress, type ProgressOptions, progress, tracked } from './progress.js'
export { progressBars } from './progressBar.js'
export { show } from './show.js'
