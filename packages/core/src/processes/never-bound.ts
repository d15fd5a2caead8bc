/** Commands that no process may stand before: whatever does harm is stopped first. Register and command, parted by a space. */
export const neverBound: ReadonlySet<string> = new Set(['systems suspend']);
