/**
 * Places of the other particles under the tilt exp(theta h(q - Q)), drawn exactly by rejection.
 */
import type { BulkStream } from '../../base/bulkStream.js'
import { wasmCore } from '../../wasm/core.js'
import type { TiltedPair } from './tiltedPair.js'

/**
 * Draws particles 1, ..., N - 1 of q, whose particle 0 is given, from the tilted law.
 * @param q positions, coordinate a of particle i at [a * N + i]; written
 * @param theta >= 0
 * @param near probability under the tilt that |q_0 - Q| is below the ball's radius
 * @returns sum of h(q_0 - q_j) over j
 */
export function drawTilted(pair: TiltedPair, q: Float64Array, theta: number, near: number, stream: BulkStream): number {
  const { exp } = wasmCore()
  const { sigmaQ, ball, inside: strongest, outside } = pair
  const N = q.length / 3
  const [x0, y0, z0] = [q[0]!, q[N]!, q[2 * N]!]
  // The density of the law is largest in the ball at this distance from the origin.
  const closest = Math.max(0, Math.sqrt(x0 * x0 + y0 * y0 + z0 * z0) - ball)
  const precision = 0.5 / (sigmaQ * sigmaQ)
  const three = new Float64Array(3)
  let sum = 0
  for (let j = 1; j < N; j++) {
    const inside = stream.uniform() < near
    for (;;) {
      if (inside) {
        const u = ball * (2 * stream.uniform() - 1)
        const v = ball * (2 * stream.uniform() - 1)
        const w = ball * (2 * stream.uniform() - 1)
        three[0] = x0 - u
        three[1] = y0 - v
        three[2] = z0 - w
      } else {
        stream.normals(three)
        for (let a = 0; a < 3; a++) three[a] = sigmaQ * three[a]!
      }
      const [x, y, z] = [three[0]!, three[1]!, three[2]!]
      const u = x0 - x
      const square = u * u + (y0 - y) ** 2 + (z0 - z) ** 2
      if (square < ball * ball !== inside) continue
      const h = pair.value(u, square)
      const logAccept = inside
        ? precision * (closest * closest - x * x - y * y - z * z) + theta * (h - strongest)
        : theta * (h - outside)
      if (stream.uniform() >= exp(logAccept)) continue
      sum += h
      q[j] = x
      q[N + j] = y
      q[2 * N + j] = z
      break
    }
  }
  return sum
}
