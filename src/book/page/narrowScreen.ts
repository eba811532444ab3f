/** CSS pixels below which the panels of a figure have no room beside each other; style/text.css has it too. */
export const NARROW = 600
