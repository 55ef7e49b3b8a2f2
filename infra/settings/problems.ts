import type { z } from 'zod';
import { nearestOf } from '../../flows/lint/edit-distance.ts';
import { TEXT_NAMES } from '../../flows/texts.ts';
import { ALLOWED, settingAt, type SettingName } from './allowed.ts';
import { hintOn } from './hints.ts';
import { textsWithin } from './texts-within.ts';

/** One wrong setting in a line: its name, what came, what is allowed, and more if more is known. */
export function problem(setting: SettingName | undefined, came: unknown, hint = ''): string {
  const got = `got ${inWords(came)}; allowed`;
  if (setting === undefined) return `${got}: an object of settings`;
  return `${setting}: ${got}: ${ALLOWED[setting]}${hint === '' ? '' : `.${hint}`}`;
}

/** What one of zod's issues is about. */
export function problemsIn(issue: z.core.$ZodIssue, input: unknown): string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => noSetting(issue.path, name));
  const setting = settingAt(issue.path);
  const last = issue.path.at(-1);
  // A wrong key of `flows.texts` or `flows.voices`, which are by language.
  const came = issue.code === 'invalid_key' ? last : valueAt(input, issue.path);
  if (setting === undefined) return [problem(setting, came)];
  return [problem(setting, came, hintOn(setting, came, setting === issue.path.join('.')))];
}

/** Blanks at the ends of texts, and signs that nobody sees, which come with what is copied from a web page. */
export function strayCharacters(input: unknown): readonly { setting: string; line: string }[] {
  return textsWithin(input).flatMap(({ path, text }) => {
    const [first, second] = path;
    // Spoken texts are trimmed, and may need such signs.
    if (first === 'flows' && second === 'texts') return [];
    const clean = text.replaceAll(/\p{Cf}/gu, '').trim();
    if (clean === text || clean === '') return [];
    const what = /\p{Cf}/u.test(text) ? 'a character that cannot be seen' : 'a blank at its end or beginning';
    const setting = path.join('.');
    return [{ setting, line: `${setting}: got ${inWords(text)} with ${what}; write ${inWords(clean)}` }];
  });
}

/** Says which name is not a setting, with the one that was perhaps meant. */
function noSetting(path: readonly PropertyKey[], name: string): string {
  const section = path.join('.');
  const unknown = [...path, name].join('.');
  const known = TAKEN_FROM_INSTANCE.includes(name.toLowerCase())
    ? 'account, Region and partition are taken from instanceArn'
    : meantSetting(section, name);
  return `${unknown} is no setting${known === undefined ? '; docs/settings.md has them all' : `; ${known}`}`;
}

/** What others ask for, and we know already. */
const TAKEN_FROM_INSTANCE: readonly string[] = [
  'region',
  'account',
  'accountid',
  'partition',
  'env',
  'instanceid',
];
/** Longer lists of settings say nothing. */
const MOST_MEANT = 3;
const NAMES = Object.keys(ALLOWED);

function meantSetting(section: string, name: string): string | undefined {
  const own = namesIn(section);
  const inSection = (known: string) => [section, known].filter(Boolean).join('.');
  const near = nearestOf(name, own);
  const candidates = [
    near === undefined ? [] : [inSection(near)],
    section === '' ? [] : own.filter((known) => isPartOf(name, known)).map(inSection),
    NAMES.filter((known) => nearestOf(name, [lastOf(known)]) !== undefined),
    own.filter((known) => isPartOf(name, known)).map(inSection),
  ];
  const meant = candidates.find(({ length }) => length > 0 && length <= MOST_MEANT);
  if (meant) return `did you mean ${meant.join(' or ')}?`;
  return section === '' || own.length === 0 ? undefined : `${section} has ${own.join(', ')}`;
}

function namesIn(section: string): readonly string[] {
  if (section.startsWith('flows.texts.')) return TEXT_NAMES;
  if (section.startsWith('flows.voices.')) return ['name', 'engine'];
  const within = section === '' ? '' : `${section}.`;
  return NAMES.filter((known) => known.startsWith(within))
    .map((known) => known.slice(within.length))
    .filter((known) => !known.includes('.'));
}

/** `fallbackQueue` and `alias` are parts of `fallbackQueueArn` and `instanceAlias`. */
function isPartOf(name: string, known: string): boolean {
  return name.length >= 5 && known.toLowerCase().includes(name.toLowerCase());
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function inWords(came: unknown): string {
  if (came === undefined) return 'nothing';
  if (typeof came === 'number' || typeof came === 'bigint') return String(came);
  return typeof came === 'function' ? 'a function' : JSON.stringify(came);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}
