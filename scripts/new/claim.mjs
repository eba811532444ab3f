export const claimFiles = () => ({ files: {}, next: [] })
