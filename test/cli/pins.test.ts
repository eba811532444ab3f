import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../support/capabilities.js'

const read = (name: string): string => readFileSync(join(root, name), 'utf8')

interface Lock {
  packages: Record<
    string,
    { resolved?: string; link?: boolean; integrity?: string; optionalDependencies?: Record<string, string> }
  >
}

/** What keeps `npm ci` from accepting a lock on some machine, or the lock from being the same for everybody. */
function lockProblems({ packages }: Lock): string[] {
  const found: string[] = []
  for (const [path, entry] of Object.entries(packages)) {
    if (/^https?:/.test(entry.resolved ?? '')) found.push(`${path} names the registry ${entry.resolved}`)
    if (path.startsWith('node_modules/') && !entry.link && !entry.integrity?.startsWith('sha512-')) {
      found.push(`${path} has no sha512`)
    }
    // npm leaves out what its registry does not have, and then refuses to install from the lock it has written.
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
        found.push(`${name} is missing`)
    }
  }
  return found
}

describe('package-lock.json', () => {
  const lock: Lock = JSON.parse(read('package-lock.json'))

  it('is complete for every platform, hashed, and names no registry', () => {
    expect(lockProblems(lock)).toEqual([])
  })

  it('would be caught with a platform missing, a registry named or a hash gone', () => {
    const broken = structuredClone(lock)
    delete broken.packages['node_modules/@biomejs/cli-darwin-arm64']
    broken.packages['node_modules/commander']!.resolved = 'https://registry.example/commander.tgz'
    delete broken.packages['node_modules/mathjs']!.integrity
    expect(lockProblems(broken)).toHaveLength(3)
  })

  it('fits package.json', () => {
    const { dependencies, devDependencies, engines, version } = JSON.parse(read('package.json'))
    expect(JSON.parse(read('package-lock.json')).packages['']).toMatchObject({
      dependencies,
      devDependencies,
      engines,
      version,
    })
  })

  it('and package.json pin what they use to one version', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'))
    // One version, its suffix included where a project numbers its releases so; a range has an operator.
    for (const version of Object.values({ ...dependencies, ...devDependencies }))
      expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
  })
})

/** Lines of a requirements file that are not one pinned package with its hashes. */
function requirementProblems(text: string): string[] {
  const joined = text.replaceAll('\\\n', ' ').split('\n')
  const entries = joined.filter(line => line.trim() !== '' && !line.trim().startsWith('#'))
  return entries.filter(line => !/^[a-z0-9._-]+==[\w.!+]+( ; [^-]+)?(\s+--hash=sha256:[0-9a-f]{64})+\s*$/.test(line))
}

describe.each([
  ['requirements-check', 0],
  ['requirements-grade', 100],
])('%s.txt', (name, least) => {
  it('pins every package to one version with its hashes, names no index, and holds what is asked for', () => {
    const text = read(`${name}.txt`)
    expect(requirementProblems(text)).toEqual([])
    expect(text).not.toMatch(/https?:\/\/|--index-url|--find-links/)
    expect(text.match(/^[a-z0-9._-]+==/gm)!.length).toBeGreaterThan(least)
    const [wanted] = read(`${name}.in`).match(/^[a-z-]+==\S+/m)!
    expect(text).toContain(`\n${wanted} `)
  })
})

describe('requirements.txt', () => {
  const text = read('requirements.txt')

  it('pins every package to one version with its hashes, and names no index', () => {
    expect(requirementProblems(text)).toEqual([])
    expect(text).not.toMatch(/https?:\/\/|--index-url|--find-links/)
    expect(text.match(/^[a-z0-9._-]+==/gm)!.length).toBeGreaterThan(60)
  })

  it('would be caught with a version or a hash missing', () => {
    expect(requirementProblems(text.replace(/jinja2==[\d.]+/, 'jinja2'))).toHaveLength(1)
    expect(requirementProblems('jinja2==3.1.6\n')).toHaveLength(1)
  })

  it('holds what requirements.in asks for', () => {
    const wanted = read('requirements.in').match(/^[a-z]+==\S+|^[a-z]+(?=>=)/gm)!
    expect(wanted.length).toBe(3)
    for (const name of wanted) expect(text).toMatch(new RegExp(`^${name.replaceAll('.', '\\.')}(==| )`, 'm'))
  })
})
