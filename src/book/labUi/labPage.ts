/**
 * The script of the pages with a laboratory. Where one waits for its button, the page's script opens it.
 */
import { couplingLab } from './couplingLab.js'
import { kernelLab } from './kernelLab.js'
import { mountLaboratory } from './laboratory.js'
import { largeNumbersLab } from './largeNumbersLab.js'
import { twoFlowsLab } from './twoFlowsLab.js'

for (const spec of [twoFlowsLab, kernelLab, largeNumbersLab, couplingLab]) {
  const place = document.querySelector<HTMLElement>(`[data-lab="${spec.name}"]:not([data-closed])`)
  if (place !== null) mountLaboratory(place, spec)
}
