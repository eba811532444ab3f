/**
 * One-dimensional Fourier transforms of grid lines, on fft.js, with trigonometric tables that have the same bits on
 * every engine. Used by the free-space convolution of the 3-D mean field.
 */
import FFT from 'fft.js'
import { wasmCore } from '../../../wasm/core.js'

/** Complex transforms of one length; buffers hold re, im interleaved. */
export interface LineTransform {
  /** A power of two >= 2. */
  readonly length: number
  /** Where a line is put before a transform, length 2*length. */
  readonly input: Float64Array
  /** Where the transform is found, length 2*length. */
  readonly output: Float64Array
  /** output_k = sum_j input_j e^{-2 pi i j k/length}. */
  forward(): void
  /** output_j = (1/length) sum_k input_k e^{2 pi i j k/length}. */
  inverse(): void
}

/** Transforms of lines of the given length. */
export function lineTransform(length: number): LineTransform {
  const fft = new FFT(length)
  // fft.js fills its table by Math.sin and Math.cos, whose last bits differ between engines.
  const core = wasmCore()
  for (let i = 0; i < length; i++) {
    const angle = (2 * Math.PI * i) / length
    fft.table[2 * i] = core.cos(angle)
    fft.table[2 * i + 1] = -core.sin(angle)
  }
  const input = new Float64Array(2 * length)
  const output = new Float64Array(2 * length)
  return {
    length,
    input,
    output,
    forward: () => fft.transform(output, input),
    inverse: () => fft.inverseTransform(output, input),
  }
}

/**
 * Cosine sums of lines of a 3-D array along one axis: for an even sequence of period `length` given by its values
 * 0 ... length/2, the values 0 ... keep-1 of y_j = sum_{k over one period} x_k cos(2 pi j k/length).
 * @param shape of x; its entry on the axis is length/2 + 1
 * @returns y, of the same shape but `keep` on the axis
 */
export function cosineSums(
  x: Float64Array,
  shape: readonly [number, number, number],
  axis: 0 | 1 | 2,
  keep: number,
): Float64Array {
  const half = shape[axis] - 1
  const length = 2 * half
  const line = lineTransform(length)
  const { input, output } = line
  const inner = shape.slice(axis + 1).reduce((product, n) => product * n, 1)
  const outer = shape.slice(0, axis).reduce((product, n) => product * n, 1)
  const y = new Float64Array(outer * keep * inner)
  const lines = outer * inner
  // The transform of an even real line is real, so that two lines fit into one complex transform.
  for (let first = 0; first < lines; first += 2) {
    const second = Math.min(first + 1, lines - 1)
    const from = (l: number): number => Math.floor(l / inner) * shape[axis] * inner + (l % inner)
    const to = (l: number): number => Math.floor(l / inner) * keep * inner + (l % inner)
    const [a, b] = [from(first), from(second)]
    for (let k = 0; k <= half; k++) {
      const re = x[a + k * inner]!
      const im = x[b + k * inner]!
      input[2 * k] = re
      input[2 * k + 1] = im
      if (k > 0 && k < half) {
        input[2 * (length - k)] = re
        input[2 * (length - k) + 1] = im
      }
    }
    line.forward()
    const [c, d] = [to(first), to(second)]
    for (let j = 0; j < keep; j++) {
      y[c + j * inner] = output[2 * j]!
      y[d + j * inner] = output[2 * j + 1]!
    }
  }
  return y
}
