import { callerNumber, numberToDial } from '../../src/domain/phone-number.ts';

/**
 * `+15555550142 ext. 123`; for a withheld number also the text that came instead, because it is shown
 * nowhere else.
 */
export function callerInWords(from: string | undefined): string {
  const cameAs = from?.trim() ? ` (it came as ${JSON.stringify(from)})` : '';
  return numberToDial(callerNumber(from)) ?? `withheld${cameAs}`;
}

/** For machines: what to dial, and what to dial once somebody answers. Without `from` if it was withheld. */
export function callerForMachines(given: string | undefined): {
  from: string | undefined;
  extension?: string;
} {
  const number = callerNumber(given);
  if (number.kind !== 'number') return { from: number.kind === 'other' ? number.readable : undefined };
  const { e164: from, extension } = number;
  return { from, ...(extension !== '' && { extension }) };
}

/** What the recipient of a call without recording gets. */
export function withoutRecording({ from }: { readonly from?: string | undefined }) {
  return callerNumber(from).kind === 'withheld'
    ? ({
        does: 'reports a call from a withheld number',
        was: 'a report of a call from a withheld number',
      } as const)
    : ({ does: 'asks to call back', was: 'a request to call back' } as const);
}
