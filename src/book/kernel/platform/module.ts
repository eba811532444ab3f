/**
 * `node:module` of the kernel in a browser: what the library loads by `require`.
 */

/** Modules by name. */
export const required: Map<string, unknown> = new Map()

/** Modules by path, as Node lists those that are loaded. */
export const cache: Record<string, { readonly exports: unknown }> = {}

/** A `require` that finds what has been laid into {@link required}. */
export function createRequire(): ((name: string) => unknown) & { readonly cache: typeof cache } {
  const require = (name: string): unknown => {
    if (!required.has(name))
      throw Object.assign(new Error(`'${name}' is not there in a browser`), { code: 'MODULE_NOT_FOUND' })
    return required.get(name)
  }
  return Object.assign(require, { cache })
}

/** Nobody reads maps here by Node's class. */
export const SourceMap: undefined = undefined

const module: { readonly createRequire: typeof createRequire } = { createRequire }
export default module
