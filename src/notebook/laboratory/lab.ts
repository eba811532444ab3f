/**
 * Shows a laboratory of the book below the running cell.
 */
import { display, type MimeBundle } from '../../present/jupyterOutput.js'
import { type LaboratoryName, laboratoryControls, labSetting } from './laboratories.js'
import { LAB_MIME, type LabModel, laboratoryPage } from './protocol.js'

/**
 * Displays a live laboratory: its controls, its drawings and its numbers, computed in the reader's browser by the same
 * code and WebAssembly as in Node, with the same bits. No kernel is needed once it is shown, and no network.
 *
 * JupyterLab 4 and Notebook 7 show it by the project's extension; other places have a text that says what it is and
 * where it opens.
 * @param name 'two-flows', 'kernel', 'large-numbers' or 'coupling'
 * @param state what its controls begin with, by key; each a value that its control has. What is left out begins as on
 * its page.
 * @throws TypeError, RangeError naming what is unknown, with the list, before anything is shown
 * @example lab('two-flows', { N: 500, delta: 0.25 })
 */
export function lab(name: LaboratoryName, state: Readonly<Record<string, number | string>> = {}): void {
  display(labBundle(name, state))
}

/** The forms of a laboratory by MIME type. */
export function labBundle(name: LaboratoryName, given: object): MimeBundle & { readonly 'text/plain': string } {
  const state = labSetting(name, given)
  const { title, controls } = laboratoryControls[name]
  const values = controls.map(
    control => `${'symbol' in control ? control.symbol : control.key} = ${state[control.key]}`,
  )
  const model: LabModel = { version: 1, name, state }
  const text = [
    `Live laboratory: ${title}; ${values.join(', ')}`,
    'It runs in JupyterLab 4 and Notebook 7 with the extension of mean-field-limit (npm start, or mfl setup),',
    `and in the book (npm run book): ${laboratoryPage(name, state)}`,
  ]
  return { [LAB_MIME]: model, 'text/plain': text.join('\n') }
}
