/**
 * A copy of what set-up works on, in a temporary folder: the scripts as they are, everything else as a test wants it.
 */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../support/capabilities.js'

export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  /** Lines of standard error. */
  readonly lines: readonly string[]
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv
  /** Flags of node itself. */
  readonly node?: readonly string[]
  readonly uid?: number | undefined
}

export interface FakeClone {
  readonly folder: string
  /** A folder that is the whole PATH of what `run` starts. */
  readonly bin: string
  write(path: string, content: string): void
  /** Puts a shell script on that PATH. */
  command(name: string, script: string): void
  run(script: string, args?: readonly string[], options?: RunOptions): Promise<Outcome>
  remove(): void
}

/** A small package in place of src/, so that a build takes seconds. */
const SMALL_SOURCES = {
  'src/base/citationRecord.ts': 'export type CitationRecord = object\n',
  'src/index.ts': "export { coreBase64 } from './wasm/core.generated.js'\nexport const answer: number = 42\n",
  // What the build makes scripts of for browsers.
  'src/book/labUi/labPage.ts': 'export {}\n',
  'src/book/labs/labWorker.ts': 'export {}\n',
  'src/book/style/lab.css': 'p { margin: 0 }\n',
  'src/book/style/lab-output.css': 'p { margin: 0 }\n',
  'src/wasm/assembly/index.ts': 'export function answer(): i32 {\n  return 42\n}\n',
  'src/wasm/assembly/forces/index.ts': 'export function answer(): i32 {\n  return 43\n}\n',
  'src/wasm/assembly/grid/index.ts': 'export function answer(): i32 {\n  return 44\n}\n',
  'src/wasm/assembly/rare/index.ts': 'export function answer(): i32 {\n  return 46\n}\n',
  'src/wasm/assembly/transport/index.ts': 'export function answer(): i32 {\n  return 45\n}\n',
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2022'],
      types: [],
      module: 'NodeNext',
      rootDir: 'src',
      outDir: 'dist',
      declaration: true,
    },
    include: ['src'],
    exclude: ['src/wasm/assembly'],
  }),
}

/**
 * @param modules 'linked': the packages of this clone; 'none': as after git clone
 * @param sources 'built': src/ and dist/ of this clone; 'small': a few lines, not built
 */
export function fakeClone(modules: 'linked' | 'none', sources: 'built' | 'small'): FakeClone {
  const folder = mkdtempSync(join(tmpdir(), 'mfl-clone-'))
  // mkdtemp makes it private; a clone is not.
  chmodSync(folder, 0o755)
  const bin = join(folder, '..', `${folder.split(/[/\\]/).pop()}-bin`)
  mkdirSync(bin)
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const copied = ['package.json', 'package-lock.json', '.npmrc', 'requirements.txt', 'tsconfig.json', 'CITATION.cff']
  for (const name of ['scripts', ...copied]) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  write('notebooks/00-start-here.ipynb', '{ "cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5 }')
  cpSync(join(root, 'notebooks/package.json'), join(folder, 'notebooks/package.json'))
  if (sources === 'small') for (const [path, text] of Object.entries(SMALL_SOURCES)) write(path, text)
  else {
    for (const name of ['src', 'dist']) cpSync(join(root, name), join(folder, name), { recursive: true })
    // However old dist/ is, the copy counts as built: what is tested is set-up, not what it sets up.
    const { href } = pathToFileURL(join(folder, 'scripts', 'build.mjs'))
    const hash = `import { sourceHash } from '${href}'; process.stdout.write(sourceHash())`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', hash], { encoding: 'utf8' })
    write('dist/.stamp', stdout)
  }
  if (modules === 'linked') symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return {
    folder,
    bin,
    write,
    command: (name, script) => {
      writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
      chmodSync(join(bin, name), 0o755)
    },
    run: (script, args = [], { env = {}, node = [], uid } = {}) =>
      new Promise((resolve, reject) => {
        const clean = Object.entries(process.env).filter(
          ([name]) => !/^(CI|PYTHON|INIT_CWD|MFL_.*|JUPYTER_.*|PIP_.*)$/.test(name),
        )
        const child = spawn(process.execPath, [...node, join(folder, 'scripts', script), ...args], {
          cwd: folder,
          env: { ...Object.fromEntries(clean), PATH: bin, ...env },
          ...(uid === undefined ? {} : { uid, gid: uid }),
        })
        const text = { stdout: '', stderr: '' }
        child.stdout.on('data', chunk => {
          text.stdout += chunk
        })
        child.stderr.on('data', chunk => {
          text.stderr += chunk
        })
        child.once('error', reject)
        child.once('close', status => {
          resolve({ status, stdout: text.stdout, lines: text.stderr.split('\n').filter(line => line !== '') })
        })
      }),
    remove: () => {
      for (const path of [folder, bin]) rmSync(path, { recursive: true, force: true })
    },
  }
}

/** The real Python of this machine, by its own path: names on PATH may be wrappers that need more of PATH. */
export function realPython(): string | undefined {
  const { status, stdout } = spawnSync('python3', ['-c', 'import sys, venv; print(sys.executable)'], {
    encoding: 'utf8',
  })
  return status === 0 ? stdout.trim() : undefined
}

const NOBODY = { uid: 65534, gid: 65534 }

/**
 * Who runs what must not be able to write: as root, to whom every file is writable, somebody else; else oneself.
 * Undefined where there is nobody: on Windows, and where only root may run this Node.
 */
export const unprivileged: { readonly uid?: number; readonly gid?: number } | undefined =
  process.platform === 'win32'
    ? undefined
    : process.getuid?.() !== 0
      ? {}
      : spawnSync(process.execPath, ['--version'], NOBODY).status === 0
        ? NOBODY
        : undefined
