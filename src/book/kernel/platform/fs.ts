/**
 * `node:fs` of the kernel in a browser: files in memory, as many of its functions as the library and the notebooks
 * call. What is written is gone when the kernel stops.
 */
import { dirname, resolve } from './path.js'

/** A folder, or the bytes of a file. */
type Entry = 'folder' | Uint8Array

const entries = new Map<string, Entry>([['/', 'folder']])
const open = new Map<number, string>()
let lastDescriptor = 2

/** Lays a file there, and the folders above it. */
export function provideFile(path: string, content: Uint8Array): void {
  mkdirSync(dirname(resolve(path)), { recursive: true })
  entries.set(resolve(path), content)
}

function fault(code: string, deed: string, path: string): Error {
  return Object.assign(
    new Error(`${code}: ${deed} '${path}' (in the browser there are the files of this kernel only)`),
    { code },
  )
}

function bytesOf(place: string | number): Uint8Array {
  const path = typeof place === 'number' ? open.get(place)! : resolve(place)
  const entry = entries.get(path)
  if (entry === undefined) throw fault('ENOENT', 'no such file', path)
  if (entry === 'folder') throw fault('EISDIR', 'a folder is no file', path)
  return entry
}

/** The content as text, or as bytes. */
export function readFileSync(place: string | number, encoding: string | { readonly encoding: string }): string
export function readFileSync(place: string | number, encoding?: undefined): Uint8Array
export function readFileSync(
  place: string | number,
  encoding?: string | { readonly encoding?: string },
): string | Uint8Array {
  const bytes = bytesOf(place)
  const named = typeof encoding === 'string' ? encoding : encoding?.encoding
  return named === undefined ? Buffer.from(bytes) : new TextDecoder().decode(bytes)
}

/** Writes a file whole, or at the end of an open one. */
export function writeFileSync(place: string | number, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content)
  if (typeof place === 'number') {
    const before = bytesOf(place)
    const joined = new Uint8Array(before.length + bytes.length)
    joined.set(before)
    joined.set(bytes, before.length)
    entries.set(open.get(place)!, joined)
    return
  }
  const path = resolve(place)
  if (entries.get(dirname(path)) !== 'folder') throw fault('ENOENT', 'no folder for', path)
  if (entries.get(path) === 'folder') throw fault('EISDIR', 'a folder is no file', path)
  entries.set(path, bytes)
}

/** Opens a file: 'r', 'w', 'a', 'wx'. */
export function openSync(place: string, flags: string = 'r'): number {
  const path = resolve(place)
  const exists = entries.has(path)
  if (flags.includes('x') && exists) throw fault('EEXIST', 'already there:', path)
  if (flags.startsWith('r') && !exists) throw fault('ENOENT', 'no such file', path)
  if (!flags.startsWith('r') && (flags.startsWith('w') || !exists)) writeFileSync(path, '')
  lastDescriptor += 1
  open.set(lastDescriptor, path)
  return lastDescriptor
}

/** Reads a piece of an open file. @returns how many bytes */
export function readSync(
  file: number,
  into: Uint8Array,
  offset: number,
  length: number,
  position: number | null,
): number {
  const from = position ?? 0
  const piece = bytesOf(file).subarray(from, from + length)
  into.set(piece, offset)
  return piece.length
}

export function closeSync(file: number): void {
  open.delete(file)
}

/** Nothing to do: there is no disk. */
export function fsyncSync(_file: number): void {}

export function mkdirSync(place: string, options?: { readonly recursive?: boolean }): void {
  const path = resolve(place)
  if (entries.has(path)) {
    if (options?.recursive === true && entries.get(path) === 'folder') return
    throw fault('EEXIST', 'already there:', path)
  }
  if (!entries.has(dirname(path))) {
    if (options?.recursive !== true) throw fault('ENOENT', 'no folder for', path)
    mkdirSync(dirname(path), options)
  }
  if (entries.get(dirname(path)) !== 'folder') throw fault('ENOTDIR', 'a part is a file:', path)
  entries.set(path, 'folder')
}

let folders = 0

/** A new folder whose name begins so. */
export function mkdtempSync(prefix: string): string {
  folders += 1
  const path = resolve(`${prefix}${String(folders).padStart(6, '0')}`)
  mkdirSync(path, { recursive: true })
  return path
}

/** The names in a folder. */
export function readdirSync(place: string): string[] {
  const path = resolve(place)
  if (entries.get(path) !== 'folder') throw fault('ENOENT', 'no such folder', path)
  const start = path === '/' ? '/' : `${path}/`
  const names = [...entries.keys()].filter(key => key.startsWith(start) && key.length > start.length)
  return names
    .map(key => key.slice(start.length))
    .filter(name => !name.includes('/'))
    .sort()
}

export function existsSync(place: string): boolean {
  return entries.has(resolve(place))
}

interface Status {
  isFile(): boolean
  isDirectory(): boolean
  isSymbolicLink(): boolean
  readonly size: number
  readonly mtimeMs: number
}

/** What is there. */
export function statSync(place: string, options?: { readonly throwIfNoEntry?: boolean }): Status | undefined {
  const entry = entries.get(resolve(place))
  if (entry === undefined) {
    if (options?.throwIfNoEntry === false) return undefined
    throw fault('ENOENT', 'no such file', resolve(place))
  }
  return {
    isFile: () => entry !== 'folder',
    isDirectory: () => entry === 'folder',
    isSymbolicLink: () => false,
    size: entry === 'folder' ? 0 : entry.length,
    mtimeMs: 0,
  }
}

export const lstatSync: typeof statSync = statSync

/** There are no links. @throws Error always */
export function readlinkSync(path: string): string {
  throw fault('EINVAL', 'no link:', path)
}

export function renameSync(from: string, to: string): void {
  const [source, target] = [resolve(from), resolve(to)]
  if (!entries.has(source)) throw fault('ENOENT', 'no such file', source)
  for (const [path, entry] of [...entries]) {
    if (path !== source && !path.startsWith(`${source}/`)) continue
    entries.delete(path)
    entries.set(target + path.slice(source.length), entry)
  }
}

export function rmSync(place: string, options?: { readonly recursive?: boolean; readonly force?: boolean }): void {
  const path = resolve(place)
  const entry = entries.get(path)
  if (entry === undefined && options?.force !== true) throw fault('ENOENT', 'no such file', path)
  if (entry === 'folder' && options?.recursive !== true) throw fault('EISDIR', 'a folder:', path)
  for (const key of [...entries.keys()]) if (key === path || key.startsWith(`${path}/`)) entries.delete(key)
}
