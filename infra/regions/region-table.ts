/**
 * What Amazon Connect and AWS have in which Region: one table for the settings, `vmx doctor`, the stack and the
 * simulator. Each entry says where it was read; `likely` says that the page is old, or that two pages differ.
 *
 * No API answers this. AWS adds to it oftener than this table is written: a Region that is in no list is let through
 * with a warning.
 */
export interface Lists {
  /** The Regions that have it. */
  readonly regions: readonly string[];
  readonly source: string;
  readonly certainty: 'certain' | 'likely';
}

/** When the pages were read. */
export const READ_IN = 'November 2026';

const CONNECT_PAGE =
  'Amazon Connect administrator guide, "Availability of Amazon Connect features by Region"';

/**
 * AWS General Reference, "Amazon Connect endpoints and quotas", has the same. An announcement of February 2026 (tests
 * of voice interactions) names ap-south-1 too, which neither page has: it is let through with a warning.
 */
export const CONNECT_REGIONS = [
  'us-east-1',
  'us-west-2',
  'af-south-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-west-2',
  'us-gov-west-1',
] as const;

/** Where Amazon Connect streams the audio of a call to Kinesis Video Streams. */
export const LIVE_MEDIA_STREAMING: Lists = {
  regions: CONNECT_REGIONS.filter((region) => region !== 'af-south-1' && region !== 'us-gov-west-1'),
  // The page's copy is of October 2025.
  source: CONNECT_PAGE,
  certainty: 'likely',
};

/** Where Amazon Connect Customer Profiles can be asked who has a number. */
export const CUSTOMER_PROFILES: Lists = {
  regions: CONNECT_REGIONS.filter((region) => region !== 'us-gov-west-1'),
  source: CONNECT_PAGE,
  certainty: 'likely',
};

/** What Transcribe does not do in a Region. */
export interface LanguageLimit {
  /** A language code of Transcribe. */
  readonly language: string;
  /** Region codes, or what they begin with. */
  readonly limitedIn: readonly string[];
  readonly source: string;
}

/** Where Transcribe takes a language at 16 kHz only. The telephone has 8. */
export const WIDE_BAND_ONLY: readonly LanguageLimit[] = [
  {
    language: 'ar-SA',
    limitedIn: ['us-gov-', 'af-south-1', 'ca-west-1'],
    source: 'Amazon Transcribe developer guide, "Supported languages and language-specific features"',
  },
];

/**
 * What AWS does not have in every Region, as far as templates of stacks can name it. The simulator refuses it there;
 * the stack leaves out what it can do without.
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

const GOVCLOUD_LAMBDA = 'AWS GovCloud (US) user guide, "AWS Lambda"';
const REGISTRY_SCHEMAS = "CloudFormation's resource schemas of the Region, as cfn-lint 1.51.0 has them";

export const REGION_GAPS: readonly RegionGap[] = [
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
  ...['ApplicationLogLevel', 'SystemLogLevel'].map((member) => ({
    what: `log levels of Lambda (${member}), which need its JSON log format`,
    resourceType: 'AWS::Lambda::Function',
    property: ['LoggingConfig', member],
    missingIn: ['us-gov-'],
    source: GOVCLOUD_LAMBDA,
  })),
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
    source: REGISTRY_SCHEMAS,
  },
  {
    what: 'third-party applications of Amazon Connect (AWS::AppIntegrations::Application)',
    resourceType: 'AWS::AppIntegrations::Application',
    missingIn: ['us-gov-'],
    source: REGISTRY_SCHEMAS,
  },
];
