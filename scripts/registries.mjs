// The lists that folders are the only source of: every file that declares a member is in its list, and nobody types the
// list. The generated modules are kept in git, and a test compares.
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { inRoot } from './setup/paths.mjs'

/**
 * A list: the module to write, the folder that is searched and below, what a member's declaration looks like (its first
 * group is the exported name), the exported constant with its docblock, and the type of a member with the module that
 * has it. With `names` the constant is a record of the members by their names, and `names` the type of these; with
 * `paths` each member comes with the path of its file.
 */
export const LISTS = [
  {
    target: 'src/claims/registry.generated.ts',
    folder: 'src/claims',
    member: /^export const (\w+): Claim</m,
    constant: 'registeredClaims',
    says: 'Every claim that a file of src/claims declares, with that file; the ledger puts them in order.',
    type: 'Claim',
    typeFrom: './core/claim.js',
    paths: true,
  },
  {
    target: 'src/figures/immediate.generated.ts',
    folder: 'src/figures',
    member: /^export const (\w+): ImmediateFigure</m,
    constant: 'immediateFigures',
    says: 'Every figure of src/figures whose data is there at once, by path.',
    type: 'ImmediateFigure',
    typeFrom: './theme/figure.js',
  },
  {
    target: 'src/figures/awaited.generated.ts',
    folder: 'src/figures',
    member: /^export const (\w+): GalleryFigure</m,
    constant: 'awaitedFigures',
    says: 'Every figure of src/figures that takes runs or records of claims, by path.',
    type: 'GalleryFigure',
    typeFrom: './theme/figure.js',
  },
  {
    target: 'src/interaction/profiles.generated.ts',
    folder: 'src/interaction/profiles',
    member: /^export const (\w+): ProfileRecord/m,
    constant: 'profileRecords',
    says: 'The profiles that the files of src/interaction/profiles declare.',
    type: 'ProfileRecord',
    typeFrom: './profiles/profile.js',
    names: 'ProfileName',
  },
  {
    target: 'src/law/laws.generated.ts',
    folder: 'src/law',
    member: /^export const (\w+): LawEntry/m,
    constant: 'lawEntries',
    says: 'Every built-in law that a file of src/law declares, by path.',
    type: 'LawEntry',
    typeFrom: './law.js',
  },
  {
    target: 'src/notebook/exercises/exercises.generated.ts',
    folder: 'src/notebook/exercises/sets',
    member: /^export const (\w+): ExerciseSet/m,
    constant: 'exerciseSets',
    says: 'The exercises of every notebook, as the files of src/notebook/exercises/sets declare them.',
    type: 'ExerciseSet',
    typeFrom: './exercise.js',
  },
  {
    target: 'src/proofs/statements.generated.ts',
    folder: 'src/proofs/statements',
    member: /^export const (\w+): Statement/m,
    constant: 'statements',
    says: 'Every statement with a certificate that a file of src/proofs/statements declares, by path.',
    type: 'Statement',
    typeFrom: './certificate.js',
  },
]

const comparePaths = (a, b) => a.localeCompare(b, 'en', { numeric: true })

/** The module that a list becomes. */
export function registryModule({ target, folder, member, constant, says, type, typeFrom, names, paths: withPaths }) {
  const paths = readdirSync(inRoot(folder), { recursive: true })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.generated.ts'))
    .map(name => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort(comparePaths)
  const found = paths.flatMap(path => {
    const name = member.exec(readFileSync(inRoot(path), 'utf8'))?.[1]
    return name === undefined ? [] : [{ name, path, from: relative(dirname(target), path).replaceAll('\\', '/') }]
  })
  const imports = found.map(({ name, from }) => {
    const path = from.startsWith('.') ? from : `./${from}`
    return `import { ${name} } from '${path.replace(/\.ts$/, '.js')}'`
  })
  const members = found
    .map(({ name, path }) => (withPaths ? `\n  { member: ${name}, path: '${path}' },` : `\n  ${name},`))
    .join('')
  const element = withPaths ? `{ readonly member: ${type}; readonly path: string }` : type
  const declared =
    names === undefined
      ? [`/** ${says} */`, `export const ${constant}: readonly ${element}[] = [${members}\n]`]
      : [
          `/** Names of these. */`,
          `export type ${names} =${found.map(({ name }) => `\n  | '${name}'`).join('')}`,
          '',
          `/** ${says} */`,
          `export const ${constant}: Readonly<Record<${names}, ${type}>> = {${members}\n}`,
        ]
  return [
    `// Generated from the files of ${folder} by scripts/registries.mjs (npm run build).`,
    `import type { ${type} } from '${typeFrom}'`,
    ...imports,
    '',
    ...declared,
    '',
  ].join('\n')
}

/** Writes the modules that are not what the folders say; of folders that the sources do not have, none. */
export function buildRegistries() {
  for (const list of LISTS.filter(({ folder }) => existsSync(inRoot(folder)))) {
    const path = inRoot(list.target)
    const content = registryModule(list)
    if (existsSync(path) && readFileSync(path, 'utf8') === content) continue
    writeFileSync(`${path}.next`, content)
    renameSync(`${path}.next`, path)
  }
}
