import type { Check } from '../check.ts';
import { keyNotUsable } from './streams/key-not-usable.ts';
import { keyPolicyRefuses } from './streams/key-policy-refuses.ts';
import { ownKeyKeepsOut } from './streams/own-key-keeps-out.ts';
import { mediaKeyDiffers } from './streams/media-key-differs.ts';
import { otherRecordReaders } from './streams/other-record-readers.ts';
import { recordReaderBehind } from './streams/record-reader-behind.ts';
import { recordReaderStopped } from './streams/record-reader-stopped.ts';
import { recordStreamKey } from './streams/record-stream-key.ts';
import { recordStreamMissing } from './streams/record-stream-missing.ts';
import { videoStreamsKeepLess } from './streams/video-streams-keep-less.ts';

/** The streams that audio and contact records take, their keys, and who reads them. */
export const streamChecks: readonly Check[] = [
  videoStreamsKeepLess,
  mediaKeyDiffers,
  recordStreamMissing,
  recordStreamKey,
  keyNotUsable,
  keyPolicyRefuses,
  ownKeyKeepsOut,
  recordReaderStopped,
  recordReaderBehind,
  otherRecordReaders,
];
