/**
 * What (13) leaves of the weak form along a run of (5). Used by the claim on (13) and its figure.
 */
import type { Configuration } from '../../base/configuration.js'
import { particleStepper } from '../../flow/step/particleStepper.js'
import { forces } from '../../forces/forces.js'
import type { Kernel } from '../../interaction/kernel.js'

/**
 * What is left of the weak form over [0, 1/2] along (5) by leapfrog, the largest change of int phi dmu_t there, and the
 * integral of int d phi/d p_1 dmu_t over that time, which times k(0)/N is what another k(0) leaves.
 * @param steps on [0, 1/2]; the residual is of order steps^-2
 * @param origin the first component of k(0) in k*mu, default 0
 */
export function weakResidual(
  Z: Configuration,
  kernel: Kernel,
  steps: number,
  origin: number = 0,
): { readonly residual: number; readonly change: number; readonly push: number } {
  const { N } = Z
  const convolved = new Float64Array(3 * N)
  const stepper = particleStepper(Z, {
    acceleration: (_, q, out) => void forces(q, kernel, { method: 'direct', precision: 'f64', out }),
    T: 0.5,
    steps,
  })
  const [begin, sum] = [{ value: 0 }, { flux: 0, push: 0, change: 0, last: 0 }]
  for (let n = 0; n <= steps; n++) {
    // No step, but the force of the present state.
    if (n === 0) {
      forces(stepper.Z.q, kernel, { method: 'direct', precision: 'f64', out: stepper.force })
    } else stepper.advanceSync()
    for (let k = 0; k < 3 * N; k++) convolved[k] = stepper.force[k]! + (k < N ? origin / N : 0)
    const { value, rate, slope } = observable(stepper.Z.q, stepper.Z.p, convolved, N)
    if (n === 0) begin.value = value
    const weight = (n === 0 || n === steps ? 0.5 : 1) * (0.5 / steps)
    sum.flux += weight * rate
    sum.push += weight * slope
    sum.change = Math.max(sum.change, Math.abs(value - begin.value))
    sum.last = value
  }
  return { residual: sum.last - begin.value - sum.flux, change: sum.change, push: sum.push }
}

/**
 * phi = exp(-|q - a|^2/2 - |p - b|^2/2) with a = e_1/2, b = e_2/2, its mean and those of p.grad_q phi + K.grad_p phi
 * and d phi/d p_1.
 */
function observable(
  q: Float64Array,
  p: Float64Array,
  K: Float64Array,
  N: number,
): { readonly value: number; readonly rate: number; readonly slope: number } {
  let [value, rate, slope] = [0, 0, 0]
  for (let i = 0; i < N; i++) {
    let [square, derivative] = [0, 0]
    for (let a = 0; a < 3; a++) {
      const k = a * N + i
      const x = q[k]! - (a === 0 ? 0.5 : 0)
      const v = p[k]! - (a === 1 ? 0.5 : 0)
      square += x * x + v * v
      derivative -= p[k]! * x + K[k]! * v
    }
    const phi = Math.exp(-0.5 * square)
    value += phi / N
    rate += (phi * derivative) / N
    slope -= (phi * p[i]!) / N
  }
  return { value, rate, slope }
}
