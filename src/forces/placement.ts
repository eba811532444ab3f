/**
 * Points and weights in the memory of the compiled loops, and results out of it.
 */
import type { Block, ForceModule } from '../wasm/forces.js'

/** An upper bound on every distance between a target and a source. */
export function diameter(
  sources: Float64Array,
  targets: Float64Array | undefined,
  N: number,
  n: number,
  d: number,
): number {
  let square = 0
  for (let a = 0; a < d; a++) {
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    const include = (q: Float64Array, count: number): void => {
      for (let i = a * count; i < (a + 1) * count; i++) {
        if (q[i]! < low) low = q[i]!
        if (q[i]! > high) high = q[i]!
      }
    }
    include(sources, N)
    if (targets !== undefined) include(targets, n)
    square += (high - low) ** 2
  }
  return Math.sqrt(square)
}

export function place(module: ForceModule, data: Float64Array): Block<Float64Array> {
  const placed = module.arena.f64(data.length)
  placed.view.set(data)
  return placed
}

/**
 * Three coordinates (the third 0 in d = 2), padded to a multiple of 4 with the last point, which has weight 0 there.
 */
export function placePoints(
  module: ForceModule,
  q: Float64Array,
  N: number,
  d: number,
  order: Int32Array | undefined,
): { readonly ptr: number; readonly stride: number } {
  const stride = Math.ceil(N / 4) * 4
  const { ptr, view } = module.arena.f64(3 * stride)
  for (let a = 0; a < 3; a++) {
    const base = a * stride
    if (a >= d) view.fill(0, base, base + stride)
    else {
      if (order === undefined) view.set(q.subarray(a * N, (a + 1) * N), base)
      else for (let i = 0; i < N; i++) view[base + i] = q[a * N + order[i]!]!
      view.fill(view[base + N - 1]!, base + N, base + stride)
    }
  }
  return { ptr, stride }
}

export function placeWeights(
  module: ForceModule,
  weights: Float64Array | undefined,
  N: number,
  stride: number,
  order: Int32Array | undefined,
  factor: number,
): Block<Float64Array> {
  const placed = module.arena.f64(stride)
  const { view } = placed
  if (weights === undefined) view.fill(1, 0, N)
  else for (let i = 0; i < N; i++) view[i] = factor * weights[order === undefined ? i : order[i]!]!
  view.fill(0, N)
  return placed
}

/**
 * Copies forces out, times a factor; the 0 that is added makes -0 to 0. No force is 0 even where the sum overflows.
 */
export function copyOut(
  from: Float64Array,
  stride: number,
  to: Float64Array,
  n: number,
  d: number,
  factor: number,
  order: Int32Array | undefined,
): void {
  for (let a = 0; a < d; a++) {
    for (let i = 0; i < n; i++) {
      to[a * n + (order === undefined ? i : order[i]!)] = factor === 0 ? 0 : factor * from[a * stride + i]! + 0
    }
  }
}
