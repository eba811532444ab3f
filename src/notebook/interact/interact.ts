/**
 * Controls above a figure that follows them: the figure is made anew by the cell's own function, in the kernel.
 */
import { requireFunction } from '../../base/errors.js'
import { InterruptedError, onInterrupt } from '../../base/interrupt.js'
import { canonicalJson, type Json } from '../../files/canonicalJson.js'
import { display, imagesWanted } from '../../present/jupyterOutput.js'
import { type Comm, type CommListener, commTargets } from './commTargets.js'
import { type CellControl, type ShownControl, shownControls, stateText, valuesAt } from './controls.js'
import { gather, type InteractContext, type Shown } from './evaluate.js'
import {
  INTERACT_MIME,
  INTERACT_TARGET,
  type InteractAnswer,
  type InteractModel,
  type InteractRequest,
  type Output,
} from './protocol.js'

/** The controls of values, by name. */
export type CellControls<Values extends object> = { readonly [Name in keyof Values]: CellControl<Values[Name]> }

/** What the controls of a cell call. */
interface View {
  readonly controls: Readonly<Record<string, CellControl<unknown>>>
  readonly shown: readonly ShownControl[]
  readonly callback: (values: object, context: InteractContext) => Shown | Promise<Shown>
  /** What the front end asked for last: a page that is loaded anew goes on there. */
  state: readonly number[]
}

/** By number, in the order of the calls. */
const views = new Map<number, View>()
let calls = 0

/** So many cells can be moved at a time; of older ones the kernel forgets the function. */
const MOST_VIEWS = 200

/**
 * Shows controls and, below them, what the callback makes of their values; when a control is moved the callback is
 * called again, in the kernel, and what it shows takes the place of what was there.
 *
 * One call is under way at a time, and the newest values win. The stored output is that of the first values: what is
 * seen on GitHub, in the book and in a notebook whose kernel has ended.
 * @param controls by name: `slider`, `choice`, `checkbox`, `button`, `player`
 * @param callback gets the values by name, and a signal that is aborted when newer values have come or the kernel is
 * interrupted; returns a figure or a text, or a promise of one, or shows something itself
 * @returns a promise, to be awaited, if the callback returns one
 * @throws TypeError, RangeError if a control is none; what the callback throws at the first values
 * @example interact({ N: slider([100, 1000]) }, ({ N }) => `N^(-1/3) = ${N ** (-1 / 3)}`)
 */
export function interact<Values extends object>(
  controls: CellControls<Values>,
  callback: (values: Values, context: InteractContext) => Shown,
): void
/** The same for a callback that returns a promise: to be awaited. */
export function interact<Values extends object>(
  controls: CellControls<Values>,
  callback: (values: Values, context: InteractContext) => Promise<Shown>,
): Promise<void>
export function interact<Values extends object>(
  controls: CellControls<Values>,
  callback: (values: Values, context: InteractContext) => Shown | Promise<Shown>,
): void | Promise<void> {
  const given = controls as Readonly<Record<string, CellControl<unknown>>>
  const shown = shownControls(given)
  requireFunction('callback', callback)
  const state = shown.map(({ start }) => start)
  const view: View = { controls: given, shown, callback: callback as View['callback'], state }
  const number = ++calls
  const outputs: Output[] = []
  const controller = new AbortController()
  const done = onInterrupt(() => controller.abort(new InterruptedError()))
  const call = () => view.callback(valuesAt(given, state), { signal: controller.signal })
  const finish = (): void => {
    views.set(number, view)
    if (views.size > MOST_VIEWS) views.delete(Math.min(...views.keys()))
    display(viewBundle(number, shown, outputs))
  }
  let promise: Promise<void> | undefined
  try {
    promise = gather(call, imagesWanted(), outputs)
  } finally {
    if (promise === undefined) done()
  }
  if (promise !== undefined) return promise.then(finish).finally(done)
  finish()
}

/** One output: the controls, and the forms of the first thing shown for places that know no controls. */
function viewBundle(view: number, controls: readonly ShownControl[], outputs: readonly Output[]): Output {
  const [first, ...more] = outputs
  const { 'text/plain': _, ...forms } = first!
  const start = controls.map(control => control.start)
  const text = [...outputs.map(output => output['text/plain']), `controls: ${stateText(controls, start)}`].join('\n')
  const below = more.map(({ 'image/png': _, ...rest }) => rest)
  const model: InteractModel = {
    version: 1,
    view,
    controls,
    first: first!['text/plain'],
    ...(more.length > 0 ? { more: below } : {}),
  }
  return { [INTERACT_MIME]: model, ...forms, 'text/plain': text }
}

commTargets.set(INTERACT_TARGET, (comm, data) => {
  const asked = data as { readonly view?: number; readonly controls?: unknown } | undefined
  const view = views.get(asked?.view ?? 0)
  // The number may be that of another cell, from before a restart.
  const same = (other: unknown, own: readonly ShownControl[]): boolean =>
    other !== undefined && canonicalJson(other as Json) === canonicalJson(own as unknown as Json)
  if (view === undefined || !same(asked!.controls, view.shown)) {
    comm.close({ reason: 'unknown' })
    return undefined
  }
  say(comm, { kind: 'ready', state: view.state })
  return listener(comm, view)
})

const say = (comm: Comm, answer: InteractAnswer): void => comm.send(answer)

function listener(comm: Comm, view: View): CommListener {
  let underWay: { readonly seq: number; readonly controller: AbortController } | undefined
  return {
    heard(data) {
      const request = data as InteractRequest
      if (request.kind === 'newer') {
        if (underWay?.seq === request.seq) underWay.controller.abort(new DOMException('newer values', 'AbortError'))
        return undefined
      }
      underWay?.controller.abort(new DOMException('newer values', 'AbortError'))
      const controller = new AbortController()
      underWay = { seq: request.seq, controller }
      return answer(comm, view, request.seq, request.state, controller)
    },
    closed: () => underWay?.controller.abort(new DOMException('the controls are gone', 'AbortError')),
  }
}

/** Calls the callback when its turn comes, and says what came of it. */
async function answer(
  comm: Comm,
  view: View,
  seq: number,
  state: readonly number[],
  controller: AbortController,
): Promise<void> {
  const outputs: Output[] = []
  const { signal } = controller
  let written = -1
  const printed = (text: string): void => {
    if (written >= 0 && written === outputs.length - 1) {
      outputs[written] = { 'text/plain': outputs[written]!['text/plain'] + text }
    } else written = outputs.push({ 'text/plain': text }) - 1
  }
  try {
    const values = valuesAt(view.controls, state)
    await comm.turn({
      controller,
      printed,
      work: async () => {
        signal.throwIfAborted()
        view.state = state
        await gather(() => view.callback(values, { signal }), false, outputs)
      },
    })
    say(comm, { kind: 'outputs', seq, outputs })
  } catch (error) {
    if (error instanceof InterruptedError) say(comm, { kind: 'stopped', seq, reason: 'interrupt' })
    else if (signal.aborted) say(comm, { kind: 'stopped', seq, reason: 'newer' })
    else say(comm, { kind: 'error', seq, ...comm.report(error) })
  }
}
