/**
 * Files that are either whole or absent: written beside their place under a temporary name, synchronised with the disk,
 * then renamed. A link is followed, and what is no file, as a device or a pipe, is written to, never replaced.
 */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'

const NO_ACCESS = new Set(['EACCES', 'EPERM', 'EROFS'])
/** No file descriptor is left: to this process, or to the machine. */
const TOO_MANY_FILES: Readonly<Record<string, string>> = {
  EMFILE: 'this process may not open more files (EMFILE): raise the limit with ulimit -n, or use fewer threads',
  ENFILE: 'this machine may not open more files (ENFILE): end other programs, or use fewer threads',
}
const FULL: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full (EDQUOT)',
}

/** Why nothing can be written any more, in words: no space, no more files; otherwise the error's own. */
export function spaceFault(cause: unknown): string {
  const { code = '', message } = cause as NodeJS.ErrnoException
  return TOO_MANY_FILES[code] ?? FULL[code] ?? message
}

/** An error of the file system while reading, as one sentence that names the path. */
export function readFault(path: string, cause: unknown): Error {
  const { code = '', message } = cause as NodeJS.ErrnoException
  return new Error(`cannot read ${path}: ${TOO_MANY_FILES[code] ?? (code === '' ? message : code)}`, { cause })
}

/** An error of the file system as one sentence that names the path and what to do. */
function explain(path: string, cause: unknown): Error {
  const code = (cause as NodeJS.ErrnoException).code ?? ''
  if (NO_ACCESS.has(code)) {
    return new Error(`no write access to ${path} (${code}): choose a folder that you may write to`, { cause })
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new Error(`cannot write ${path}: a part of this path is a file, not a folder`, { cause })
  }
  const known = TOO_MANY_FILES[code] ?? FULL[code]
  if (known !== undefined) return new Error(`cannot write ${path}: ${known}`, { cause })
  return new Error(`cannot write ${path}: ${(cause as Error).message}`, { cause })
}

/**
 * Writes a file so that a reader sees the old content or the new, never a part; parent folders are made, and a file
 * that already has this content is left alone. Through a symbolic link the file that it points to is written; a device
 * or a pipe (/dev/null, /dev/stdout) takes the bytes and stays what it is.
 * @param place where
 * @param content text (UTF-8) or bytes
 * @returns whether anything was written
 * @throws Error in one sentence: no write access, disk full, a file where a folder is needed
 */
export function writeFileAtomic(place: string, content: string | Uint8Array): boolean {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  if (isNoFile(place)) {
    try {
      writeFileSync(place, bytes)
    } catch (cause) {
      throw explain(place, cause)
    }
    return true
  }
  const path = targetOf(place)
  if (sameContent(path, bytes)) return false
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeSynchronised(temporary, bytes)
    renameSync(temporary, path)
    synchroniseFolder(dirname(path))
  } catch (cause) {
    removeQuietly(temporary)
    throw explain(path, cause)
  }
  return true
}

/** Whether something is there that is neither a file nor a folder: a device, a pipe, a socket. */
function isNoFile(path: string): boolean {
  const found = statusOf(path, statSync)
  return found !== undefined && !found.isFile() && !found.isDirectory()
}

/** What is there; undefined where nothing can be seen, which the attempt to write will tell in words. */
function statusOf(path: string, look: typeof statSync): ReturnType<typeof statSync> | undefined {
  try {
    return look(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

/** The path that symbolic links lead to, also where nothing is there yet. */
function targetOf(path: string): string {
  let target = path
  // As many links as Linux follows.
  for (let k = 0; k < 40; k++) {
    if (statusOf(target, lstatSync)?.isSymbolicLink() !== true) return target
    target = resolve(dirname(target), readlinkSync(target))
  }
  return target
}

function writeSynchronised(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx')
  try {
    writeFileSync(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** The new name must survive a power cut too. Not every file system offers this; the file's content is safe anyway. */
function synchroniseFolder(path: string): void {
  try {
    const folder = openSync(path, 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  } catch {
    // Windows, some network file systems.
  }
}

function sameContent(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes)
  } catch {
    return false
  }
}

/** The error on the way out is the one to report. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // Its folder is not there or not ours, so neither is the file.
  }
}
