import { REGION_GAPS, type RegionGap } from './region-table.ts';

/** A resource of a template, or as much of it as is known. */
interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** What a Region lacks, by AWS's documentation. */
export function gapsIn(region: string): readonly RegionGap[] {
  return REGION_GAPS.filter(({ missingIn }) => isAmong(region, missingIn));
}

export function needs({ Type: type, Properties = {} }: Resource, gap: RegionGap): boolean {
  if (type !== gap.resourceType) return false;
  if (!gap.property) return true;
  const found = gap.property.reduce<unknown>(memberOf, Properties);
  return gap.value === undefined ? found !== undefined : found === gap.value;
}

/** `starts`: Region codes, or what they begin with. */
export function isAmong(region: string, starts: readonly string[]): boolean {
  return starts.some((start) => region.startsWith(start));
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
