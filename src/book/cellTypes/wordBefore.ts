/** The name, or the part of one, that a text ends with. @example wordBefore('law.samp') // 'samp' */
export const wordBefore = (text: string): string => /[\p{ID_Continue}$]*$/u.exec(text)![0]
