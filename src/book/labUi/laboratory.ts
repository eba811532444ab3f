/**
 * A laboratory on a page: controls, drawings and numbers around a worker.
 */
import { type LaboratoryName, laboratoryControls, labSetting } from '../../notebook/laboratory/laboratories.js'
import type { LabResult, LabSetting } from '../labs/protocol.js'
import { controls } from './controls.js'
import { labConnection } from './labConnection.js'
import { numbers } from './numbers.js'

/** Milliseconds of rest before a moved slider starts a computation. */
const DEBOUNCE = 180

/** What a laboratory draws. */
export interface Drawing {
  readonly elements: readonly HTMLElement[]
  /** @param complete whether the computation has ended @param setting the controls' values it belongs to */
  show(result: LabResult, complete: boolean, setting: LabSetting): void
}

export interface LaboratorySpec {
  readonly name: LaboratoryName
  drawing(): Drawing
}

/**
 * Builds a laboratory into its place and starts it. The place says what the controls begin with, and later what they
 * say, as JSON in data-setting.
 * @throws TypeError, RangeError as `labSetting` does
 */
export function mountLaboratory(place: HTMLElement, spec: LaboratorySpec): void {
  const start = labSetting(spec.name, JSON.parse(place.dataset.setting ?? '{}'))
  const drawing = spec.drawing()
  const table = numbers()
  const status = document.createElement('p')
  status.className = 'lab-status'
  status.setAttribute('role', 'status')
  let setting = start
  let started = 0
  const connection = labConnection(spec.name, reply => {
    if (reply.kind === 'stage') status.textContent = `${reply.text} …`
    else if (reply.kind === 'error') {
      status.textContent = reply.message
      place.dataset.state = 'error'
    } else {
      const complete = reply.kind === 'done'
      drawing.show(reply.result, complete, setting)
      table.show(reply.result.quantities, reply.result.note)
      if (!complete) return
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      status.textContent = `done in ${seconds} s, ${reply.threads === 1 ? 'one thread' : `up to ${reply.threads} threads`}`
      place.dataset.state = 'done'
    }
  })
  let waiting: ReturnType<typeof setTimeout> | undefined
  const run = (): void => {
    setting = form.values()
    place.dataset.setting = JSON.stringify(setting)
    started = performance.now()
    connection.request(setting)
  }
  const form = controls(laboratoryControls[spec.name].controls, start, () => {
    place.dataset.state = 'running'
    clearTimeout(waiting)
    waiting = setTimeout(run, DEBOUNCE)
  })
  const views = document.createElement('div')
  views.className = 'lab-views'
  views.append(...drawing.elements)
  place.replaceChildren(form.element, status, views, table.element)
  place.dataset.state = 'running'
  run()
}
