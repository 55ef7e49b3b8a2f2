import type { FlowAction } from '../language/document.ts';
import { type JsonPath, jsonPathsIn, classOf } from '../language/json-path.ts';
import { ssmlMarkupIn } from '../language/ssml/plain-text.ts';
import {
  placeOf,
  type SsmlProblem,
  ssmlProblems,
  UNKNOWN_CHARACTER,
} from '../language/ssml/ssml-problems.ts';
import type { PollyEngine } from '../language/ssml/ssml-tags.ts';
import { type TextInside, textsIn } from '../language/texts-in.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';
import { enginesBefore } from './voice-engines.ts';

/** Actions whose `Text` is spoken. */
const SPEAKS = new Set([
  'ConnectParticipantWithLexBot',
  'GetParticipantInput',
  'MessageParticipant',
  'MessageParticipantIteratively',
]);

/** Roots of paths to numbers, codes and ids, in which SSML has nothing to escape. */
const HARMLESS_ROOTS = new Set([
  'AwsRegion',
  'Channel',
  'ContactId',
  'InitialContactId',
  'InitiationMethod',
  'InstanceARN',
  'LanguageCode',
  'Metrics',
  'PreviousContactId',
  'RelatedContactId',
  'StoredCustomerInput',
  'TextToSpeechVoiceId',
]);
const HARMLESS =
  /^(?:CustomerEndpoint|SystemEndpoint|Queue)\.(?:Address|Type|ARN|OutboundCallerId\.Address)$/;

/** SSML that Amazon Polly would refuse, so that callers hear nothing, and texts with tags in them. */
export function ssmlFindings({ flow, graph }: Subject): readonly Finding[] {
  const enginesAt = enginesBefore(graph);
  return flow.Actions.flatMap((action) =>
    textsIn(action.Parameters).flatMap((inside) => {
      if (isSsml(inside)) {
        return [...staticFindings(inside, action, [...enginesAt(action)]), ...pathFindings(inside, action)];
      }
      return isSpokenText(inside, action) ? markupFindings(inside, action) : [];
    }),
  );
}

/** A prompt, or a text that is kept for one: an attribute with SSML in it. */
function isSsml({ text, path }: TextInside): boolean {
  return path.at(-1) === 'SSML' || /^\s*<speak\b/i.test(path.at(-1) === 'Text' ? '' : text);
}

function isSpokenText({ path }: TextInside, { Type: type }: FlowAction): boolean {
  return path.at(-1) === 'Text' && SPEAKS.has(type);
}

function staticFindings(
  { text, path }: TextInside,
  { Identifier: action }: FlowAction,
  engines: readonly (PollyEngine | undefined)[],
): readonly Finding[] {
  if (classOf(text) === 'single') return [];
  const checked = withUnknown(text, jsonPathsIn(text));
  const problems = [undefined, ...engines].flatMap((engine) => ssmlProblems(checked, { engine }));
  const messages = new Map(problems.map((problem) => [`${placeOf(problem)}: ${problem.message}`, problem]));
  return [...messages].map(([message, { outcome }]) => ({
    ...kindOf(outcome),
    action,
    message: `${placeIn(path)}, ${message}${outcome === 'refused' ? REFUSED : ''}`,
  }));
}

const REFUSED = ' Until then, callers hear nothing of this prompt, and the flow takes its error branch.';

function kindOf(outcome: SsmlProblem['outcome']): Pick<Finding, 'severity' | 'rule'> {
  return outcome === 'refused'
    ? { severity: 'error', rule: 'broken-ssml' }
    : { severity: 'warning', rule: 'ignored-ssml' };
}

/** Each path as long as it is written, so that lines and columns stay. */
function withUnknown(text: string, paths: readonly JsonPath[]): string {
  return paths.reduce(
    (rest, path) => rest.replace(path.text, UNKNOWN_CHARACTER.repeat(path.text.length)),
    text,
  );
}

function pathFindings({ text, path }: TextInside, { Identifier: action }: FlowAction): readonly Finding[] {
  const paths = [
    ...new Set(
      jsonPathsIn(text)
        .filter((one) => !isHarmless(one))
        .map((one) => one.text),
    ),
  ];
  if (paths.length === 0) return [];
  const message =
    classOf(text) === 'single'
      ? `${placeIn(path)} is whatever ${text} holds. If that is no well-formed SSML, callers hear nothing, and the ` +
        'flow takes its error branch. Check the text where it is set.'
      : `${placeIn(path)} has ${paths.join(', ')} in it. With "&" or "<" in the value, callers hear nothing of this ` +
        'prompt, and the flow takes its error branch. Say the value in a prompt of its own with Text, or have a ' +
        'Lambda function write &amp; for & and &lt; for < in it.';
  return [{ severity: 'warning', action, rule: 'attribute-in-ssml', message }];
}

function isHarmless({ keys }: JsonPath): boolean {
  return HARMLESS_ROOTS.has(keys[0] ?? '') || HARMLESS.test(keys.join('.'));
}

function markupFindings({ text, path }: TextInside, { Identifier: action }: FlowAction): readonly Finding[] {
  const markup = ssmlMarkupIn(text);
  if (markup === undefined) return [];
  const message = `${placeIn(path)} ${WHOLE_SSML.test(text) ? SSML_AS_TEXT : markupInWords(markup)}`;
  return [{ severity: 'warning', action, rule: 'ssml-in-text', message }];
}

const WHOLE_SSML = /^\s*<speak[\s>][^]*<\/speak>\s*$/;

/** Flows in use have it so, and no page of AWS says how it is spoken. */
const SSML_AS_TEXT =
  'is SSML from its beginning to its end. Amazon Connect has a parameter of its own for that, and does not say ' +
  'whether it takes this for SSML too, or has the signs read out to callers. Make the prompt SSML ("Interpret as" in ' +
  'the block).';

function markupInWords(markup: string): string {
  return (
    `has ${markup} in it, and is spoken as it is written: callers hear the signs read out. ` +
    (markup.startsWith('&')
      ? 'Write the character itself, or make the prompt SSML.'
      : 'Remove it, or make the prompt SSML ("Interpret as" in the block).')
  );
}

/** `Messages[1].SSML` */
function placeIn(path: readonly PropertyKey[]): string {
  return path.reduce<string>((above, key) => {
    if (typeof key === 'number') return `${above}[${key}]`;
    return above === '' ? String(key) : `${above}.${String(key)}`;
  }, '');
}
