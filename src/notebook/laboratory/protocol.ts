/**
 * What a cell stores to show a laboratory, and the address that says the same.
 */
import type { LabSetting } from './laboratories.js'

/** The MIME type of a laboratory in a cell's output. */
export const LAB_MIME: string = 'application/vnd.mean-field-limit.lab+json'

/** What is stored under {@link LAB_MIME}. */
export interface LabModel {
  readonly version: 1
  readonly name: string
  /** Of all controls, as they begin. */
  readonly state: LabSetting
}

/** The address of a laboratory with a setting in the book, below the book's folder. */
export function laboratoryPage(name: string, setting: LabSetting): string {
  const text = new URLSearchParams(Object.entries(setting).map(([key, value]) => [key, String(value)])).toString()
  return `lab-${name}.html#${text}`
}
