/**
 * What AWS does not have in every Region, as far as templates of stacks can name it: one table for the simulator,
 * which refuses it there, and for those that warn of it. To add something, add a row.
 */
export interface RegionGap {
  /** In a sentence: the Region "does not have" it. */
  readonly what: string;
  readonly resourceType: string;
  /** The property that needs it, from the outside in. Absent: there is no resource of that type. */
  readonly property?: readonly string[];
  /** The value of that property that needs it. Absent: any. */
  readonly value?: string;
  /** Region codes, or what they begin with. */
  readonly missingIn: readonly string[];
  readonly source: string;
}

/** When the pages were read. No API answers this; the age of the copies that were read is not known. */
export const READ_IN = 'November 2026';

const GOVCLOUD_LAMBDA = 'AWS GovCloud (US) user guide, "AWS Lambda"';

const REGION_GAPS: readonly RegionGap[] = [
  {
    what: 'Lambda function URLs (AWS::Lambda::Url)',
    resourceType: 'AWS::Lambda::Url',
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
    source: `AWS Lambda developer guide, "Creating and managing Lambda function URLs"; ${GOVCLOUD_LAMBDA}`,
  },
  {
    what: 'the JSON log format of Lambda',
    resourceType: 'AWS::Lambda::Function',
    property: ['LoggingConfig', 'LogFormat'],
    value: 'JSON',
    missingIn: ['us-gov-'],
    source: GOVCLOUD_LAMBDA,
  },
  {
    what: 'tags on event source mappings',
    resourceType: 'AWS::Lambda::EventSourceMapping',
    property: ['Tags'],
    missingIn: ['us-gov-'],
    source: GOVCLOUD_LAMBDA,
  },
  {
    what: 'Amazon CloudFront (AWS::CloudFront::Distribution)',
    resourceType: 'AWS::CloudFront::Distribution',
    missingIn: ['us-gov-'],
    source: "CloudFormation's resource schemas of the Region, as cfn-lint 1.51.0 has them",
  },
  {
    what: 'third-party applications of Amazon Connect (AWS::AppIntegrations::Application)',
    resourceType: 'AWS::AppIntegrations::Application',
    missingIn: ['us-gov-'],
    source: "CloudFormation's resource schemas of the Region, as cfn-lint 1.51.0 has them",
  },
];

/** A resource of a template, or as much of it as is known. */
interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** What a Region lacks, by AWS's documentation. */
export function gapsIn(region: string): readonly RegionGap[] {
  return REGION_GAPS.filter(({ missingIn }) => missingIn.some((start) => region.startsWith(start)));
}

export function needs({ Type: type, Properties = {} }: Resource, gap: RegionGap): boolean {
  if (type !== gap.resourceType) return false;
  if (!gap.property) return true;
  const found = gap.property.reduce<unknown>(memberOf, Properties);
  return gap.value === undefined ? found !== undefined : found === gap.value;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
