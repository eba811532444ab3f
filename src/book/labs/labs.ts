/**
 * The laboratories by name: what the worker runs, and what a test runs in Node.
 */
import { coupling } from './coupling.js'
import { kernelExplorer } from './kernelExplorer.js'
import { largeNumbers } from './largeNumbers.js'
import type { LabComputation } from './protocol.js'
import { twoFlows } from './twoFlows.js'

export const labs: Readonly<Record<string, LabComputation>> = {
  'two-flows': twoFlows,
  kernel: kernelExplorer,
  'large-numbers': largeNumbers,
  coupling,
}
