// What `import … from 'mean-field-limit'` means: what notebooks use. The rest is in the rooms, each by its own name:
// `import { stepError } from 'mean-field-limit/flow'`.

export * from './browser.js'
export type * from './ensemble/index.js'
export {
  ensembleSummary,
  inlineExecutor,
  openStore,
  packagedEnsemble,
  parsePlan,
  recordedLedger,
  runEnsemble,
} from './ensemble/index.js'
export * from './moved.js'
export type * from './notebook/index.js'
export {
  button,
  checkbox,
  choice,
  exportFigure,
  interact,
  player,
  progress,
  progressBars,
  show,
  slider,
  table,
  tex,
  tracked,
  verdictCard,
} from './notebook/index.js'
