import { languageWarnings } from '../../../../infra/config-warnings.ts';
import type { Check } from '../../check.ts';

export const languageNotTranscribed: Check = {
  id: 'language-not-transcribed',
  lane: 'agents and routing',
  title: 'whether Amazon Transcribe has the languages of the settings here',
  // No API lists the languages of Amazon Transcribe in a Region, so the product has a table.
  run: (look) =>
    Promise.resolve(
      languageWarnings(look.config).map((warning) => ({
        severity: 'warning' as const,
        certainty: 'likely' as const,
        what: sentenceOf(warning),
        suffers: 'Agents: voicemails in that language come without a transcript, or with a wrong one.',
        evidence: [],
        remedy: 'Correct the setting as docs/languages.md says, and deploy.',
      })),
    ),
};

function sentenceOf(warning: string): string {
  return warning.endsWith('.') ? warning : `${warning}.`;
}
