/** A list that a folder is the only source of. */
export interface RegistryList {
  readonly target: string
  readonly folder: string
  readonly member: RegExp
  readonly constant: string
  readonly says: string
  readonly type: string
  readonly typeFrom: string
}
export const LISTS: readonly RegistryList[]
export function registryModule(list: RegistryList): string
export function buildRegistries(): void
