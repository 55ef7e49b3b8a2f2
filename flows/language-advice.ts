import { AUTO } from '../src/domain/auto-language.ts';
import { nearestCode, TRANSCRIBE_LANGUAGES, transcribeCodeOf } from '../src/domain/languages.ts';

/**
 * Advice for an administrator about a language for transcription; undefined for `auto` and for Transcribe's
 * own codes. It is not an error: another name of the same language is understood, and Transcribe may know a
 * new language by now.
 */
export function adviceOnLanguage(written: string): string | undefined {
  if (written === AUTO || TRANSCRIBE_LANGUAGES.includes(written)) return undefined;
  const said = `"${written}" is not a language code of Amazon Transcribe`;
  const meant = transcribeCodeOf(written);
  if (meant !== undefined) {
    const hasDialects = TRANSCRIBE_LANGUAGES.some(
      (code) => code !== meant && transcribeCodeOf(written, [code]) === code,
    );
    const unless = hasDialects ? ', unless flows.languages or defaultLanguage has another dialect of it' : '';
    return `${said}, which writes "${meant}"; messages are transcribed as "${meant}"${unless}`;
  }
  const nearest = nearestCode(written);
  const instead =
    nearest === undefined
      ? 'docs/languages.md has the codes'
      : `the nearest that it is known to have is "${nearest}"`;
  return `${said}: it is tried, and if Transcribe does not know it, voicemails have no transcript; ${instead}`;
}
