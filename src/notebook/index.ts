// What cells call: figures, tables, progress, verdicts; image files. Needs Node.
export type { ImageFormat } from './imageService.js'
export { interruptibleWorker } from './interruptibleWorker.js'
export { type Progress, type ProgressOptions, progress, tracked } from './progress.js'
export { type ExportFormat, exportFigure, type ImageSize, renderFigure } from './renderFigure.js'
export { show } from './show.js'
export { type TableColumns, type TableOptions, type TableValue, table } from './table.js'
export { tex } from './tex.js'
export { type CardClaim, verdictCard } from './verdictCard.js'
