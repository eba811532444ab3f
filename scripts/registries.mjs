// The lists that folders are the only source of: every file that declares a member is in its list, and nobody types the list.
// The generated modules are kept in git, and a test compares.
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { inRoot } from './setup/paths.mjs'

/**
 * A list, each member with the path of its file: the module to write, the folder that is searched and below, what a member's declaration looks like (its first group is the
 * exported name), the exported constant with its docblock, and the type of a member with the module that has it.
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
  },
]

const comparePaths = (a, b) => a.localeCompare(b, 'en', { numeric: true })

/** The module that a list becomes. */
export function registryModule({ target, folder, member, constant, says, type, typeFrom }) {
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
  return [
    `// Generated from the files of ${folder} by scripts/registries.mjs (npm run build).`,
    `import type { ${type} } from '${typeFrom}'`,
    ...imports,
    '',
    `/** ${says} */`,
    `export const ${constant}: readonly { readonly member: ${type}; readonly path: string }[] = [${found
      .map(({ name, path }) => `\n  { member: ${name}, path: '${path}' },`)
      .join('')}\n]`,
    '',
  ].join('\n')
}

/** Writes the modules that are not what the folders say. */
export function buildRegistries() {
  for (const list of LISTS) {
    const path = inRoot(list.target)
    const content = registryModule(list)
    if (existsSync(path) && readFileSync(path, 'utf8') === content) continue
    writeFileSync(`${path}.next`, content)
    renameSync(`${path}.next`, path)
  }
}
