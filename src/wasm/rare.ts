/**
 * Loader of the WebAssembly loops of rare events: normal variates in bulk, and the largest deviation of Psi from Phi
 * along a coupled run in single precision. Each instance has a private memory of fixed size, so that views stay valid.
 */
import { rareBase64 } from './rare.generated.js'

interface RareExports {
  heapBase(): number
  uniform(state: number): number
  normals(state: number, out: number, count: number): void
  deviation(
    ...a: [
      y: number,
      stride: number,
      n: number,
      table: number,
      nodes: number,
      length: number,
      steps: number,
      h: number,
      strength: number,
      rc2: number,
      weight: number,
      out: number,
    ]
  ): number
}

const PAGE = 65536

let compiled: WebAssembly.Module | undefined

/** The functions over a memory that has room for `bytes` behind the module's own data. */
function instance(bytes: number): {
  readonly loops: RareExports
  readonly memory: WebAssembly.Memory
  readonly at: number
} {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(rareBase64), c => c.charCodeAt(0)))
  const pages = Math.ceil(bytes / PAGE) + 2
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
  const abort = (): never => {
    throw new Error('the WebAssembly loops of rare events aborted')
  }
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory, abort } })
  const loops = exports as unknown as RareExports
  return { loops, memory, at: (loops.heapBase() + 63) & -64 }
}

/** Random numbers with the same bits on every engine. */
export interface BulkGenerator {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number
  /** Fills the array with independent standard normal variates. */
  normals(out: Float64Array): void
}

/** Variates that are made in one call of the module. */
const BLOCK = 4096

/** xoshiro256++ from a state of eight 32-bit numbers, not all 0. */
export function bulkGenerator(state: Uint32Array): BulkGenerator {
  const { loops, memory, at } = instance(32 + 8 * BLOCK)
  new Uint32Array(memory.buffer, at, 8).set(state)
  const block = new Float64Array(memory.buffer, at + 64, BLOCK)
  return {
    uniform: () => loops.uniform(at),
    normals: out => {
      for (let from = 0; from < out.length; from += BLOCK) {
        const count = Math.min(BLOCK, out.length - from)
        loops.normals(at, at + 64, count)
        out.set(count === BLOCK ? block : block.subarray(0, count), from)
      }
    },
  }
}

/** What a run is, besides its initial points. */
export interface DeviationRun {
  readonly N: number
  readonly steps: number
  /** The step T/steps. */
  readonly h: number
  /** sigma/N. */
  readonly strength: number
  readonly cutoffRadius: number
  /**
   * Of |Psi^1 - Phi^1|_inf in Delta; null for the larger of |Psi^1 - Phi^1|_inf and |Psi^2 - Phi^2|_inf in place of
   * Delta.
   */
  readonly weight: number | null
  /** F(t_n, r)/r at the nodes k/(nodes - 1) of r/(r + length): steps + 1 rows. */
  readonly table: Float32Array
  readonly nodes: number
  readonly length: number
}

/** The supremum over the steps, and who carries it. */
export interface DeviationMaximum {
  readonly value: number
  readonly step: number
  /** a N + i of the largest |Psi^1 - Phi^1|, and of the largest |Psi^2 - Phi^2|, at that step. */
  readonly position: number
  readonly momentum: number
}

/** Far behind every particle, and such that the cube of the distance is infinite in f32. */
const FAR = 1e15

/**
 * A function from initial points, q and p in structure-of-arrays form, to the supremum.
 * @returns `maximum` of the last call, too
 */
export function deviationModule({ N, steps, h, strength, cutoffRadius, weight, table, nodes, length }: DeviationRun): {
  deviation(q: Float64Array, p: Float64Array): number
  maximum(): DeviationMaximum
} {
  const stride = (N + 3) & -4
  const { loops, memory, at } = instance(84 * stride + 4 * table.length + 4096)
  const y = new Float32Array(memory.buffer, at, 6 * stride)
  const tableAt = (at + 84 * stride + 63) & -64
  const outAt = (tableAt + 4 * table.length + 63) & -64
  new Float32Array(memory.buffer, tableAt, table.length).set(table)
  const ends = new Int32Array(memory.buffer, outAt + 8, 3)
  const coordinate = (k: number): number => Math.floor(k / stride) * N + (k % stride)
  let value = Number.NaN
  return {
    deviation: (q, p) => {
      for (let a = 0; a < 3; a++) {
        y.set(q.subarray(a * N, (a + 1) * N), a * stride)
        y.set(p.subarray(a * N, (a + 1) * N), (3 + a) * stride)
        y.fill(FAR, a * stride + N, (a + 1) * stride)
        y.fill(0, (3 + a) * stride + N, (4 + a) * stride)
      }
      const rc2 = cutoffRadius * cutoffRadius
      value = loops.deviation(at, stride, N, tableAt, nodes, length, steps, h, strength, rc2, weight ?? -1, outAt)
      return value
    },
    maximum: () => ({ value, step: ends[0]!, position: coordinate(ends[1]!), momentum: coordinate(ends[2]!) }),
  }
}
