import { CONTACT_ATTRIBUTES, contactAttributes } from '../../src/domain/contact-attributes.ts';
import type { FlowAction } from '../language/document.ts';
import { guessAttribute, isLikeOurs, relatedAttributes } from './attribute-guess.ts';
import { type AttributeUse, attributeUse } from './attribute-use.ts';
import type { Finding } from './finding.ts';
import { formerMeaning } from './former-attributes.ts';
import type { Subject } from './subject.ts';
import { flagChange } from './voicemail-actions.ts';

/** Names of contact attributes that the pipeline would not find, or would ignore. */
export function attributeFindings(subject: Subject): readonly Finding[] {
  const { flow, ownAttributes } = subject;
  const ofFlow = attributeUse(flow.Actions);
  const isOwn = (name: string) => ownAttributes.includes(name);
  return [
    ...flow.Actions.flatMap((action) => findingsAt(action, ofFlow, isOwn)),
    ...missingFindings(subject, ofFlow),
  ];
}

function findingsAt(
  action: FlowAction,
  ofFlow: AttributeUse,
  isOwn: (name: string) => boolean,
): readonly Finding[] {
  const { set, read, flowSet } = attributeUse([action]);
  const found = [
    ...[...new Set([...set, ...read])].map((name) => ({ name, found: judge(name, set.has(name), ofFlow) })),
    ...[...flowSet].map((name) => ({ name, found: judgeFlowAttribute(name, ofFlow) })),
  ];
  return found.flatMap(({ name, found: one }) =>
    one && !isOwn(name) ? [{ ...one, action: action.Identifier }] : [],
  );
}

/** The finding for one name that an action sets or reads. */
function judge(name: string, isSet: boolean, ofFlow: AttributeUse): Finding | undefined {
  if (Object.hasOwn(CONTACT_ATTRIBUTES, name)) return isSet ? notForFlows(name) : undefined;
  const isUsedByFlow = ofFlow.set.has(name) && ofFlow.read.has(name);
  const former = formerMeaning(name);
  if (former !== undefined) return isUsedByFlow ? undefined : withoutEffect(name, isSet, former);
  return misspelled(name, isUsedByFlow, ofFlow) ?? (isUsedByFlow ? undefined : unknown(name, isSet));
}

function notForFlows(name: string): Finding | undefined {
  const isForFlows = contactAttributes().some(([known, { setByFlow }]) => known === name && setByFlow);
  if (isForFlows) return undefined;
  return {
    severity: 'warning',
    rule: 'attribute-of-delivery',
    message: `"${name}" is for delivery to set, on the task: what a flow of the call sets is replaced there, or not read. Do not set it.`,
  };
}

function misspelled(name: string, isUsedByFlow: boolean, ofFlow: AttributeUse): Finding | undefined {
  const guess = guessAttribute(name);
  // Two letters are much, if the flow itself reads what it sets.
  if (!guess || (guess.distance > 1 && isUsedByFlow)) return undefined;
  const isOfVoicemail = [...ofFlow.set, ...ofFlow.read].some(isLikeOurs);
  if (guess.trust === 'possible' && !isOfVoicemail) return undefined;
  const isError = guess.trust === 'sure' || (guess.trust === 'likely' && isOfVoicemail);
  return {
    severity: isError ? 'error' : 'warning',
    rule: 'misspelt-attribute',
    message: `"${name}" is not an attribute of a voicemail and is ignored. Did you mean "${guess.meant}"?`,
  };
}

/** A name that begins like ours and is not one of them. */
function unknown(name: string, isSet: boolean): Finding | undefined {
  if (!/^vmx3[_-]/i.test(name)) return undefined;
  const related = relatedAttributes(name.toLowerCase()).map((known) => `"${known}"`);
  if (related.length > 0) return withoutEffect(name, isSet, `Did you mean ${related.join(' or ')}?`);
  return withoutEffect(name, isSet, 'If a flow of yours uses it, give it a name that does not begin so.');
}

/** `advice` is a sentence. */
function withoutEffect(name: string, isSet: boolean, advice: string): Finding {
  const what = isSet
    ? 'has no effect on a voicemail: nothing here reads it. It is only passed on to the task and to email templates.'
    : 'is empty unless a flow of yours sets it: nothing here does.';
  return { severity: 'warning', rule: 'attribute-without-effect', message: `"${name}" ${what} ${advice}` };
}

function judgeFlowAttribute(name: string, { set, flowRead }: AttributeUse): Finding | undefined {
  if (!Object.hasOwn(CONTACT_ATTRIBUTES, name) || set.has(name) || flowRead.has(name)) return undefined;
  return {
    severity: 'error',
    rule: 'flow-attribute',
    message: `"${name}" is set as an attribute of the flow, which ends with the flow: the voicemail does not have it. Set it as a contact attribute (user defined).`,
  };
}

function missingFindings({ flow, type }: Subject, { set }: AttributeUse): readonly Finding[] {
  const flags = flow.Actions.find((action) => flagChange(action) === 'sets');
  // The flow that calls a module, or puts the call into the queue, may have set them.
  if (!flags || type === 'MODULE' || type === 'CUSTOMER_QUEUE') return [];
  const missing = contactAttributes().flatMap(([name, { setByFlow }]) =>
    setByFlow?.inOurFlows === undefined || set.has(name)
      ? []
      : [`${name} (instead: ${plain(setByFlow.otherwise)})`],
  );
  if (missing.length === 0) return [];
  return [
    {
      severity: 'warning',
      action: flags.Identifier,
      rule: 'missing-attributes',
      message: `This flow marks the call as a voicemail and never sets ${missing.join(', ')}. Set them, unless that is what you want.`,
    },
  ];
}

/** Without what Markdown marks code with. */
function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}
