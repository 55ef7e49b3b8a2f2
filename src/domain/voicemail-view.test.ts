import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordingOf, voicemailOf } from '../../test/voicemails.ts';
import { type ShownVoicemail, type VoicemailView, viewOf } from './voicemail-view.ts';

const URL = `https://recordings.s3.amazonaws.com/a.wav?X-Amz-Signature=1&X-Amz-Security-Token=${'t'.repeat(1500)}`;
const HOSTILE = `</audio><script>alert("1")</script>'{}\`$.Attributes.x\\`;
const SHOWN: ShownVoicemail = {
  voicemail: voicemailOf(),
  recipientName: 'Billing',
  notes: [],
  playback: { url: URL },
  recording: recordingOf({ durationMs: 65_300 }),
  transcript: { kind: 'text', text: 'Please call me back.' },
  timeZone: 'America/New_York',
};

test('an agent hears and reads who called, for whom, when, for how long, and what was said', () => {
  const { player, ...view } = viewOf(SHOWN, 0);

  assert.deepEqual(view, {
    heading: 'Voicemail from +1 555 555 0142',
    caller: '+1 555 555 0142',
    recipient: 'Billing',
    received: 'Mar 4, 2026, 9:00 AM EST, UTC−5',
    duration: '1 min 5 s',
    transcript: 'Please call me back.',
    summary: '',
    note: '',
  });
  assert.equal(
    player,
    `<audio controls controlsList='nodownload' preload='metadata' src='${URL.replace('&', '&#38;')}'></audio>`,
  );
});

test('problems with the delivery or the recording are a note', () => {
  const notes = ['This message was left for an agent that no longer exists.'];

  const { note } = viewOf({ ...SHOWN, notes, recording: recordingOf({ isComplete: false }) }, 0);

  assert.equal(
    note,
    'This message was left for an agent that no longer exists. Parts of the recording are missing.',
  );
});

test('no text of a caller or an attribute becomes markup, in any member', () => {
  const view = viewOf(
    {
      ...SHOWN,
      voicemail: voicemailOf({ from: HOSTILE }),
      recipientName: HOSTILE,
      notes: [HOSTILE],
      playback: { url: `https://s3.example.com/?'><script>${HOSTILE}` },
      transcript: { kind: 'gap', gap: 'FAILED', detail: HOSTILE },
    },
    0,
  );

  const { player, ...others } = view;
  for (const html of Object.values(others)) assert.doesNotMatch(html, /[<>"'`{}$\\]/);
  assert.match(player, /^<audio [^<>"`{}$\\]* src='[^<>"'`{}$\\]*'><\/audio>$/);
});

test('a long transcript is cut, with a note that the recording has all of it', () => {
  for (const text of [
    'word '.repeat(20_000),
    '<'.repeat(100_000),
    '👩‍👩‍👧'.repeat(6000),
    'שלום עולם '.repeat(6000),
  ]) {
    const view = viewOf({ ...SHOWN, transcript: { kind: 'text', text } }, 0);

    assert.ok(bytesOf(view) <= 12_000, String(bytesOf(view)));
    assert.ok(bytesOf(view) > 11_000, String(bytesOf(view)));
    assert.match(
      view.transcript,
      /… \(The transcript is too long to be shown whole\. The recording has all of it\.\)$/,
    );
    assert.ok(view.transcript.isWellFormed());
  }
});

test('every member fits into the view, however long an attribute is', () => {
  const long = '$'.repeat(32_000);
  const voicemail = voicemailOf({ from: long });
  const transcript = { kind: 'text', text: long } as const;

  const view = viewOf({ ...SHOWN, voicemail, recipientName: long, notes: [long], transcript }, 0);

  assert.ok(bytesOf(view) <= 12_000);
  assert.match(view.caller, /…$/);
});

test('the contact’s attributes reduce the room for the transcript', () => {
  const transcript = { kind: 'text', text: 'word '.repeat(20_000) } as const;
  const bytesBeside = (attributeBytes: number) => bytesOf(viewOf({ ...SHOWN, transcript }, attributeBytes));

  assert.ok(bytesBeside(5000) <= 10_000);
  assert.ok(bytesBeside(32_000) <= 6000);
});

test('a sentence replaces a recording that cannot be played, and the transcript is shown', () => {
  const gone = viewOf({ ...SHOWN, playback: { gap: 'GONE' }, recording: undefined }, 0);
  const revoked = viewOf({ ...SHOWN, playback: { gap: 'REVOKED' } }, 0);

  assert.deepEqual(
    [gone, revoked].map(({ player, duration, transcript }) => [player, duration, transcript]),
    [
      ['The recording is no longer kept.', 'Not known', 'Please call me back.'],
      ['The recording was withdrawn.', '1 min 5 s', 'Please call me back.'],
    ],
  );
});

test('the guide shows the extension with the number', () => {
  const view = viewOf({ ...SHOWN, voicemail: voicemailOf({ from: '+15555550142,,123#' }) }, 0);

  assert.equal(view.caller, '+1 555 555 0142 ext. 123');
  assert.equal(view.heading, 'Voicemail from +1 555 555 0142 ext. 123');
});

test('the guide does not ask to call a withheld number', () => {
  const { recording: _, transcript: __, ...rest } = SHOWN;
  const voicemail = voicemailOf({ from: '+8656696' });

  const view = viewOf({ ...rest, voicemail, playback: { gap: 'UNRECORDED' } }, 0);

  const words =
    'The message could not be recorded. The number was withheld, so the caller cannot be called back.';
  assert.deepEqual([view.caller, view.player, view.transcript], ['a withheld number', words, words]);
});

test('a call that could not be recorded asks the agent to call back', () => {
  const { recording: _, transcript: __, ...rest } = SHOWN;

  const view = viewOf({ ...rest, playback: { gap: 'UNRECORDED' } }, 0);

  assert.equal(view.player, 'The message could not be recorded. Please call back.');
  assert.equal(view.transcript, view.player);
});

test('a voicemail without a transcript says why', () => {
  assert.equal(
    transcriptIn({ transcript: undefined }),
    'There is no transcript: transcription took too long.',
  );
  assert.equal(
    transcriptIn({ transcript: undefined, recording: undefined, playback: { gap: 'GONE' } }),
    'The transcript is no longer kept.',
  );
  assert.equal(
    transcriptIn({
      transcript: { kind: 'text', text: '' },
      recording: recordingOf({ isBlank: true }),
    }),
    'Nothing was said.',
  );
});

function transcriptIn(shown: Partial<ShownVoicemail>): string {
  return viewOf({ ...SHOWN, ...shown }, 0).transcript;
}

function bytesOf(view: VoicemailView): number {
  return Buffer.byteLength(JSON.stringify(view));
}
