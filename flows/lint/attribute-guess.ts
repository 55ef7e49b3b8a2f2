import { contactAttributes } from '../../src/domain/contact-attributes.ts';
import { editDistance } from './edit-distance.ts';

/** The name that was probably meant. */
interface Guess {
  readonly meant: string;
  /**
   * How many letters are wrong. 0: only upper and lower case, or what stands between the words.
   */
  readonly distance: number;
  /**
   * `sure`: only our names look like it. `likely`: a flow for voicemails will mean ours, and another flow
   * may have its own. `possible`: common words are as near to ours, such as `email_form` to `email_from`.
   */
  readonly trust: 'sure' | 'likely' | 'possible';
}

const PREFIX = 'vmx3';
/** Names of ours without the prefix that are long enough not to be met by accident. */
const LONG_CHARS = 12;
const NAMES = contactAttributes().map(([name]) => name);

/** Whether a name begins with `vmx3`, or with that mistyped by one letter: `vmx_`, `VMX2-`, `vm3`. */
export function isLikeOurs(name: string): boolean {
  const start = name.trim().toLowerCase();
  return [3, 4, 5].some((length) => editDistance(start.slice(0, length), PREFIX) <= 1);
}

/** The attribute of voicemail that a name was meant to be. Undefined for one of ours, or one that is not near. */
export function guessAttribute(name: string): Guess | undefined {
  if (NAMES.includes(name)) return undefined;
  const isPrefixed = isLikeOurs(name);
  const [nearest] = NAMES.filter((known) => known.startsWith(PREFIX) === isPrefixed)
    .map((meant) => ({ meant, distance: distanceOf(name, meant) }))
    .toSorted((a, b) => a.distance - b.distance);
  if (!nearest || nearest.distance > (isPrefixed ? 2 : 1)) return undefined;
  if (isPrefixed) return { ...nearest, trust: 'sure' };
  return { ...nearest, trust: nearest.meant.length >= LONG_CHARS ? 'likely' : 'possible' };
}

/** Attributes of voicemail that a name with our prefix is the beginning of, or goes on from: `vmx3_language` goes on from `vmx3_lang`. */
export function relatedAttributes(name: string): readonly string[] {
  return NAMES.filter((known) => name.startsWith(known) || known.startsWith(`${name}_`));
}

function distanceOf(name: string, known: string): number {
  return lettersOf(name) === lettersOf(known) ? 0 : editDistance(name.toLowerCase(), known);
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
