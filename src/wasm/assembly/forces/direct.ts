export function directPlaceholder(task: i32): void {}
