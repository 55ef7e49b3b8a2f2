import { z } from 'zod';
import { ASSUMED } from './assumptions.ts';
import { type FixedResources, fixedResources } from './fixed-resources.ts';
import type { Mode } from './calls.ts';
import { type KeptFacts, keptIn } from './kept.ts';

/** What a month costs depends on, of a stack. */
export interface StackFacts extends FixedResources {
  /** The memory of its functions, by the names of their bundles. */
  readonly memoryMegabytes: Readonly<Record<string, number>>;
  readonly mode: Mode;
  /** Whether mails carry the recording. */
  readonly isAttached: boolean;
  readonly attachLimitMegabytes: number;
  /** `full`: the functions write every metric. */
  readonly metrics: 'essential' | 'full';
  readonly kept: KeptFacts;
  /** For so long, what was deleted can be brought back, and is paid for. */
  readonly undeleteDays: number;
  readonly logRetentionDays: number;
  /** How many KMS keys of the administrator's the functions decrypt with. */
  readonly ownKeys: number;
  /** How many test voicemails its canary sends in a month. */
  readonly canariesPerMonth: number;
}

const RESOURCE = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.object({ 'aws:cdk:path': z.string() }).partial().default({}),
});
const TEMPLATE = z.object({
  Resources: z.record(z.string(), RESOURCE),
  Parameters: z.record(z.string(), z.object({ Default: z.unknown() })).default({}),
});
const FUNCTION = z.object({
  MemorySize: z.number().default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});
const BUCKET = z.object({
  LifecycleConfiguration: z.object({
    Rules: z.array(
      z.object({
        NoncurrentVersionExpiration: z.object({ NoncurrentDays: z.unknown() }).optional(),
      }),
    ),
  }),
});
const POLICY = z.object({
  PolicyDocument: z.object({ Statement: z.array(z.object({ Action: z.unknown(), Resource: z.unknown() })) }),
});
const RULE = z.object({ ScheduleExpression: z.string() });
const REFERENCE = z.strictObject({ Ref: z.string() });

const MODE = z.enum(['guided_task', 'task', 'email']).default('guided_task');

/**
 * Reads a template of ours: of settings, or of a release with parameters, which are taken at their defaults. Throws
 * ZodError for a template that is not.
 */
export function stackFacts(template: unknown): StackFacts {
  const { Resources, Parameters } = TEMPLATE.parse(template);
  const valueOf = (value: unknown) => {
    const { Ref } = REFERENCE.safeParse(value).data ?? {};
    return Ref === undefined ? value : (Parameters[Ref]?.Default ?? value);
  };
  const parts = Object.values(Resources).map((one) => ({
    ...one,
    bundle: one.Metadata['aws:cdk:path']?.split('/')[1] ?? '',
  }));
  const ofType = (type: string) => parts.filter(({ Type }) => Type === type);
  const functions = new Map(
    ofType('AWS::Lambda::Function').map(({ bundle, Properties }) => [bundle, FUNCTION.parse(Properties)]),
  );
  const setting = (name: string) => valueOf(functions.get('deliver-voicemail')?.Environment.Variables[name]);
  const [bucket] = ofType('AWS::S3::Bucket').map(({ Properties }) => BUCKET.parse(Properties));
  const rules = bucket?.LifecycleConfiguration.Rules ?? [];
  const ofDeleted = rules.find((rule) => rule.NoncurrentVersionExpiration)?.NoncurrentVersionExpiration;
  const [log] = ofType('AWS::Logs::LogGroup');
  return {
    ...fixedResources(template),
    memoryMegabytes: Object.fromEntries([...functions].map(([name, { MemorySize }]) => [name, MemorySize])),
    mode: MODE.parse(setting('DEFAULT_MODE')),
    isAttached: ['attach', 'both'].includes(String(setting('EMAIL_RECORDING'))),
    attachLimitMegabytes: numberOr(setting('EMAIL_ATTACH_LIMIT_MB'), 10),
    metrics: setting('VMX_METRICS') === 'full' ? 'full' : 'essential',
    kept: keptIn(parts, valueOf),
    undeleteDays: numberOr(valueOf(ofDeleted?.NoncurrentDays), 0),
    logRetentionDays: numberOr(valueOf(log?.Properties['RetentionInDays']), 0),
    ownKeys: keysIn(ofType('AWS::IAM::Policy')).size,
    canariesPerMonth: canariesIn(ofType('AWS::Events::Rule')),
  };
}

function numberOr(value: unknown, usual: number): number {
  return z.coerce.number().safeParse(value ?? usual).data ?? usual;
}

/** The construct of its schedule is named so. */
function canariesIn(rules: readonly { readonly bundle: string; readonly Properties: unknown }[]): number {
  const schedule = rules.find(({ bundle }) => bundle === 'canary-schedule');
  if (!schedule) return 0;
  const { ScheduleExpression } = RULE.parse(schedule.Properties);
  const [, hours] = /^rate\((\d+) hours?\)$/.exec(ScheduleExpression) ?? [];
  return hours === undefined ? 0 : ASSUMED.hoursPerMonth / Number(hours);
}

/** The keys that functions may decrypt with. */
function keysIn(policies: readonly { readonly Properties: unknown }[]): ReadonlySet<string> {
  const statements = policies.flatMap(({ Properties }) => POLICY.parse(Properties).PolicyDocument.Statement);
  const keys = statements.filter(({ Action }) => [Action].flat().includes('kms:Decrypt'));
  return new Set(keys.map(({ Resource }) => JSON.stringify(Resource)));
}
