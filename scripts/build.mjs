// Build: AssemblyScript -> src/wasm/*.generated.ts (base64, so that the modules load synchronously everywhere, browsers
// included), CITATION.cff -> src/base/citation.generated.ts, then TypeScript -> dist/, and the scripts of the
// laboratories in it. Does nothing when dist/ is up to date.
//   node scripts/build.mjs [--force]   everything
//   node scripts/build.mjs --wasm      the generated files only
// Nobody sees half a build: files are made beside their place and renamed into it, one build at a time.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildCitation } from './citation.mjs'
import { withSupportedNode } from './node-version.mjs'
import { buildRegistries } from './registries.mjs'
import { withLock } from './setup/lock.mjs'
import { inRoot, root, setupLock } from './setup/paths.mjs'
import { guarded, Problem, say } from './setup/problem.mjs'

const dist = inRoot('dist')
const stamp = join(dist, '.stamp')
// At the same depth as dist/, because source maps hold relative paths.
const next = inRoot('.dist-next')
const previous = inRoot('.dist-previous')

/** A hash of the files of a folder and below, generated ones apart, and of other files. */
function hashOf(folder, others) {
  const hash = createHash('sha256')
  const walk = directory => {
    for (const entry of readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (!entry.name.includes('.generated.')) hash.update(path.slice(root.length)).update(readFileSync(path))
    }
  }
  walk(folder)
  for (const name of others) hash.update(readFileSync(inRoot(name)))
  return hash.digest('hex')
}

/** Of everything that dist/ is made from. */
export const sourceHash = () =>
  hashOf(inRoot('src'), [
    'tsconfig.json',
    'package-lock.json',
    'CITATION.cff',
    'scripts/build.mjs',
    'scripts/book/bundle.mjs',
    'scripts/citation.mjs',
    'scripts/registries.mjs',
  ])

/** Runs a script of the clone; its messages go to standard error, since standard output may be a command's. */
function run(label, script, args) {
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  const { status } = spawnSync(process.execPath, [inRoot(...script.split('/')), ...args], options)
  if (status !== 0) throw new Problem(`${label} failed (exit code ${status}), its messages are above`)
}

const WASM_FLAGS = ['-O3', '--noAssert', '--runtime', 'stub']
const SHARED_MEMORY = ['--importMemory', '--sharedMemory', '--initialMemory', '16', '--maximumMemory', '65536']
const GRID = ['src/wasm/assembly/grid/index.ts', '--importMemory', '--enable', 'simd,bulk-memory']
const RARE = ['src/wasm/assembly/rare/index.ts', '--importMemory', '--enable', 'simd,bulk-memory']
const FORCES = ['src/wasm/assembly/forces/index.ts', ...SHARED_MEMORY, '--enable']

// What each generated file exports: the name of a constant, and what AssemblyScript makes its value from.
const GENERATED = {
  'core.generated.ts': { coreBase64: ['src/wasm/assembly/index.ts', '--enable', 'simd'] },
  'grid.generated.ts': { gridBase64: GRID },
  'forces.generated.ts': {
    forcesBase64: [...FORCES, 'simd,threads,bulk-memory'],
    forcesRelaxedBase64: [...FORCES, 'simd,threads,bulk-memory,relaxed-simd'],
  },
  'rare.generated.ts': { rareBase64: RARE },
  'transport.generated.ts': { transportBase64: ['src/wasm/assembly/transport/index.ts', '--enable', 'simd'] },
}
const generated = [
  ...Object.keys(GENERATED).map(name => inRoot('src', 'wasm', name)),
  inRoot('src', 'base', 'citation.generated.ts'),
]

/**
 * AssemblyScript -> src/wasm/*.generated.ts, which say what they are made from: nothing is done where that is the same.
 */
export function buildWasm({ force = false } = {}) {
  const hash = hashOf(inRoot('src', 'wasm', 'assembly'), ['package-lock.json', 'scripts/build.mjs'])
  const head = `// Generated from src/wasm/assembly by scripts/build.mjs. Sources: ${hash}\n`
  const isMade = path => existsSync(path) && readFileSync(path, 'utf8').startsWith(head)
  if (!force && Object.keys(GENERATED).every(file => isMade(inRoot('src', 'wasm', file)))) return
  const folder = inRoot('.wasm-next')
  mkdirSync(folder, { recursive: true })
  for (const [file, constants] of Object.entries(GENERATED)) {
    let content = head
    for (const [name, args] of Object.entries(constants)) {
      const wasm = join(folder, `${name}.wasm`)
      run('AssemblyScript', 'node_modules/assemblyscript/bin/asc.js', [...args, '--outFile', wasm, ...WASM_FLAGS])
      content += `export const ${name}: string = '${readFileSync(wasm).toString('base64')}'\n`
    }
    const path = inRoot('src', 'wasm', file)
    if (existsSync(path) && readFileSync(path, 'utf8') === content) continue
    writeFileSync(`${path}.next`, content)
    renameSync(`${path}.next`, path)
  }
  rmSync(folder, { recursive: true, force: true })
}

const upToDate = hash =>
  generated.every(path => existsSync(path)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash

const remove = path => rmSync(path, { recursive: true, force: true })

/**
 * @param {{ force?: boolean, log?: (line: string) => void }} options
 * @returns {boolean} whether anything was built
 */
export function build({ force = false, log = say } = {}) {
  if (!force && upToDate(sourceHash())) return false
  return withLock(setupLock, () => {
    // Taken before compiling, so that an edit made meanwhile leads to another build; and again under the lock,
    // because the build that we have waited for may have been this one.
    const hash = sourceHash()
    if (!force && upToDate(hash)) return false
    log('building dist/ from src/')
    remove(next)
    buildWasm({ force })
    buildCitation()
    buildRegistries()
    run('TypeScript', 'node_modules/typescript/bin/tsc', ['-p', 'tsconfig.json', '--outDir', next])
    run('Vite', 'scripts/book/bundle.mjs', [next])
    writeFileSync(join(next, '.stamp'), hash)
    remove(previous)
    if (existsSync(dist)) renameSync(dist, previous)
    renameSync(next, dist)
    remove(previous)
    return true
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  withSupportedNode(() =>
    guarded(() => {
      if (process.argv.includes('--wasm'))
        withLock(setupLock, () => buildWasm({ force: process.argv.includes('--force') }))
      else if (!build({ force: process.argv.includes('--force') })) say('dist/ is up to date')
      return 0
    }),
  )
}
