import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { writeWav } from '../simulator/audio/write-wav.ts';
import { AudioFileError, isAudioFileName, readAudioFile } from './audio-file.ts';

function fileWith(t: TestContext, name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'audio-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const refusal = (message: RegExp) => (error: unknown) =>
  error instanceof AudioFileError && message.test(error.message);

test('a file of another format is named by its kind, with the line that converts it', (t) => {
  const file = fileWith(t, "Bob's message.mp3", 'ID3\u0004');

  assert.throws(
    () => readAudioFile(file),
    refusal(
      /message\.mp3: an MP3 file; allowed: WAV with .*\.\nffmpeg converts it: ffmpeg -i '.*Bob'\\''s message\.mp3' -ac 1 -ar 8000 -c:a pcm_s16le 'Bob'\\''s message-8k\.wav'$/,
    ),
  );
});

test('a file without audio, and one that is not there, are named', (t) => {
  const file = fileWith(t, 'empty.wav', writeWav(new Int16Array()));

  assert.throws(() => readAudioFile(file), refusal(/empty\.wav: a WAV file without a single sample$/));
  assert.throws(() => readAudioFile('nowhere.wav'), refusal(/nowhere\.wav: cannot be read \(ENOENT/));
});

test('names of audio files are distinguished from what a caller says', () => {
  const names = ['a.wav', 'Memo 3.M4A', 'Please call me back.', 'See version 1.2'].map(isAudioFileName);

  assert.deepEqual(names, [true, true, false, false]);
});
