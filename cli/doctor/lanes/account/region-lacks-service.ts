import type { Check, Finding } from '../../check.ts';
import { stack } from '../../facts/stack.ts';

/** Something that the stack uses and that AWS does not have everywhere. */
interface Rarity {
  readonly what: string;
  /** Region codes, or what they begin with. */
  readonly missingIn: readonly string[];
  readonly source: string;
}

/** When the pages were read. No API answers this; the age of the copies that were read is not known. */
const AS_OF = 'November 2026';

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

export const regionLacksService: Check = {
  id: 'region-lacks-service',
  lane: 'account',
  title: 'whether the Region has all that the stack uses',
  async run(look) {
    const { region } = look.home;
    const missing = RARITIES.filter(({ missingIn }) => missingIn.some((start) => region.startsWith(start)));
    // What is deployed shows that the pages are out of date. And where nothing is missing, nobody is asked.
    if (missing.length === 0 || (await stack(look))) return [];
    return missing.map(({ what, source }): Finding => ({
      severity: 'blocker',
      certainty: 'likely',
      what: `By AWS's documentation, read in ${AS_OF}, ${region} does not have ${what}.`,
      suffers: 'Administrators: the stack cannot be deployed there.',
      evidence: [{ api: 'no API answers this', saw: source }],
      remedy:
        'Read those pages as they are now. If they still say so, this version cannot be used with an instance in that Region.',
    }));
  },
};
