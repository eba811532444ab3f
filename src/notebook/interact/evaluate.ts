/**
 * One call of the callback of {@link interact}: its result, and what it shows, become outputs.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { quote } from '../../base/errors.js'
import type { Figure } from '../../figures/theme/figure.js'
import { type DisplaySink, display, setDisplaySink } from '../../present/jupyterOutput.js'
import { show } from '../show.js'
import type { Output } from './protocol.js'

/** What a callback may return: a figure or a text is shown; nothing is needed if it shows something by itself. */
// biome-ignore lint/suspicious/noConfusingVoidType: a callback that ends with `table(...)` returns nothing
export type Shown = Figure | string | void

/** What a callback gets besides the values. */
export interface InteractContext {
  /** Aborted when a newer value has come, and when the kernel is interrupted. */
  readonly signal: AbortSignal
}

const sinks = new AsyncLocalStorage<DisplaySink>()
setDisplaySink(() => sinks.getStore())

/**
 * Calls a callback and gathers what it shows.
 * @param call the callback with its arguments
 * @param images whether figures come with an image
 * @param outputs where what it shows is added, in order
 * @returns undefined, or a promise of it if the callback returns one
 * @throws what the callback throws; TypeError if it returns something else, RangeError if nothing is shown
 */
export function gather(
  call: () => Shown | Promise<Shown>,
  images: boolean,
  outputs: Output[],
): Promise<void> | undefined {
  const sink: DisplaySink = { images, add: bundle => void outputs.push(bundle) }
  const finish = (result: Shown): undefined => {
    showResult(result)
    if (outputs.length === 0)
      throw new RangeError('callback must return a figure or a text, or show something; it did neither')
  }
  return sinks.run(sink, () => {
    const result = call()
    return isPromise(result) ? result.then(finish) : finish(result)
  })
}

function isPromise(value: unknown): value is Promise<Shown> {
  return typeof (value as Partial<Promise<Shown>> | undefined)?.then === 'function'
}

function showResult(result: Shown): void {
  if (result === undefined) return
  if (typeof result === 'string') display({ 'text/plain': result })
  else if (typeof result === 'object' && result !== null && 'data' in result && 'layout' in result) show(result)
  else throw new TypeError(`callback must return a figure or a text, got ${quote(result)}`)
}
