/**
 * The cut-off radius r_c = N^-delta, with the limits that mean "no cut-off".
 */
import { requireDelta, requireN } from '../base/errors.js'
import { wasmCore } from '../wasm/core.js'

/**
 * r_c = N^-delta; 0 (no cut-off) if delta = Infinity or N = Infinity, as in the paper's convention k^N_delta = k for
 * N = infinity. N = 1 with finite delta gives r_c = 1, and so does delta = 0.
 * @param N number of particles, a positive integer or Infinity
 * @param delta exponent in [0, Infinity]
 * @throws TypeError, RangeError for N or delta outside their range
 * @example cutoffRadius(1000, 1 / 3) // 0.1
 */
export function cutoffRadius(N: number, delta: number): number {
  if (N !== Number.POSITIVE_INFINITY) requireN(N)
  requireDelta(delta)
  if (N === Number.POSITIVE_INFINITY || delta === Number.POSITIVE_INFINITY) return 0
  // Not `**`: its last bit differs between engines, and forces and whole runs with it.
  return wasmCore().pow(N, -delta)
}

/**
 * As {@link cutoffRadius}, and requires that r_c^-power can be represented, so that no value inside the cut-off
 * overflows.
 * @throws TypeError, RangeError also for a delta so large that N^(delta power) overflows
 */
export function representableCutoffRadius(N: number, delta: number, power: number, name: string = 'delta'): number {
  const radius = cutoffRadius(N, delta)
  const absent = N === Number.POSITIVE_INFINITY || delta === Number.POSITIVE_INFINITY
  if (!absent && !Number.isFinite(radius ** -power)) {
    throw new RangeError(
      `${name} must be a number in [0, ${(308 / (power * Math.log10(N))).toPrecision(3)}] for N = ${N} ` +
        `(so that N^(${power} ${name}) can be represented) or Infinity (no cut-off), got ${delta}`,
    )
  }
  return radius
}
