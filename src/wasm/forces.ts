/**
 * Loader of the WebAssembly force sums: one module in two builds (plain SIMD, and relaxed SIMD with fused
 * multiply-add), instantiated synchronously on a shared memory, with a bump allocator over it.
 */
import { forcesBase64, forcesRelaxedBase64 } from './forces.generated.js'

const PAGE = 65536
const INITIAL_PAGES = 16
// 4 GiB, the most a 32-bit memory has; less is asked for where that much address space cannot be reserved.
const MAXIMUM_PAGES = [65536, 32768, 16384, 4096]

/** A block of the module's memory. Views of a shared memory stay valid when it grows. */
export interface Block<View> {
  /** Byte address, a multiple of 64. */
  readonly ptr: number
  readonly view: View
}

/** Bump allocator: blocks live until `release` or `reset`. */
export interface Arena {
  f64(length: number): Block<Float64Array>
  f32(length: number): Block<Float32Array>
  i32(length: number): Block<Int32Array>
  u8(length: number): Block<Uint8Array>
  /** The present top, to be given to `release`. */
  mark(): number
  /** Frees every block made since that mark. */
  release(mark: number): void
  /** Frees everything. */
  reset(): void
}

/** A shared `WebAssembly.Memory`, by its shape: notebook cells are compiled without the types of WebAssembly. */
export interface ForceMemory {
  readonly buffer: ArrayBufferLike
  grow(pages: number): number
}

/** A `WebAssembly.Module`, to be handed on and instantiated. */
export type CompiledForces = object

/** The functions of `assembly/forces`, and the address of the instance's private scratch region. */
export type ForceExports = Readonly<Record<string, (...args: number[]) => number>> & {
  readonly scratch: { value: number }
}

export interface ForceModule {
  readonly memory: ForceMemory
  readonly exports: ForceExports
  readonly arena: Arena
  /** Which build was loaded. */
  readonly arithmetic: 'portable' | 'fast'
}

/** Options of {@link forceModule}. */
export interface ForceModuleOptions {
  /** 'fast' asks for the relaxed-SIMD build; where the engine lacks it the portable one is loaded. */
  readonly arithmetic?: 'portable' | 'fast'
  /** A memory to share with other instances; default: a new one. */
  readonly memory?: ForceMemory
}

const compiled = new Map<'portable' | 'fast', WebAssembly.Module>()
const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), c => c.charCodeAt(0))

/** Whether this engine runs fixed-width SIMD on shared memories at all. */
export function forcesSupported(): boolean {
  portable ??= typeof WebAssembly === 'object' && WebAssembly.validate(bytesOf(forcesBase64))
  return portable
}
let portable: boolean | undefined

/** Whether this engine runs the relaxed-SIMD build. */
export function fastArithmeticSupported(): boolean {
  relaxed ??= typeof WebAssembly === 'object' && WebAssembly.validate(bytesOf(forcesRelaxedBase64))
  return relaxed
}
let relaxed: boolean | undefined

/** The compiled module, to be sent to workers. */
export function compiledForces(arithmetic: 'portable' | 'fast'): CompiledForces {
  let module = compiled.get(arithmetic)
  if (module === undefined) {
    if (arithmetic === 'fast') allowWideVectors()
    module = new WebAssembly.Module(bytesOf(arithmetic === 'fast' ? forcesRelaxedBase64 : forcesBase64))
    compiled.set(arithmetic, module)
  }
  return module
}

/**
 * From Node 24 on, V8 can join two adjacent operations of 128 bits to one of 256, which the loops of the fast build are
 * laid out for. The lanes compute the same, so no number depends on it. It is a switch of the whole process that the
 * compiler reads when it optimises, after this; older engines have no such switch or no gain.
 */
function allowWideVectors(): void {
  if (typeof process !== 'object' || !(Number(process.versions?.node?.split('.')[0]) >= 24)) return
  process.getBuiltinModule('node:v8').setFlagsFromString('--experimental-wasm-revectorize')
}

/** A new shared memory that can grow up to 4 GiB (less where address space is short). */
export function forceMemory(): ForceMemory {
  let failure: unknown
  for (const maximum of MAXIMUM_PAGES) {
    try {
      return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum, shared: true })
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

/**
 * A new instance of the force sums. Compilation happens once per build and thread.
 * @throws Error if the engine has no WebAssembly SIMD (see {@link forcesSupported})
 * @example forceModule().arena.f64(3).view.length // 3
 */
export function forceModule(options: ForceModuleOptions = {}): ForceModule {
  const { arithmetic: wanted = 'portable', memory = forceMemory() } = options
  const arithmetic = wanted === 'fast' && fastArithmeticSupported() ? 'fast' : 'portable'
  const abort = (): never => {
    throw new Error('the WebAssembly force sums aborted')
  }
  const { exports } = new WebAssembly.Instance(compiledForces(arithmetic) as WebAssembly.Module, {
    env: { memory: memory as WebAssembly.Memory, abort },
  })
  const functions = exports as unknown as ForceExports
  return { memory, exports: functions, arena: arenaOf(memory, functions.heapBase!()), arithmetic }
}

const ALIGNMENT = 64

function arenaOf(memory: ForceMemory, base: number): Arena {
  const bottom = (base + ALIGNMENT - 1) & -ALIGNMENT
  let top = bottom
  const take = (bytes: number): number => {
    const ptr = top
    const end = ptr + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT
    const missing = Math.ceil((end - memory.buffer.byteLength) / PAGE)
    if (missing > 0) {
      try {
        memory.grow(missing)
      } catch {
        throw new RangeError(`the force sum needs ${end} bytes of WebAssembly memory, more than can be had`)
      }
    }
    top = end
    return ptr
  }
  return {
    f64: length => {
      const ptr = take(8 * length)
      return { ptr, view: new Float64Array(memory.buffer, ptr, length) }
    },
    f32: length => {
      const ptr = take(4 * length)
      return { ptr, view: new Float32Array(memory.buffer, ptr, length) }
    },
    i32: length => {
      const ptr = take(4 * length)
      return { ptr, view: new Int32Array(memory.buffer, ptr, length) }
    },
    u8: length => {
      const ptr = take(length)
      return { ptr, view: new Uint8Array(memory.buffer, ptr, length) }
    },
    mark: () => top,
    release: mark => {
      top = mark
    },
    reset: () => {
      top = bottom
    },
  }
}
