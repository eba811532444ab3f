/**
 * Places of the other particles under the tilt exp(theta k_1(q - Q)), drawn exactly by rejection.
 */
import type { BulkStream } from '../../base/bulkStream.js'
import { wasmCore } from '../../wasm/core.js'
import type { StaticProblem } from './tiltedSummand.js'

/**
 * Draws particles 1, ..., N - 1 of q, whose particle 0 is given, from the tilted law.
 * @param q positions, coordinate a of particle i at [a * N + i]; written
 * @param theta >= 0
 * @param near probability under the tilt of |q_0 - Q| < 2 r_c
 * @returns sum of k_1(q_0 - q_j) over j
 */
export function drawTilted(
  { sigmaQ, cutoffRadius }: StaticProblem,
  q: Float64Array,
  theta: number,
  near: number,
  stream: BulkStream,
): number {
  const { exp } = wasmCore()
  const N = q.length / 3
  const [x0, y0, z0] = [q[0]!, q[N]!, q[2 * N]!]
  const ball = 2 * cutoffRadius
  const cut = cutoffRadius * cutoffRadius
  const strongest = 1 / cut
  const outside = 1 / (ball * ball)
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
      const s = Math.max(square, cut)
      const h = u / (s * Math.sqrt(s))
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
