/**
 * The set-up scripts, which are plain JavaScript because they run before anything is built.
 */

/** A module of `scripts/setup/`, by name. */
export async function setupScript<Module>(name: 'steps' | 'lab'): Promise<Module> {
  return (await import(new URL(`../../scripts/setup/${name}.mjs`, import.meta.url).href)) as Module
}
