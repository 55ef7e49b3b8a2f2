/** Why a voicemail was given up or could only be delivered in part, by the ledger's `failureCode`. */
const REASONS: ReadonlyMap<string, string> = new Map([
  [
    'NO_AUDIO',
    'no audio of the caller is available: nothing was recorded, or the video stream no longer holds it',
  ],
  ['MALFORMED_EVENT', 'its ledger entry cannot be read'],
  ['MALFORMED_MEDIA', 'the recording could not be read'],
  ['OVERDUE_RECEIVED', 'the message could not be recorded for nearly a day: see the log of save-recording'],
  [
    'OVERDUE_RECORDED',
    'no transcription could be started for nearly a day: see the log of start-transcription',
  ],
  ['OVERDUE_TRANSCRIBING', 'it could not be delivered for nearly a day: see the log of deliver-voicemail'],
  ['OVERDUE_DELIVERING', 'it could not be delivered for nearly a day: see the log of deliver-voicemail'],
]);

/** In words; a code that has none stands for itself. */
export function reasonInWords(failureCode: string): string {
  return REASONS.get(failureCode) ?? failureCode;
}
