/** Something that the stack uses and that AWS does not have everywhere. */
export interface Rarity {
  readonly what: string;
  /** Region codes, or what they begin with. */
  readonly missingIn: readonly string[];
  readonly source: string;
}

/** When the pages were read. No API answers this; the age of the copies that were read is not known. */
export const READ_IN = 'November 2026';

const RARITIES: readonly Rarity[] = [
  {
    what: 'Lambda function URLs (AWS::Lambda::Url), through which links to recordings are opened',
    missingIn: [
      'us-gov-',
      'ap-south-2',
      'ap-southeast-4',
      'ap-southeast-5',
      'ap-southeast-6',
      'ap-southeast-7',
      'ap-east-2',
      'ca-west-1',
      'eu-south-2',
      'eu-central-2',
      'il-central-1',
      'me-central-1',
    ],
    source:
      'AWS Lambda developer guide, "Creating and managing Lambda function URLs"; AWS GovCloud (US) user guide, "AWS Lambda"',
  },
  {
    what: 'the JSON log format of Lambda, which all functions write',
    missingIn: ['us-gov-'],
    source: 'AWS GovCloud (US) user guide, "AWS Lambda"',
  },
];

/** What the stack uses and the Region does not have, by AWS's documentation. */
export function missingIn(region: string): readonly Rarity[] {
  return RARITIES.filter(({ missingIn: starts }) => starts.some((start) => region.startsWith(start)));
}
