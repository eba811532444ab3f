// npm run bench -- forces|transport|... [flags]: runs test/bench/NAME.mjs beside its peers, in one run. Peers (of all
// but those in ALONE) are Python packages, pinned in test/bench/requirements.txt and kept in .cache/bench-venv; without
// them the benchmark runs alone and says so. --build: FMM3D is compiled here for this machine (gfortran), not taken as
// a wheel.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withSupportedNode } from './node-version.mjs'
import { inRoot, root, windows } from './setup/paths.mjs'
import { guarded, Problem, say } from './setup/problem.mjs'
import { prepareNode } from './setup/steps.mjs'

const folder = inRoot('test', 'bench')
const requirements = join(folder, 'requirements.txt')

/** Benchmarks without peers from Python. */
const ALONE = ['fields', 'interact', 'ensemble', 'scaling']

const NATIVE = '-O3 -march=native -ffast-math -funroll-loops'
const BUILD_FMM3D = [
  ...['--force-reinstall', '--no-deps', '--no-binary', 'fmm3dpy', 'fmm3dpy==2.1.0'],
  ...[`-Csetup-args=-Dfortran_args=${NATIVE}`, `-Csetup-args=-Dc_args=${NATIVE}`],
]

/** The interpreter that has the peers: MFL_BENCH_PYTHON, or one made here; undefined if neither can be had. */
function peersPython(native) {
  if (process.env.MFL_BENCH_PYTHON) return process.env.MFL_BENCH_PYTHON
  const venv = inRoot('.cache', native ? 'bench-venv-native' : 'bench-venv')
  const venvPython = windows ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python')
  const stamp = join(venv, '.installed')
  const wanted = readFileSync(requirements, 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return venvPython
  say(`installing the peers (NumPy, SciPy, REBOUND, FMM3D, POT) into ${venv}`)
  const python = windows ? 'python' : 'python3'
  const run = (command, args) => spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] }).status === 0
  if (!run(python, ['-m', 'venv', venv]) || !run(venvPython, ['-m', 'pip', 'install', '-q', '-r', requirements])) {
    say('NO PEERS: they could not be installed (messages above); only plain JavaScript is compared with')
    return undefined
  }
  if (native && !run(venvPython, ['-m', 'pip', 'install', '-q', ...BUILD_FMM3D])) {
    throw new Problem(
      'FMM3D could not be compiled (gfortran missing?), messages above; without --build its wheel is taken',
    )
  }
  writeFileSync(stamp, wanted)
  return venvPython
}

withSupportedNode(() =>
  guarded(() => {
    const [name, ...all] = process.argv.slice(2)
    const flags = all.filter(flag => flag !== '--build')
    const names = readdirSync(folder)
      .map(file => /^(forces|transport|flow|fields|interact|ensemble|scaling|performance)\.mjs$/.exec(file)?.[1])
      .filter(found => found !== undefined)
    if (!names.includes(name))
      throw new Problem(`npm run bench -- ${names.join('|')} [--build] [flags], got ${name ?? 'no name'}`)
    prepareNode()
    const python = ALONE.includes(name) ? undefined : peersPython(flags.length < all.length)
    const env = { ...process.env, ...(python === undefined ? {} : { MFL_BENCH_PYTHON: python }) }
    const { status } = spawnSync(process.execPath, [join(folder, `${name}.mjs`), ...flags], {
      cwd: root,
      stdio: 'inherit',
      env,
    })
    return status ?? 1
  }),
)
