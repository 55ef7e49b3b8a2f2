import type { SsmlElement, SsmlFault } from './ssml-element.ts';
import { readSsml, wordsIn } from './read-ssml.ts';
import { type PollyEngine, SSML_TAGS, type TagRule, OTHER_SSML_ATTRIBUTES } from './ssml-tags.ts';

/** A problem in an SSML text: callers would hear it, or hear nothing. */
export interface SsmlProblem {
  /**
   * `refused`: Amazon Polly refuses the text, and the flow takes its error branch.
   * `ignored`: Amazon Connect leaves the tag or attribute out and says the rest.
   */
  readonly outcome: 'refused' | 'ignored';
  /** Both from 1; columns in UTF-16 units, as editors count. */
  readonly line: number;
  readonly column: number;
  /** What is wrong there, and what to write instead. */
  readonly message: string;
}

/** Source: Amazon Polly Developer Guide, "Quotas": tags count for the first, not for the second. */
const LONGEST_TEXT = 6000;
const LONGEST_SPOKEN = 3000;

/**
 * Stands for a character that is not known before the flow runs: SSML with paths in it can be
 * checked when each is replaced by as many of these. A private-use character, which XML allows.
 */
export const UNKNOWN_CHARACTER = '\uE000';

type Problem = Omit<SsmlProblem, 'line' | 'column'> & SsmlFault;

/**
 * The problems of an SSML text in Amazon Connect and Amazon Polly; none: it is said as written. Without an
 * engine, what one of them has is accepted.
 *
 * Source: see `SSML_TAGS`. That Polly refuses wrong tags and values is its API reference's
 * InvalidSsmlException: "Verify the SSML syntax, spelling of tags and values".
 */
export function ssmlProblems(
  text: string,
  { engine }: { readonly engine?: PollyEngine | undefined } = {},
): readonly SsmlProblem[] {
  return problemsIn(text, engine)
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ outcome, offset, message }) => ({ outcome, ...placeIn(text, offset), message }));
}

/** `line 1, column 14` */
export function placeOf({ line, column }: SsmlProblem): string {
  return `line ${line}, column ${column}`;
}

function problemsIn(text: string, engine: PollyEngine | undefined): readonly Problem[] {
  const known = text.replaceAll(UNKNOWN_CHARACTER, '').length;
  // The check is recursive, so the number of nested tags must be limited.
  if (known > LONGEST_TEXT) return [refused(0, tooMany(known, LONGEST_TEXT, ''))];
  const read = readSsml(text);
  if (read.kind === 'broken') {
    const { offset, message } = read;
    const isPathForTag = /^<\/?$/.test(text.slice(offset).split(UNKNOWN_CHARACTER, 1)[0] ?? '');
    return isPathForTag && text.includes(UNKNOWN_CHARACTER) ? [] : [refused(offset, message)];
  }
  const { root, faults } = read;
  const tags = elementProblems(root, engine, { isRoot: true });
  const spoken = wordsIn(root).replaceAll(UNKNOWN_CHARACTER, '').length;
  return [
    ...(spoken > LONGEST_SPOKEN ? [refused(0, tooMany(spoken, LONGEST_SPOKEN, ' that are spoken'))] : []),
    ...faults.map(({ offset, message }) => refused(offset, message)),
    ...(root.name === 'speak'
      ? []
      : [refused(root.offset, `<${root.name}> stands where <speak> must. ${WRAP}`)]),
    ...(tags.length > 0 || isHeard(root) ? tags : [ignored(root.offset, SILENT)]),
  ];
}

const SILENT = 'There are no words and no pause between <speak> and </speak>: callers hear nothing.';

function isHeard({ name, children }: SsmlElement): boolean {
  return (
    name === 'break' ||
    children.some((child) => (typeof child === 'string' ? child.trim() !== '' : isHeard(child)))
  );
}

const WRAP = 'Begin with <speak> and end with </speak>, in lower case.';

function elementProblems(
  element: SsmlElement,
  engine: PollyEngine | undefined,
  { isRoot }: { readonly isRoot: boolean },
): readonly Problem[] {
  const within = element.children.flatMap((child) =>
    typeof child === 'string' ? [] : elementProblems(child, engine, { isRoot: false }),
  );
  if (isRoot && element.name !== 'speak') return within;
  if (!isRoot && element.name === 'speak') {
    return [refused(element.offset, '<speak> stands in another <speak>. Remove it.'), ...within];
  }
  return [...tagProblems(element, engine), ...within];
}

