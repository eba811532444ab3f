/**
 * The progress bar that long calls of the library show by themselves, in notebooks and on terminals.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { requireOneOf } from '../base/errors.js'
import { type ProgressDisplay, setProgressChannel } from '../base/progress.js'
import { inNotebook } from '../present/jupyterOutput.js'
import { liveLine, timeLeft } from '../present/progressLine.js'
import { progressShown } from './progress.js'

/** The environment variable that switches the bars off where it is '0'. */
export const PROGRESS_VARIABLE = 'MFL_PROGRESS'

let wanted: 'on' | 'off' = 'on'
let notebook = false

/**
 * Switches the progress bars of all calls of this process off or on; 'on' from the beginning, unless the environment
 * variable MFL_PROGRESS is '0'. One call alone: its option `bar`.
 * @throws RangeError for anything else
 * @example progressBars('off')
 */
export function progressBars(state: 'on' | 'off'): void {
  wanted = requireOneOf('state', state, ['on', 'off'])
}

/** A bar is taken away when its call ends: what is stored of it is the same however long the call took. */
function bar(): ProgressDisplay | undefined {
  const line = progressShown() ? undefined : liveLine()
  return (
    line && {
      show: ({ label, stage, fraction, secondsLeft }) => {
        const percent = Math.floor(100 * fraction)
        const time = secondsLeft === null ? 'starting' : timeLeft(secondsLeft)
        line.write([`${label}: ${percent} %`, time, ...(stage === '' ? [] : [stage])].join(', '), percent, 100)
      },
      end: line.clear,
    }
  )
}

setProgressChannel({
  ready: () => {
    if (wanted === 'off' || process.env[PROGRESS_VARIABLE] === '0') return false
    // Where a notebook is, one stays.
    notebook ||= inNotebook()
    return notebook || process.stderr.isTTY === true
  },
  open: bar,
  context: new AsyncLocalStorage(),
})
