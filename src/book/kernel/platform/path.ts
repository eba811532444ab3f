/**
 * `node:path` of the kernel in a browser: the functions that the library and the notebooks call, with slashes.
 */

/** A path without '.', '..' and double slashes. */
function normal(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part === '..' && path.startsWith('/')) continue
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}` || '.'
}

export const sep = '/'
export const delimiter = ':'
export const isAbsolute = (path: string): boolean => path.startsWith('/')
/** @example join('a', '../b') // 'b' */
export const join = (...parts: string[]): string => normal(parts.filter(part => part !== '').join('/'))
export const basename = (path: string, end: string = ''): string => {
  const name = path.replace(/\/+$/, '').replace(/^.*\//, '')
  return end !== '' && name.endsWith(end) ? name.slice(0, -end.length) : name
}
export const dirname = (path: string): string => {
  const bare = path.length > 1 ? path.replace(/\/+$/, '') : path
  const at = bare.lastIndexOf('/')
  return at < 0 ? '.' : bare.slice(0, at) || '/'
}
export const extname = (path: string): string => /[^/](\.[^./]*)$/.exec(path)?.[1] ?? ''
/** The folder that relative paths start from is the root. */
export const resolve = (...parts: string[]): string =>
  normal(parts.reduce((path, part) => (part.startsWith('/') ? part : `${path}/${part}`), '/'))
/** @example parse('/a/b.c') // { root: '/', dir: '/a', base: 'b.c', name: 'b', ext: '.c' } */
export const parse = (path: string): Record<'root' | 'dir' | 'base' | 'name' | 'ext', string> => {
  const [base, ext] = [basename(path), extname(path)]
  return { root: isAbsolute(path) ? '/' : '', dir: dirname(path), base, name: basename(path, ext), ext }
}
