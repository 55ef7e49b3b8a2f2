import { isAuto } from '../../src/domain/auto-language.ts';
import { adviceOnLanguage } from '../language-advice.ts';
import type { FlowAction } from '../language/document.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';
import { attributesSetBy } from './voicemail-actions.ts';

/** Languages, written into the flow, that voicemails cannot be transcribed in as they are written. */
export function languageFindings({ flow }: Subject): readonly Finding[] {
  return flow.Actions.flatMap((action) => findingsAt(action));
}

function findingsAt(action: FlowAction): readonly Finding[] {
  const { vmx3_lang: written = '' } = attributesSetBy(action);
  // Empty is the default; what is computed is not known before the call.
  if (written.trim() === '' || written.includes('$') || isAuto(written)) return [];
  const advice = adviceOnLanguage(written);
  if (advice === undefined) return [];
  return [
    {
      severity: 'warning',
      action: action.Identifier,
      rule: 'unknown-language',
      message: `vmx3_lang: ${advice}.`,
    },
  ];
}
