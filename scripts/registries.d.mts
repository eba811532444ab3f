/** A list that a folder is the only source of. */
export interface RegistryList {
  readonly target: string
  readonly folder: string
  readonly member: RegExp
  readonly constant: string
  readonly says: string
  readonly type: string
  readonly typeFrom: string
  /** The type of the members' names, where the constant is a record of them. */
  readonly names?: string
  /** Whether members come with the paths of their files. */
  readonly paths?: boolean
}
export const LISTS: readonly RegistryList[]
export function registryModule(list: RegistryList): string
export function buildRegistries(): void
