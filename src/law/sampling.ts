/**
 * What the samplers share. Only arithmetic, square roots and the WebAssembly core's functions, so that a key gives
 * the same bits on every engine.
 */
import { type Configuration, configuration } from '../base/configuration.js'
import { quote, requireN } from '../base/errors.js'
import type { RandomStream } from '../base/random.js'
import { wasmCore } from '../wasm/core.js'

/**
 * N particles, each written by `draw` into scratch vectors q and p of length d.
 * @throws RangeError for N, TypeError if stream is not a random stream
 */
export function drawParticles(
  N: number,
  stream: RandomStream,
  draw: (q: Float64Array, p: Float64Array) => void,
  d: 2 | 3 = 3,
): Configuration {
  requireN(N)
  if (typeof stream !== 'object' || stream === null || typeof stream.uniform !== 'function') {
    throw new TypeError(`stream must be a random stream, as from randomStream(key), got ${quote(stream)}`)
  }
  const Z = configuration(N, d)
  const q = new Float64Array(d)
  const p = new Float64Array(d)
  for (let i = 0; i < N; i++) {
    draw(q, p)
    for (let a = 0; a < d; a++) {
      Z.q[a * N + i] = q[a]!
      Z.p[a * N + i] = p[a]!
    }
  }
  return Z
}

/** A vector of length r in the uniformly distributed direction. @param out length 3 */
export function drawOnSphere(r: number, stream: RandomStream, out: Float64Array): void {
  writeDirection(r, 2 * stream.uniform() - 1, stream, out)
}

/** A vector of length r with cosine `cosine` to the third axis and uniform azimuth. @param out length 3 */
export function writeDirection(r: number, cosine: number, stream: RandomStream, out: Float64Array): void {
  const core = wasmCore()
  const angle = 2 * Math.PI * stream.uniform()
  const across = r * Math.sqrt((1 - cosine) * (1 + cosine))
  out[0] = across * core.cos(angle)
  out[1] = across * core.sin(angle)
  out[2] = r * cosine
}

/** A uniform draw from the ball of the given radius about 0: |x| = radius u^{1/3}. @param out length 3 */
export function drawInBall(radius: number, stream: RandomStream, out: Float64Array): void {
  drawOnSphere(radius * wasmCore().cbrt(stream.uniform()), stream, out)
}

/**
 * Writes the first three of the variates x[from..from + count) over the length of all of them, times `scale`: a point
 * in the unit ball of density proportional to (1 - |y|^2)^{(count - 5)/2}, the projection of a uniform point on the
 * sphere in R^count; uniform in the ball for five of them.
 * @param out length 3
 */
export function placeInBall(scale: number, x: Float64Array, from: number, count: number, out: Float64Array): void {
  let square = 0
  for (let k = from; k < from + count; k++) square += x[k]! * x[k]!
  const factor = scale / Math.sqrt(square)
  for (let a = 0; a < 3; a++) out[a] = factor * x[from + a]!
}
