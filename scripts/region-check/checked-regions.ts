import { hasFunctionUrls, hasLiveMediaStreaming } from '../../infra/regions/offers.ts';
import { CONNECT_REGIONS } from '../../infra/regions/region-table.ts';
import { parseConfig, type VoicemailConfig } from '../../infra/config.ts';
import { testStack } from '../../infra/stack.fixture.ts';
import sample from '../../voicemail.config.ts';
import type { RegionValidator } from './validator.ts';

export interface CheckedRegion {
  readonly region: string;
  /** The kinds of deployment that were checked there. */
  readonly worlds: readonly string[];
  readonly resources: number;
  readonly findings: readonly string[];
}

const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/5e5e5e5e-0000-4000-8000-00000000e001';
const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/0d1e2f30-0000-4000-8000-00000000c001';
const ivrRecordings = { bucket: 'acme-recordings' };
const { mediaStreams: _streams, ...withoutStreams } = sample;
const { email: _email, ...withoutEmail } = sample;

/** Kinds of deployment, as in us-east-1. */
const WORLDS: Readonly<Record<string, VoicemailConfig>> = {
  default: sample,
  'without email': withoutEmail,
  'full monitoring': { ...sample, monitoring: 'full' },
  'function URL': { ...sample, links: { host: 'function-url' } },
  'API Gateway': { ...sample, links: { host: 'api-gateway' } },
  'own domain': {
    ...sample,
    links: { host: 'own-domain', domainName: 'voicemail.acme.example', certificateArn },
  },
  'no links': { ...sample, links: { host: 'none' }, email: { ...attached() } },
  'own key': { ...sample, kmsKeyArn: keyArn },
  boundary: {
    ...sample,
    permissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/boundary',
    tags: { 'cost-center': '4711' },
  },
  'IVR recordings': { ...withoutStreams, audioSource: 'ivr', ivrRecordings },
  'both sources': { ...sample, audioSource: 'both', ivrRecordings },
};

function attached(): NonNullable<VoicemailConfig['email']> {
  if (!sample.email) throw new Error('the sample has email');
  return { ...sample.email, recording: 'attach' };
}

/** Every kind of deployment that can be in the Region, against its schemas. */
export function checkedRegions(validator: RegionValidator): readonly CheckedRegion[] {
  return CONNECT_REGIONS.map((region) => {
    const worlds = Object.entries(WORLDS).filter(([name]) => isPossible(name, region));
    const checked = worlds.map(([name, config]) => {
      const made = testStack(parseConfig(movedTo(config, region)));
      try {
        made.app.synth();
        const findings = validator.findingsIn(made.text(), region).map((finding) => `${name}: ${finding}`);
        return { resources: made.resources().length, findings };
      } finally {
        made.remove();
      }
    });
    return {
      region,
      worlds: worlds.map(([name]) => name),
      resources: checked.reduce((sum, { resources }) => sum + resources, 0),
      findings: checked.flatMap(({ findings }) => findings),
    };
  });
}

function isPossible(world: string, region: string): boolean {
  if (world === 'function URL') return hasFunctionUrls(region);
  return world !== 'both sources' || hasLiveMediaStreaming(region);
}

function movedTo(config: VoicemailConfig, region: string): unknown {
  const partition = region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return JSON.parse(
    JSON.stringify(config).replaceAll('arn:aws:', `arn:${partition}:`).replaceAll('us-east-1', region),
  );
}

/** A line for each Region, and one for each finding. */
export function inWords(checked: readonly CheckedRegion[]): string {
  return checked
    .flatMap(({ region, worlds, resources, findings }) => [
      `${region}: ${worlds.length} kinds of deployment, ${resources} resources, ${findings.length} findings`,
      ...findings.map((finding) => `  ${finding}`),
    ])
    .join('\n');
}

/** The document with its table written again. */
export function withRegions(
  document: string,
  { checked, version }: { readonly checked: readonly CheckedRegion[]; readonly version: string },
): string {
  const kinds = Object.keys(WORLDS);
  const rows = checked.map(({ region, worlds, resources, findings }) => {
    const left = kinds.filter((kind) => !worlds.includes(kind));
    return [
      `\`${region}\``,
      String(worlds.length),
      left.join(', '),
      String(resources),
      String(findings.length),
    ];
  });
  const head = ['Region', 'Kinds', 'left out', 'Resources', 'Refused'];
  const day = new Date().toISOString().slice(0, 10);
  const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
  const written = `Schemas of AWS CloudFormation Validate ${version}, run on ${day}. Kinds: ${kinds.join(', ')}.`;
  return document.replace(
    /(<!-- regions -->\n)[^]*?(?=<!-- end of regions -->)/,
    (_, mark: string) => `${mark}\n${wrapped(written)}\n\n${table}\n\n`,
  );
}

/** In lines of at most 120 characters. */
function wrapped(text: string): string {
  return text.replace(/(.{1,118})(?: |$)/g, '$1\n').trimEnd();
}
