/** A Dockerfile read as far as ours goes: instructions with their continued lines joined. */
export interface Instruction {
  readonly name: string
  readonly text: string
}

/** The instructions in order, comments gone. */
export function instructions(source: string): Instruction[] {
  const lines = source.split('\n').filter(line => !line.startsWith('#'))
  const joined = lines.join('\n').replace(/\s*\\\n\s*/g, ' ')
  return joined
    .split('\n')
    .map(line => /^([A-Z]+)\s+(.*)$/.exec(line.trim()))
    .filter(match => match !== null)
    .map(([, name, text]) => ({ name: name!, text: text! }))
}

/** What such an instruction would do wrong; empty for a good file. */
export function dockerfileProblems(source: string): string[] {
  const list = instructions(source)
  const found: string[] = []
  const at = (name: string): number => list.findIndex(instruction => instruction.name === name)
  for (const { name } of list) {
    if (!['ARG', 'FROM', 'RUN', 'USER', 'WORKDIR', 'COPY', 'EXPOSE', 'HEALTHCHECK', 'CMD'].includes(name)) {
      found.push(`${name} is not expected`)
    }
  }
  const user = list.filter(({ name }) => name === 'USER').at(-1)?.text
  if (user === undefined || user === 'root' || user === '0') found.push('the container runs as root')
  for (const { name, text } of list) {
    if (name === 'COPY' && !text.startsWith(`--chown=${user}:`)) found.push('what is copied belongs to root')
    if (name === 'RUN' && text.includes('apt-get install')) {
      if (!/^apt-get update && /.test(text)) found.push('apt-get install without an update in the same layer')
      if (!text.includes('--no-install-recommends')) found.push('recommended packages come along')
      if (!text.includes('rm -rf /var/lib/apt/lists/*')) found.push('the lists of packages stay in the layer')
    }
    if ((name === 'CMD' || name === 'HEALTHCHECK') && !Array.isArray(parsed(text))) {
      found.push(`${name} starts a shell, which passes no signals on`)
    }
  }
  if (at('WORKDIR') > at('COPY')) found.push('the folder is chosen after the copy')
  return found
}

/** The words of an instruction in exec form; undefined for the shell form. */
export function parsed(text: string): string[] | undefined {
  const form = /\[.*\]$/.exec(text)?.[0]
  try {
    return form === undefined ? undefined : (JSON.parse(form) as string[])
  } catch {
    return undefined
  }
}
