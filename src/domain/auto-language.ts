/* Apart from `languages.ts`, whose lists not every function needs. */

/** In place of a language code: find out which language is spoken. */
export const AUTO = 'auto';

export function isAuto(asked: string): boolean {
  return asked.trim().toLowerCase() === AUTO;
}
