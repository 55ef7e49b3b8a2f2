import { ssmlMarkupIn } from './language/ssml/plain-text.ts';
import { placeOf, ssmlProblems } from './language/ssml/ssml-problems.ts';
import type { FlowSettings } from './settings.ts';
import { DEFAULT_LANGUAGES } from './texts.ts';

/**
 * What is wrong with SSML in the texts, and with texts that are not SSML and look like it, in
 * words: `en-US greeting.ssml, line 1, column 14: "&" begins an entity in SSML. …`
 */
export function textProblems({ texts = {}, voices = {} }: FlowSettings): readonly string[] {
  return Object.entries(texts).flatMap(([code, written]) => {
    const defaults = Object.hasOwn(DEFAULT_LANGUAGES, code) ? DEFAULT_LANGUAGES[code] : undefined;
    const { engine } = voices[code] ?? defaults?.voice ?? {};
    return Object.entries(written).flatMap(([name, text]) => {
      if (typeof text === 'string') return markupProblems(`${code} ${name}`, text);
      if (!('ssml' in text)) return [];
      return ssmlProblems(text.ssml, { engine }).map(
        (problem) => `${code} ${name}.ssml, ${placeOf(problem)}: ${problem.message}`,
      );
    });
  });
}

function markupProblems(where: string, text: string): readonly string[] {
  const markup = ssmlMarkupIn(text);
  if (markup === undefined) return [];
  const instead = markup.startsWith('&')
    ? 'Write the character itself.'
    : `Remove it${where.endsWith(' greeting') ? `, or write { ssml: '<speak>…</speak>' }` : '; only the greeting may be SSML'}.`;
  return [`${where} has ${markup} in it, which callers would hear read out. ${instead}`];
}
