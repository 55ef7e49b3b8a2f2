import { randomInt } from 'node:crypto';

/** The rules for a generated secret, as in `GenerateSecretString` of AWS::SecretsManager::Secret. */
export interface PasswordRules {
  /** Absent: 32. */
  readonly passwordLength?: number;
  readonly excludeCharacters?: string;
  readonly excludeLowercase?: boolean;
  readonly excludeUppercase?: boolean;
  readonly excludeNumbers?: boolean;
  readonly excludePunctuation?: boolean;
  readonly includeSpace?: boolean;
  /** Absent: true. */
  readonly requireEachIncludedType?: boolean;
}

const DEFAULT_LENGTH = 32;
const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz';
const NUMBERS = '0123456789';
/** Source: AWS Secrets Manager API Reference, GetRandomPassword, "ExcludePunctuation". */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** Throws an Error if the rules leave no characters to choose from. */
export function randomPassword(rules: PasswordRules): string {
  const { passwordLength = DEFAULT_LENGTH, excludeCharacters = '', requireEachIncludedType = true } = rules;
  const types = [
    rules.excludeLowercase ? '' : LOWERCASE,
    rules.excludeUppercase ? '' : LOWERCASE.toUpperCase(),
    rules.excludeNumbers ? '' : NUMBERS,
    rules.excludePunctuation ? '' : PUNCTUATION,
    rules.includeSpace ? ' ' : '',
  ]
    .map((type) => type.split('').filter((character) => !excludeCharacters.includes(character)))
    .filter((type) => type.length > 0);
  if (types.length === 0) throw new Error('the rules for the secret leave no character to use');

  const required = requireEachIncludedType ? types.slice(0, passwordLength).map(oneOf) : [];
  const free = Array.from({ length: passwordLength - required.length }, () => oneOf(types.flat()));
  return shuffled([...required, ...free]).join('');
}

function oneOf(characters: readonly string[]): string {
  return characters[randomInt(characters.length)] ?? '';
}

function shuffled(characters: readonly string[]): string[] {
  const rest = [...characters];
  return characters.flatMap(() => rest.splice(randomInt(rest.length), 1));
}