function tagProblems(element: SsmlElement, engine: PollyEngine | undefined): readonly Problem[] {
  const { name, offset, attributes } = element;
  const rule = SSML_TAGS.get(name);
  if (!rule || rule.isPassedOn?.(attributes) === false) return [ignored(offset, ignoredTag(element))];
  if (engine && rule.engines?.includes(engine) === false) {
    return [refused(offset, `${lacks(engine, written(element))} ${instead(rule.engines)}`)];
  }
  return [...contentProblems(element, rule), ...attributeProblems(element, rule, engine)];
}

function contentProblems(element: SsmlElement, { isEmpty }: TagRule): readonly Problem[] {
  if (!isEmpty || element.children.every((child) => typeof child === 'string' && child.trim() === ''))
    return [];
  const { name, offset } = element;
  return [refused(offset, `<${name}> holds no words. Close it at once, <${name}/>, and put them after it.`)];
}

function attributeProblems(
  { name, offset, attributes }: SsmlElement,
  { attributes: rules = {}, required = [], atLeastOneOf }: TagRule,
  engine: PollyEngine | undefined,
): readonly Problem[] {
  const missing = required.filter((one) => !attributes.has(one));
  const lacksAll = atLeastOneOf?.some((one) => attributes.has(one)) === false;
  return [
    ...missing.map((one) =>
      refused(offset, `<${name}> has no ${one}. Write ${one}, ${rules[one]?.allowed}.`),
    ),
    ...(lacksAll ? [refused(offset, `<${name}> needs one of ${atLeastOneOf?.join(', ')}.`)] : []),
    ...[...attributes].flatMap(([attribute, value]): readonly Problem[] => {
      const rule = Object.hasOwn(rules, attribute) ? rules[attribute] : undefined;
      if (!rule) return unknownAttribute(name, attribute, offset);
      if (engine && rule.engines?.includes(engine) === false) {
        return [refused(offset, `${lacks(engine, `${attribute} of <${name}>`)} ${instead(rule.engines)}`)];
      }
      if (value.includes(UNKNOWN_CHARACTER) || rule.isRead?.(attributes) === false || rule.accepts(value))
        return [];
      return [refused(offset, `${attribute} of <${name}> is "${value}"; allowed: ${rule.allowed}.`)];
    }),
  ];
}

function unknownAttribute(name: string, attribute: string, offset: number): readonly Problem[] {
  if (OTHER_SSML_ATTRIBUTES.test(attribute)) return [];
  const { attributes = {} } = SSML_TAGS.get(name) ?? {};
  const known = Object.keys(attributes);
  const allowed = known.length === 0 ? 'it takes none' : `allowed: ${known.join(', ')}`;
  return [refused(offset, `<${name}> has no attribute ${attribute}; ${allowed}.`)];
}

function ignoredTag({ name }: SsmlElement): string {
  const lower = name.toLowerCase();
  if (SSML_TAGS.has(lower) && lower !== name)
    return `Write tags in lower case: <${lower}> instead of <${name}>.`;
  return (
    `<${name}> is not one of the tags that Amazon Connect supports. It is ignored, and what stands in it is said ` +
    `without it. Remove it; allowed: ${[...SSML_TAGS.keys()].join(', ')}.`
  );
}

function lacks(engine: PollyEngine, what: string): string {
  return `${engine} voices do not support ${what}, and Amazon Polly refuses the text.`;
}

function instead(engines: readonly PollyEngine[] = []): string {
  return `Remove it, or choose a ${engines.join(' or ')} voice.`;
}

/** `<amazon:effect name="whispered">` */
function written({ name, attributes }: SsmlElement): string {
  return `<${[name, ...[...attributes].map(([attribute, value]) => `${attribute}="${value}"`)].join(' ')}>`;
}

function tooMany(characters: number, most: number, which: string): string {
  return `The text has ${characters} characters${which}; Amazon Polly takes ${most} at most. Shorten it.`;
}

function refused(offset: number, message: string): Problem {
  return { outcome: 'refused', offset, message };
}

function ignored(offset: number, message: string): Problem {
  return { outcome: 'ignored', offset, message };
}

function placeIn(text: string, offset: number): Pick<SsmlProblem, 'line' | 'column'> {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
