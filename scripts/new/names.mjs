// The forms that a name in camelCase takes.

/** @example capital('energyDrift') // 'EnergyDrift' */
export const capital = name => name[0].toUpperCase() + name.slice(1)

/** @example kebab('energyDrift') // 'energy-drift' */
export const kebab = name => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
