/**
 * By which method the radial solver treats a law: what its rule of nodes says decides.
 */
import type { Kernel } from '../../../interaction/kernel.js'
import { phaseNodesOf } from '../../../law/invariantPhaseNodes.js'
import type { Law } from '../../../law/law.js'

/** 'edges': polynomials on cells; 'tails': more radii and speeds; 'smooth': polynomials over all radii. */
export type RadialMethod = 'smooth' | 'tails' | 'edges'

/**
 * The method, and whether the support is bounded.
 * @throws RangeError for a law that is not rotation-invariant
 */
export function radialMethod(law: Law, kernel: Kernel): { readonly method: RadialMethod; readonly compact: boolean } {
  const { compact, edges = false, tails = false } = phaseNodesOf(law, { d: kernel.d as 2 | 3, n: 8, tail: 1e-2 })
  // A bounded core smooths what the shells of an edge leave rough; without one their sum would converge slowly.
  if (edges && kernel.cutoffRadius > 0) return { method: 'edges', compact }
  return { method: tails ? 'tails' : 'smooth', compact }
}
