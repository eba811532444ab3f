import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { installKernelspec } from '../../../src/notebook/kernel/installKernelspec.js'
import { installLabextension } from '../../../src/notebook/pictures/installLabextension.js'
import { root } from '../../support/capabilities.js'

const prefix = mkdtempSync(join(tmpdir(), 'mfl-prefix-'))
afterAll(() => rmSync(prefix, { recursive: true, force: true }))

/** Every file below a folder with its time of change. */
function files(folder: string): Record<string, number> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => statSync(join(folder, name)).isFile())
      .map(name => [name, statSync(join(folder, name)).mtimeMs]),
  )
}

describe('the kernelspec', () => {
  it('goes where Jupyter looks, and names files that exist', () => {
    const folder = installKernelspec({ prefix })
    expect(folder).toBe(join(prefix, 'share', 'jupyter', 'kernels', 'mean-field-limit'))
    const spec = JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8'))
    expect(spec).toMatchObject({
      display_name: 'TypeScript — mean-field-limit',
      language: 'typescript',
      interrupt_mode: 'signal',
    })
    expect(spec.argv[0]).toBe(process.execPath)
    expect(spec.argv).toContain('{connection_file}')
    for (const path of spec.argv.filter(isAbsolute)) expect(existsSync(path)).toBe(true)
    expect(readFileSync(join(folder, 'logo-svg.svg'), 'utf8')).toMatch(/^<svg [^>]*viewBox/)
  })

  it('is written once: a second time changes no file', () => {
    const folder = installKernelspec({ prefix })
    const before = files(folder)
    installKernelspec({ prefix })
    expect(files(folder)).toEqual(before)
    installKernelspec({ prefix, displayName: 'another name' })
    expect(files(folder)['kernel.json']).not.toBe(before['kernel.json'])
  })

  it('refuses a node that is not the absolute path of a file', () => {
    expect(() => installKernelspec({ prefix, node: 'node' })).toThrow(/node must be the absolute path/)
    expect(() => installKernelspec({ prefix, node: '/nonexistent/node' })).toThrow(/node must be the absolute path/)
  })
})

describe('the labextension', () => {
  it('is a manifest, its entry, plotly.js and the laboratories, and nothing left from before', () => {
    const folder = installLabextension({ prefix })
    writeFileSync(join(folder, 'static', 'remoteEntry.0123456789ab.js'), 'old')
    mkdirSync(join(folder, 'static', 'laboratory-0123456789ab'))
    writeFileSync(join(folder, 'static', 'laboratory-0123456789ab', 'lab.js'), 'old')
    const before = files(join(folder, 'static'))
    installLabextension({ prefix })
    const after = files(join(folder, 'static'))
    expect(Object.keys(after)).toHaveLength(5)
    for (const [name, time] of Object.entries(after)) expect(time).toBe(before[name])
    const { jupyterlab } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    expect(existsSync(join(folder, jupyterlab._build.load))).toBe(true)
  })

  it('carries the plotly.js of this package, byte for byte', () => {
    const folder = join(installLabextension({ prefix }), 'static')
    const copy = readdirSync(folder).find(name => name.startsWith('plotly-'))!
    const original = readFileSync(join(root, 'node_modules', 'plotly.js-dist', 'plotly.js'))
    expect(readFileSync(join(folder, copy)).equals(original)).toBe(true)
  })

  it('has an entry that a browser parses as a classic script', () => {
    const folder = join(installLabextension({ prefix }), 'static')
    const entry = readFileSync(join(folder, readdirSync(folder).find(name => name.startsWith('remoteEntry'))!), 'utf8')
    expect(() => new Function(entry)).not.toThrow()
    expect(entry).not.toMatch(/^\s*(import|export)\b/m)
  })
})

describe('a prefix that can not be written', () => {
  it('is one clear sentence when it is a file', () => {
    const file = join(prefix, 'file')
    writeFileSync(file, '')
    for (const install of [installKernelspec, installLabextension]) {
      expect(() => install({ prefix: file })).toThrow(/cannot write .*: a part of this path is a file, not a folder/)
    }
  })

  // The superuser may write anywhere, so the system's own read-only file system stands in for a missing permission.
  it.skipIf(process.platform !== 'linux')('is one clear sentence when access is denied', () => {
    expect(() => installKernelspec({ prefix: '/proc/1/fdinfo' })).toThrow(/cannot write|no write access/)
  })
})
