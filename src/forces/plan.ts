/**
 * The choice of method and precision: a fixed rule of the input, the same on every machine.
 */
import { requireOneOf } from '../base/errors.js'
import { fastArithmeticSupported, forcesSupported } from '../wasm/forces.js'
import { hasMixedPrecision } from './directParameters.js'
import type { ForceMethod, ForceOptions, ForcePlan, ForcePrecision, ForceRequest } from './types.js'

/** The coarsest tolerance that a table of a radial function must meet; below it the sum runs in plain JavaScript. */
const TABLE_TOLERANCE = 1e-10
/** From here on pairs are evaluated in single precision: measured errors are below 1e-7 (see mixedErrorBound). */
const MIXED_TOLERANCE = 1e-6

/**
 * What {@link forces} will do with a request.
 * @throws RangeError for an override that this kernel or tolerance does not allow
 */
export function choosePlan(request: ForceRequest, options: ForceOptions): ForcePlan {
  const { spec, tolerance, targets, weights, N, n } = request
  const { arithmetic: wanted = 'portable', method: askedMethod, precision: askedPrecision } = options
  requireOneOf('arithmetic', wanted, ['portable', 'fast', 'scalar'])
  if (askedMethod !== undefined) requireOneOf<ForceMethod>('method', askedMethod, ['direct', 'fmm'])
  if (askedPrecision !== undefined) requireOneOf<ForcePrecision>('precision', askedPrecision, ['f64', 'mixed'])
  const compiled =
    wanted !== 'scalar' && forcesSupported() && !(spec.profile === 'radial' && tolerance < TABLE_TOLERANCE)
  const arithmetic = !compiled ? 'scalar' : wanted === 'fast' && fastArithmeticSupported() ? 'fast' : 'portable'
  const pairs = targets === undefined && weights === undefined ? (N * (N - 1)) / 2 : n * N
  if (askedMethod === 'fmm') throw new RangeError("method must be 'direct', got 'fmm'")

  const able = compiled && hasMixedPrecision(spec)
  if (askedPrecision === 'mixed' && !able) {
    throw new RangeError(
      `precision must be 'f64' for the kernel '${spec.kernel.name}' with alpha = ${spec.alpha}` +
        `${spec.radius === 0 ? ' and no cut-off' : ''}${compiled ? '' : ' in plain JavaScript'}, got 'mixed'`,
    )
  }
  const precision = askedPrecision ?? (able && tolerance >= MIXED_TOLERANCE ? 'mixed' : 'f64')
  const reason =
    askedPrecision !== undefined
      ? 'as asked'
      : precision === 'mixed'
        ? `single precision pairs suffice for a tolerance >= ${MIXED_TOLERANCE}`
        : able
          ? `double precision for a tolerance < ${MIXED_TOLERANCE}`
          : 'this kernel is evaluated in double precision'
  return { method: 'direct', precision, arithmetic, tolerance, pairs, threads: 1, reason }
}
