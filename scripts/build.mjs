// Build: AssemblyScript -> src/wasm/*.generated.ts (base64, so that the modules load synchronously
// everywhere, browsers included), then TypeScript -> dist/. Does nothing when dist/ is up to date.
//   node scripts/build.mjs [--force]   everything
//   node scripts/build.mjs --wasm      the generated files only
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

export function sourceHash() {
  const hash = createHash('sha256')
  const walk = directory => {
    for (const entry of readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (!entry.name.includes('.generated.')) hash.update(entry.name).update(readFileSync(path))
    }
  }
  walk(join(root, 'src'))
  for (const name of ['tsconfig.json', 'package-lock.json', 'scripts/build.mjs'])
    hash.update(readFileSync(join(root, name)))
  return hash.digest('hex')
}

const run = (label, script, args) => {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error(`${label} failed (exit code ${status})`)
}

const THREADS = ['--importMemory', '--sharedMemory', '--initialMemory', '16', '--maximumMemory', '65536']

// Each generated file holds one or more modules: [constant, entry, options of the AssemblyScript compiler].
const modules = {
  'core.generated.ts': [['coreBase64', 'src/wasm/assembly/index.ts', ['--enable', 'simd']]],
  'forces.generated.ts': [
    ['forcesBase64', 'src/wasm/assembly/forces/index.ts', [...THREADS, '--enable', 'simd,threads,bulk-memory']],
    [
      'forcesRelaxedBase64',
      'src/wasm/assembly/forces/index.ts',
      [...THREADS, '--enable', 'simd,threads,bulk-memory,relaxed-simd'],
    ],
  ],
}

/** AssemblyScript -> src/wasm/*.generated.ts. */
export function assemble() {
  const directory = join(root, '.cache', 'wasm')
  mkdirSync(directory, { recursive: true })
  for (const [file, parts] of Object.entries(modules)) {
    const constants = parts.map(([name, entry, options]) => {
      const out = join(directory, `${name}.${process.pid}.wasm`)
      run('AssemblyScript', 'assemblyscript/bin/asc.js', [
        ...[entry, '--outFile', out, '-O3', '--noAssert', '--runtime', 'stub'],
        ...options,
      ])
      const base64 = readFileSync(out).toString('base64')
      rmSync(out)
      return `export const ${name}: string = '${base64}'\n`
    })
    const header = '// Generated from src/wasm/assembly by scripts/build.mjs.\n'
    writeFileSync(join(root, 'src/wasm', file), header + constants.join(''))
  }
}

export function build({ force = false, log = console.log } = {}) {
  const stamp = join(root, 'dist', '.stamp')
  const hash = sourceHash()
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false
  log('build: src/ -> dist/')
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  assemble()
  run('TypeScript', 'typescript/bin/tsc', ['-p', 'tsconfig.json'])
  writeFileSync(stamp, hash)
  return true
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--wasm')) assemble()
  else if (!build({ force: process.argv.includes('--force') })) console.log('build: dist/ is up to date')
}
