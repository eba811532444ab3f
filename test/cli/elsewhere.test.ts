// Dockerfile and Binder files, by reading; test/full runs their steps.
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../support/capabilities.js'
import { dockerfileProblems, instructions, parsed } from '../support/dockerfile.js'

const read = (name: string): string => readFileSync(join(root, name), 'utf8')
const dockerfile = read('Dockerfile')

describe('the Dockerfile', () => {
  it('is clean', () => {
    expect(dockerfileProblems(dockerfile)).toEqual([])
  })

  it.each([
    ['as root', (text: string) => text.replace('USER node\n', ''), /runs as root/],
    ['with a copy of root', (text: string) => text.replace('--chown=node:node ', ''), /belongs to root/],
    ['with lists left behind', (text: string) => text.replace(/ {2}&& rm -rf \/var.*\n/, '\n'), /lists of packages/],
    ['with a shell', (text: string) => text.replace(/CMD \["node", "scripts.*/, 'CMD npm start'), /starts a shell/],
  ])('would be caught %s', (_, spoil, message) => {
    const spoiled = spoil(dockerfile)
    expect(spoiled).not.toBe(dockerfile)
    expect(dockerfileProblems(spoiled).join()).toMatch(message)
  })

  it('names scripts that exist and publishes the port that it serves', () => {
    const scripts = [...dockerfile.matchAll(/scripts\/[\w./-]+\.mjs/g)].map(([path]) => path)
    expect(scripts.length).toBeGreaterThan(1)
    for (const path of scripts) expect(existsSync(join(root, path)), path).toBe(true)
    const list = instructions(dockerfile)
    const port = list.find(({ name }) => name === 'EXPOSE')!.text
    expect(parsed(list.find(({ name }) => name === 'CMD')!.text)).toContain(`--port=${port}`)
    expect(list.find(({ name }) => name === 'HEALTHCHECK')!.text).toContain(`:${port}/`)
  })

  it('starts from a Node that the package supports', () => {
    const major = Number(/node:(\d+)/.exec(dockerfile)![1])
    expect(JSON.parse(read('package.json')).engines.node).toMatch(new RegExp(`(\\^|>=)${major}\\.`))
  })

  it('leaves out what is made anew: all that git ignores', () => {
    const left = read('.dockerignore')
      .split('\n')
      .map(line => line.replace(/^\*\*\//, ''))
    for (const line of read('.gitignore').trim().split('\n')) {
      const name = line.replace(/\/$/, '').replace(/^notebooks\//, '')
      expect(left, line).toContain(name)
    }
  })
})

describe('the files for Binder', () => {
  it('ask for a Node and a Python that the package supports', () => {
    const environment = read('binder/environment.yml')
    const node = Number(/nodejs=(\d+)/.exec(environment)![1])
    expect(JSON.parse(read('package.json')).engines.node).toMatch(new RegExp(`(\\^|>=)${node}\\.`))
    expect(Number(/python=3\.(\d+)/.exec(environment)![1])).toBeGreaterThanOrEqual(10)
  })

  it('have a postBuild that can be executed', () => {
    expect(() => accessSync(join(root, 'binder', 'postBuild'), constants.X_OK)).not.toThrow()
    expect(read('binder/postBuild')).toMatch(/^#!\/usr\/bin\/env bash\n/)
  })
})
