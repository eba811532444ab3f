// Build: AssemblyScript -> src/wasm/core.generated.ts (base64, so that the module loads synchronously
// everywhere, browsers included), then TypeScript -> dist/. Does nothing when dist/ is up to date.
//   node scripts/build.mjs [--force]
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

export function build({ force = false, log = console.log } = {}) {
  const stamp = join(root, 'dist', '.stamp')
  const hash = sourceHash()
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false
  log('build: src/ -> dist/')
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  mkdirSync(join(root, 'dist', 'wasm'), { recursive: true })
  const wasm = join(root, 'dist', 'wasm', 'core.wasm')
  run('AssemblyScript', 'assemblyscript/bin/asc.js', [
    'src/wasm/assembly/index.ts',
    '--outFile',
    wasm,
    '-O3',
    '--noAssert',
    '--runtime',
    'stub',
    '--enable',
    'simd',
  ])
  const base64 = readFileSync(wasm).toString('base64')
  writeFileSync(
    join(root, 'src/wasm/core.generated.ts'),
    `// Generated from src/wasm/assembly by scripts/build.mjs.\nexport const coreBase64: string = '${base64}'\n`,
  )
  run('TypeScript', 'typescript/bin/tsc', ['-p', 'tsconfig.json'])
  writeFileSync(stamp, hash)
  return true
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const done = build({ force: process.argv.includes('--force') })
  if (!done) console.log('build: dist/ is up to date')
}
