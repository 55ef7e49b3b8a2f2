import { nearestOf } from '../../flows/lint/edit-distance.ts';
import { CONNECT_REGIONS } from '../regions/region-table.ts';

/** How a Region's name begins outside the commercial partition, and the partition that its ARNs begin with. */
const PARTITIONS: Readonly<Record<string, string>> = {
  'us-gov': 'aws-us-gov',
  'us-iso': 'aws-iso',
  'us-isob': 'aws-iso-b',
  'eusc-de': 'aws-eusc',
};

const REGION = new RegExp(
  `^(?:([a-z]{2}|${Object.keys(PARTITIONS).join('|')})-)(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\\d$`,
);

/** `eu-west-1`: Amazon Connect may be there by now, though it was not when the table was written. */
export function isNewToUs(region: string): boolean {
  return REGION.test(region) && !CONNECT_REGIONS.some((known) => known === region);
}

/** ` Did you mean us-east-1?`, or nothing. */
export function meantRegion(region: string): string {
  const meant = nearestOf(region, CONNECT_REGIONS);
  return meant === undefined ? '' : ` Did you mean ${meant}?`;
}

/**
 * Why there can be no Amazon Connect instance in a Region with ARNs of this partition; undefined if there can.
 *
 * A name that looks like a Region and is not in the table is let through: `settingWarnings` says so. AWS opens
 * Regions oftener than this table is written, and nobody should have to change the table to deploy. A Region that
 * is wrong does no harm: its stack fails at once, for there is no stream to read from.
 */
export function regionProblem(partition: string, region: string): string | undefined {
  if (partition === 'aws-cn' || region.startsWith('cn-')) return 'Amazon Connect is not in China.';
  const [, start] = REGION.exec(region) ?? [];
  if (start === undefined) {
    return `"${region}" is no Region; Amazon Connect is in ${CONNECT_REGIONS.join(', ')}.${meantRegion(region)}`;
  }
  const own = PARTITIONS[start] ?? 'aws';
  if (own === partition) return undefined;
  return `The partition is "${partition}", and Region ${region} is in partition "${own}": write arn:${own}:connect:${region}, or another Region.`;
}
