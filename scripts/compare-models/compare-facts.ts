export type Facts<Value> = Readonly<Record<string, Value>>;

/** One line for each fact that is new, gone or changed. */
export function compareFacts(
  before: Facts<readonly string[]>,
  now: Facts<readonly string[]>,
  entryOf: (fact: string) => string | undefined,
): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].toSorted();
  return names.flatMap((name) => {
    const change = changeOf(before[name], now[name]);
    if (change === undefined) return [];
    const entry = entryOf(name);
    return `${name}: ${change}${entry === undefined ? '' : ` (docs/amazon-connect.md, ${entry})`}`;
  });
}

function changeOf(
  before: readonly string[] | undefined,
  now: readonly string[] | undefined,
): string | undefined {
  if (!before) return 'is new';
  if (!now) return 'is gone';
  const added = now.filter((one) => !before.includes(one));
  const removed = before.filter((one) => !now.includes(one));
  const parts = [
    ...(added.length > 0 ? [`new: ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`gone: ${removed.join(', ')}`] : []),
  ];
  return parts.length > 0 ? parts.join('; ') : undefined;
}
