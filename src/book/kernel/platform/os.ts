/** `node:os` of the kernel in a browser. */
export const tmpdir = (): string => '/tmp'
export const hostname = (): string => 'browser'
export const availableParallelism = (): number => 1
export const cpus = (): { readonly model: string }[] => [{ model: 'browser' }]
