/**
 * The plan of one fast multipole sum in a module's memory: its header, and access to the compiled functions.
 */
import type { ForceModule } from '../../wasm/forces.js'
import { HEADER, HEADER_BYTES, HEADER_NUMBERS } from './fmmLayout.js'

export interface FmmPlan {
  readonly module: ForceModule
  /** Address of the header. */
  readonly ptr: number
  get(field: keyof typeof HEADER): number
  set(field: keyof typeof HEADER, value: number): void
  setNumber(field: keyof typeof HEADER_NUMBERS, value: number): void
  /** Calls a compiled function on this plan. */
  call(name: string, ...args: number[]): number
  /** Copies data into the module's memory and returns its address. */
  place(data: ArrayBufferView): number
}

/** A new plan, all fields 0. */
export function newFmmPlan(module: ForceModule): FmmPlan {
  const { arena, exports, memory } = module
  const header = arena.u8(HEADER_BYTES)
  header.view.fill(0)
  const view = new DataView(memory.buffer, header.ptr, HEADER_BYTES)
  return {
    module,
    ptr: header.ptr,
    get: field => view.getInt32(HEADER[field], true),
    set: (field, value) => view.setInt32(HEADER[field], value, true),
    setNumber: (field, value) => view.setFloat64(HEADER_NUMBERS[field], value, true),
    call: (name, ...args) => exports[name]!(header.ptr, ...args),
    place: ({ buffer, byteOffset, byteLength }) => {
      const block = arena.u8(byteLength)
      block.view.set(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength))
      return block.ptr
    },
  }
}
