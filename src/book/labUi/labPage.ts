/**
 * The script of the pages with a laboratory, in the book and in the outputs of cells. It opens those that are not
 * closed, and hands out how to open one: a page's button, or JupyterLab, asks for it.
 */
import { settingOfText } from '../../notebook/laboratory/laboratories.js'
import { couplingLab } from './couplingLab.js'
import { kernelLab } from './kernelLab.js'
import { mountLaboratory } from './laboratory.js'
import { largeNumbersLab } from './largeNumbersLab.js'
import { twoFlowsLab } from './twoFlowsLab.js'

/** What the script leaves in the window. */
export interface LaboratoryWindow {
  readonly mflLaboratory: { open(place: HTMLElement): void }
}

const SPECS = [twoFlowsLab, kernelLab, largeNumbersLab, couplingLab]

/** Opens the laboratory of a place; what is wrong with its setting is said there. */
function open(place: HTMLElement): void {
  const { lab = '' } = place.dataset
  try {
    const spec = SPECS.find(({ name }) => name === lab)
    // The address of a page speaks of its one laboratory.
    const address = document.body.classList.contains('laboratory') ? location.hash.slice(1) : ''
    if (address.includes('=')) place.dataset.setting = JSON.stringify(settingOfText(lab, address))
    if (spec === undefined) throw new RangeError(`there is no laboratory ${lab}`)
    mountLaboratory(place, spec)
  } catch (error) {
    const words = document.createElement('p')
    words.className = 'lab-status'
    words.setAttribute('role', 'alert')
    words.textContent = (error as Error).message
    place.replaceChildren(words)
    place.dataset.state = 'error'
  }
}

Object.assign(window, { mflLaboratory: { open } } satisfies LaboratoryWindow)
for (const place of document.querySelectorAll<HTMLElement>('[data-lab]:not([data-closed])')) open(place)
