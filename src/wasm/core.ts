/**
 * The one loader of the project's WebAssembly. Compiled and instantiated synchronously on first use from a
 * base64 constant, so it works unchanged in Node, workers, the notebook kernel and browsers.
 */
import { coreBase64 } from './core.generated.js'

/** What the AssemblyScript sources in `assembly/` export. */
export interface CoreExports {
  exp(x: number): number
  log(x: number): number
  sin(x: number): number
  cos(x: number): number
  pow(x: number, y: number): number
  cbrt(x: number): number
  normalRadius(u: number): number
}

let instance: CoreExports | undefined

/** The module's functions; the same bits on every engine. @example wasmCore().exp(0) // 1 */
export function wasmCore(): CoreExports {
  if (instance === undefined) {
    const bytes = Uint8Array.from(atob(coreBase64), c => c.charCodeAt(0))
    const abort = (): never => {
      throw new Error('the WebAssembly core aborted')
    }
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { abort } })
    instance = exports as unknown as CoreExports
  }
  return instance
}
