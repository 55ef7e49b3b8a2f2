import { isAuto } from './auto-language.ts';
import { baseLanguage, NEVER_IDENTIFIED, transcribeCodeOf, untestedCode } from './languages.ts';

/** The language parameters of a transcription job. */
export type JobLanguage =
  | { readonly kind: 'given'; readonly code: string }
  /** `among` is empty for any language; otherwise it has two or more, with one dialect of each language. */
  | { readonly kind: 'identify'; readonly among: readonly string[] };

export interface ConfiguredLanguages {
  /** The languages in which callers are addressed, from the settings; empty if they name none. */
  readonly spoken: readonly string[];
  /** The language to use if a language cannot be identified. */
  readonly first: string;
}

/**
 * The language to transcribe a voicemail in, from what its flow says.
 *
 * A language that is not in our list is requested too, because AWS adds languages. `auto` is identified
 * among the configured languages; if fewer than two of them can be distinguished, there is nothing to
 * identify, and the first is used.
 *
 * Source: Amazon Transcribe API reference, StartTranscriptionJob, `LanguageOptions`.
 */
export function jobLanguage(asked: string, configured: ConfiguredLanguages): JobLanguage {
  if (!isAuto(asked)) return given(asked, configured);
  if (configured.spoken.length === 0) return { kind: 'identify', among: [] };
  const among = identifiable(configured.spoken);
  return among.length > 1 ? { kind: 'identify', among } : firstLanguage(configured);
}

/** The language of one more try, if the spoken one could not be identified. */
export function firstLanguage(configured: ConfiguredLanguages): JobLanguage {
  return given(configured.first, configured);
}

/** Transcribe's codes of the languages that can be distinguished: the first dialect of each language. */
export function identifiable(spoken: readonly string[]): readonly string[] {
  const codes = spoken
    .flatMap((code) => transcribeCodeOf(code) ?? [])
    .filter((code) => !NEVER_IDENTIFIED.includes(code));
  return codes.filter(
    (code, index) => codes.findIndex((other) => baseLanguage(other) === baseLanguage(code)) === index,
  );
}

function given(asked: string, { spoken, first }: ConfiguredLanguages): JobLanguage {
  return { kind: 'given', code: transcribeCodeOf(asked, [...spoken, first]) ?? untestedCode(asked) };
}
