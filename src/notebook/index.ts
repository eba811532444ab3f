// What cells call: figures, tables, progress, verdicts; image files. Needs Node.

export { type TableColumns, type TableOptions, type TableValue, table } from '../present/table.js'
export { tex } from '../present/tex.js'
export { type CardClaim, verdictCard } from '../present/verdictCard.js'
export type { ImageFormat } from './imageService.js'
export { interruptibleWorker } from './interruptibleWorker.js'
export { type Progress, type ProgressOptions, progress, tracked } from './progress.js'
export { progressBars } from './progressBar.js'
export { type ExportFormat, exportFigure, type ImageSize, renderFigure } from './renderFigure.js'
export { show } from './show.js'
