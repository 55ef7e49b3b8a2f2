import { reasonInWords } from '../../../voicemails/reasons.ts';
import type { Check, Finding } from '../../check.ts';
import { counted } from '../../counted.ts';
import { parkedVoicemails, type ParkedVoicemails } from '../../facts/parked-voicemails.ts';

const DAYS = 7;
const DAY_MS = 86_400_000;

export const voicemailsParked: Check = {
  id: 'voicemails-parked',
  lane: 'alarms',
  title: 'whether voicemails were given up',
  async run(look) {
    const parked = await parkedVoicemails(look.now() - DAYS * DAY_MS, look);
    if (parked === undefined) return [];
    if (parked.byReason.size > 0) return [given(parked)];
    return parked.isWhole ? [] : [partly(parked)];
  },
};

function given(parked: ParkedVoicemails): Finding {
  const reasons = [...parked.byReason];
  const sum = (member: 'count' | 'told') => reasons.reduce((all, [, one]) => all + one[member], 0);
  const told = sum('told');
  return {
    severity: 'warning',
    certainty: 'certain',
    what: `${counted(sum('count'), 'voicemail')} of the last ${DAYS} days ${sum('count') === 1 ? 'was' : 'were'} given up${parked.isWhole ? '' : ', among those that were looked at'}.`,
    suffers: `Callers: nobody hears what they said. ${told} of these came to somebody without a recording.`,
    evidence: [
      ...reasons.map(([code, { count }]) => ({
        api: 'dynamodb:Scan',
        saw: `${code}: ${count}, ${reasonInWords(code)}`,
      })),
      { api: 'dynamodb:Scan', saw: lookedAt(parked) },
    ],
    remedy:
      'Run "npx vmx list --state parked", correct the cause, and run "npx vmx redrive --parked". docs/operations.md says more under "voicemails were given up".',
  };
}

function partly(parked: ParkedVoicemails): Finding {
  return {
    severity: 'note',
    certainty: 'certain',
    what: 'Not all of the ledger was looked at for voicemails that were given up: it is large.',
    suffers: 'Nobody.',
    evidence: [{ api: 'dynamodb:Scan', saw: lookedAt(parked) }],
    remedy: 'Run "npx vmx list --state parked", which reads all of it.',
  };
}

function lookedAt({ lookedAt: count, isWhole }: ParkedVoicemails): string {
  return `${isWhole ? 'all' : 'the first'} ${counted(count, 'entry', 'entries')} of the ledger`;
}
