import { VOICEMAIL_ATTRIBUTES } from '../attributes.ts';
import type { FlowAction } from '../language/document.ts';
import { jsonPathsIn } from '../language/json-path.ts';
import { textsIn } from '../language/texts-in.ts';
import { editDistance } from './edit-distance.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';
import { attributesSetBy, flagChange } from './voicemail-actions.ts';

const LIKELY_MISTYPED = 2;
/** A name that was meant to be one of ours; `email_` names are often a customer's own. */
const OURS = /^(?:vmx|vxm|vm3|mvx)/i;

/** What a voicemail is delivered with if the flow does not say. */
const DEFAULTS: Readonly<Record<string, string>> = {
  vmx3_from: "the caller's own number",
  vmx3_queue_arn: "the contact's queue, or the fallback queue",
  vmx3_lang: 'the configured language',
  vmx3_mode: 'the configured way of delivery',
};

/** Names of contact attributes that the pipeline would not find. */
export function attributeFindings(subject: Subject): readonly Finding[] {
  return [
    ...subject.flow.Actions.flatMap((action) => misspeltFindings(action, subject.ownAttributes)),
    ...missingFindings(subject),
  ];
}

function misspeltFindings(action: FlowAction, ownAttributes: readonly string[]): readonly Finding[] {
  const names = new Set([...Object.keys(attributesSetBy(action)), ...attributesReadBy(action)]);
  return [...names].flatMap((name) => {
    const meant = ownAttributes.includes(name) ? undefined : meantBy(name);
    if (!meant) return [];
    return [
      {
        severity: 'error',
        action: action.Identifier,
        rule: 'misspelt-attribute',
        message: `"${name}" is not an attribute of a voicemail and is ignored. Did you mean "${meant}"?`,
      } as const,
    ];
  });
}

function attributesReadBy({ Parameters: parameters }: FlowAction): readonly string[] {
  return textsIn(parameters)
    .flatMap(({ text }) => jsonPathsIn(text))
    .flatMap(({ keys: [root, name] }) => (root === 'Attributes' && name !== undefined ? [name] : []));
}

/** The name that was probably meant; undefined for one that is right, or nothing like ours. */
function meantBy(name: string): string | undefined {
  const most = OURS.test(name) ? LIKELY_MISTYPED : 1;
  const distances = VOICEMAIL_ATTRIBUTES.map(
    (known) => [known, editDistance(name.toLowerCase(), known)] as const,
  );
  const [nearest] = distances.toSorted(([, a], [, b]) => a - b);
  if (!nearest || nearest[1] > most || nearest[0] === name) return undefined;
  return nearest[0];
}

function missingFindings({ flow, type }: Subject): readonly Finding[] {
  const flags = flow.Actions.find((action) => flagChange(action) === 'sets');
  // The flow that calls a module, or puts the call into the queue, may have set them.
  if (!flags || type === 'MODULE' || type === 'CUSTOMER_QUEUE') return [];
  const set = new Set(flow.Actions.flatMap((action) => Object.keys(attributesSetBy(action))));
  const missing = Object.keys(DEFAULTS).filter((name) => !set.has(name));
  if (missing.length === 0) return [];
  const list = missing.map((name) => `${name} (instead: ${DEFAULTS[name]})`).join(', ');
  return [
    {
      severity: 'warning',
      action: flags.Identifier,
      rule: 'missing-attributes',
      message: `This flow marks the call as a voicemail and never sets ${list}. Set them, unless that is what you want.`,
    },
  ];
}
