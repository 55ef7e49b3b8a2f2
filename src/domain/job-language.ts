import { isAuto } from './auto-language.ts';
import { baseLanguage, NEVER_IDENTIFIED, transcribeCodeOf, untestedCode } from './languages.ts';

/** What a transcription job is told about the language. */
export type JobLanguage =
  | { readonly kind: 'given'; readonly code: string }
  /** `among` is empty for any language there is; else it has two or more, of each language one dialect. */
  | { readonly kind: 'identify'; readonly among: readonly string[] };

export interface ConfiguredLanguages {
  /** Those that callers are spoken to in, as the settings have them; empty if they do not say. */
  readonly spoken: readonly string[];
  /** The one to take when a language cannot be identified. */
  readonly first: string;
}

/**
 * The language to transcribe a voicemail in, from what its flow says.
 *
 * One that Transcribe is not known to have is asked for all the same, as AWS adds languages.
 * `auto` is identified among the configured languages; where fewer than two of them can be
 * told apart there is nothing to identify, and the first is taken.
 *
 * Source: Amazon Transcribe API reference, StartTranscriptionJob, `LanguageOptions`.
 */
export function jobLanguage(asked: string, configured: ConfiguredLanguages): JobLanguage {
  if (!isAuto(asked)) return given(asked, configured);
  if (configured.spoken.length === 0) return { kind: 'identify', among: [] };
  const among = identifiable(configured.spoken);
  return among.length > 1 ? { kind: 'identify', among } : firstLanguage(configured);
}

/** The language of one more try, when the spoken one could not be identified. */
export function firstLanguage(configured: ConfiguredLanguages): JobLanguage {
  return given(configured.first, configured);
}

/** Transcribe's codes of the languages that can be told apart: of each language the first dialect. */
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
