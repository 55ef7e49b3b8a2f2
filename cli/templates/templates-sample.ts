import { z } from 'zod';
import { nearestOf } from '../../flows/lint/edit-distance.ts';
import { withAliases } from '../../src/domain/email/email-aliases.ts';
import type { Value } from '../../src/domain/email/email-template-values.ts';
import { emailVariables } from '../../src/domain/email/email-variables.ts';
import { InputError } from '../command.ts';
import { readJson } from './templates-input.ts';

/** The data for a template: our variables, and attributes by name and under `attributes`. */
export type Variables = Readonly<Record<string, Value>>;

const INSTANCE = 'arn:aws:connect:us-east-1:111122223333:instance/a1b2c3d4-0000-4000-8000-00000000aaaa';
const QUEUE_ARNS = { queue: `${INSTANCE}/queue/b1b1b1b1`, agent: `${INSTANCE}/queue/agent/d4d4d4d4` };
const NAMES = { queue: 'Customer Care', agent: 'Ana Ruiz' };

const ATTRIBUTES = {
  customer_name: 'Dana Whitfield',
  customer_tier: 'Gold',
  account_number: '4471-0093',
  order_number: 'A-20815',
  reason: 'Delivery',
};

const TRANSCRIPT =
  'Hi, this is Dana Whitfield. I ordered a desk lamp last Tuesday, order number A 20815, and the parcel says delivered but nothing has arrived. Could somebody please call me back before five? Thank you.';

/** A typical voicemail, made as in the pipeline. */
export function sampleVariables(
  whose: 'queue' | 'agent',
  attributes: Readonly<Record<string, string>> = ATTRIBUTES,
): Variables {
  const calledAtMs = Date.parse('2026-03-04T14:05:00Z');
  const variables = emailVariables({
    voicemail: {
      contactId: '8c7e4a52-1f0b-4d39-9a64-2b5de0c7f318',
      instanceArn: INSTANCE,
      calledAtMs,
      endedAtMs: calledAtMs + 60_000,
      from: '+12125550142',
      language: 'en-US',
      attributes: { ...attributes },
    },
    recipient: { queueArn: QUEUE_ARNS[whose], name: NAMES[whose] },
    transcript: TRANSCRIPT,
    duration: '18 s',
    linkUrl: 'https://links.example.com/r/sample',
    notes: [],
    timeZone: 'America/New_York',
  });
  return variables;
}

const TEXT = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const DATA = z.record(z.string(), z.unknown());
const ATTRIBUTES_GIVEN = z.record(z.string(), TEXT);

/**
 * A file's JSON over the sample: names of ours replace what the sample says, all others
 * are the contact's attributes, and the sample's are gone. Throws InputError.
 */
export function variablesIn(file: string, whose: 'queue' | 'agent'): Variables {
  const data = DATA.safeParse(readJson(file));
  if (!data.success) throw new InputError(`${file}: must be an object, { "customer_tier": "gold", … }`);
  const { attributes: grouped = {}, ...flat } = data.data;
  const attributes = textsIn(grouped, `${file}, attributes`);
  const given = textsIn(flat, file);
  const others = Object.entries(given).filter(([name]) => !OUR_VARIABLES.includes(name));
  const ours = Object.entries(given).filter(([name]) => OUR_VARIABLES.includes(name));
  const sample = sampleVariables(whose, { ...Object.fromEntries(others), ...attributes });
  return { ...withAliases({ ...sample, ...Object.fromEntries(ours) }), ...Object.fromEntries(ours) };
}

function textsIn(given: unknown, where: string): Record<string, string> {
  const texts = ATTRIBUTES_GIVEN.safeParse(given);
  if (texts.success) return texts.data;
  const names = texts.error.issues.map(({ path }) => path.join('.')).filter((name) => name !== '');
  const which = names.length > 0 ? `: ${names.join(', ')}` : '';
  throw new InputError(`${where}: a contact's attributes are texts${which}`);
}

/** What every voicemail has. */
const OUR_VARIABLES: readonly string[] = Object.keys(sampleVariables('queue', {}));

/** Whether it is a name of ours, or one that older templates have for it. */
export function isOurs(name: string): boolean {
  return OUR_VARIABLES.includes(name);
}

/** Our variable that was perhaps meant; undefined if the name is one of ours, or similar to none. */
export function meantVariable(name: string): string | undefined {
  return isOurs(name) ? undefined : nearestOf(name, OUR_VARIABLES);
}

/** Whether data have a variable as `checkTemplate` writes it: `caller`, `attributes.plan`. */
export function isIn(variables: Variables, name: string): boolean {
  const [, attribute] = /^attributes\.(.*)$/.exec(name) ?? [];
  if (attribute === undefined) return Object.hasOwn(variables, name);
  const { attributes = {} } = variables;
  return typeof attributes === 'object' && attributes !== null && Object.hasOwn(attributes, attribute);
}
