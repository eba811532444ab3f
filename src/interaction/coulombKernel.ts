/**
 * The Coulomb (sigma = 1) and Newton (sigma = -1) kernel (2).
 */
import { requireInteger, requireOptions, type Sigma } from '../base/errors.js'
import type { Kernel } from './kernel.js'
import { powerKernel } from './powerKernel.js'

/**
 * The kernel (2), k(q) = sigma q/|q|^3, in R^d k(q) = sigma q/|q|^d, with k(0) = 0.
 * Its potential is sigma |q|^(2-d)/(d-2), in d = 2 -sigma ln |q|.
 * @throws TypeError, RangeError for sigma not in {-1, 0, 1}, d not an integer >= 2
 * @source (2)
 * @example coulombKernel().magnitude(2) // 0.25
 */
export function coulombKernel(options: { readonly sigma?: Sigma; readonly d?: number } = {}): Kernel {
  requireOptions<{ readonly sigma?: Sigma; readonly d?: number }>('coulombKernel', options, { sigma: true, d: true })
  const { sigma = 1, d = 3 } = options
  requireInteger('d', d, 2)
  if (d > 1000) requireInteger('d', d, 2, 1000)
  return powerKernel({ alpha: d - 1, sigma, d })
}
