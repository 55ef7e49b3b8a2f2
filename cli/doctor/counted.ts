/** `1 queue`, `2 queues` */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

const MOST_NAMED = 20;

/** `Billing, Support`, `none`; of a long list the first twenty, and how many more there are. */
export function listed(names: readonly string[]): string {
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return names.length === 0 ? 'none' : `${names.slice(0, MOST_NAMED).join(', ')}${more}`;
}
