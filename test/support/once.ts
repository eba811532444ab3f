/**
 * What several test files need and one of them makes: a book, a figure. It is kept in a folder that lives as long as
 * the run of the tests (see announce.ts), so that nothing of an earlier source is ever found there.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Environment variable with the folder of this run, set by `announce.ts`. */
export const RUN_FOLDER = 'MFL_TEST_RUN'

/**
 * The folder that `make` has filled, in this process or in another one that runs tests beside it; who comes second
 * waits. It belongs to all: nobody changes what is in it.
 * @param make fills the empty folder that it is given; if it fails the next one tries again
 */
export async function once(name: string, make: (folder: string) => unknown): Promise<string> {
  process.env[RUN_FOLDER] ??= mkdtempSync(join(tmpdir(), 'mfl-run-'))
  const folder = join(process.env[RUN_FOLDER], ...name.split('/'))
  const [half, lock] = [`${folder}.half`, `${folder}.lock`]
  mkdirSync(dirname(folder), { recursive: true })
  for (;;) {
    if (existsSync(folder)) return folder
    if (!taken(lock)) await new Promise(resolve => setTimeout(resolve, 50))
    else {
      try {
        // It may have been made between the look and the lock.
        if (existsSync(folder)) return folder
        rmSync(half, { recursive: true, force: true })
        mkdirSync(half)
        await make(half)
        renameSync(half, folder)
        return folder
      } finally {
        rmSync(lock, { force: true })
      }
    }
  }
}

/** Whether the lock is now ours: it was free, or its owner has died. */
function taken(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0
    if (owner > 0 && !lives(owner)) rmSync(lock, { force: true })
    return false
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
