import { BYTES_PER_MS } from '../../src/domain/audio/wav.ts';

/**
 * Audio as Amazon Connect puts it onto a video stream, for PutMedia: one Matroska document, a cluster for each
 * fragment, and after each what Connect says of the call. Kinesis Video Streams makes a document of each fragment.
 *
 * ```
 * EBML, Segment (unknown size)
 *   Info    TimecodeScale 1 ms
 *   Tracks  AUDIO_FROM_CUSTOMER
 *   Cluster Timecode in epoch ms, SimpleBlocks of 64 ms     once for each fragment
 *   Tags    ContactId, InstanceId, MimeType                 once for each fragment
 * ```
 * Source: RFC 8794 (EBML), RFC 9559 (Matroska); Kinesis Video Streams developer guide, "Data model", and "Limits":
 * no more than five fragments a second, and ten metadata items for each.
 */
export function callMedia(
  pcm: Uint8Array,
  { startMs, contactId, instanceId }: { startMs: number; contactId: string; instanceId: string },
): Uint8Array {
  const tags = [
    ['ContactId', contactId],
    ['InstanceId', instanceId],
    ['MimeType', 'audio/L16;rate=8000;channels=1;'],
  ].map(([name = '', value = '']) => tag(name, value));
  const fragments = partsOf(pcm, FRAGMENT_MS).map(({ afterMs, samples }) =>
    Buffer.concat([cluster(samples, startMs + afterMs), ...tags]),
  );
  return Buffer.concat([HEAD, ...fragments]);
}

/** Two seconds: a few words are more than one fragment, and fewer than five. */
const FRAGMENT_MS = 2048;
const BLOCK_MS = 64;
const NANOSECONDS_PER_MS = 1_000_000;
const TRACK = 1;
const AUDIO = 2;
const KEY_FRAME = 0x80;
const WRITER = 'Voicemail Express';

function element(id: string, ...content: readonly (Uint8Array | string)[]): Buffer {
  const body = Buffer.concat(content.map((part) => Buffer.from(part)));
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(body.length));
  size.writeUInt8(0x01, 0);
  return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
}

function uint(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** Connect says that it is AAC, and it is linear PCM, 16 bits. */
const TRACK_ENTRY = element(
  'ae',
  element('d7', uint(TRACK)), // TrackNumber
  element('73c5', uint(TRACK)), // TrackUID
  element('83', uint(AUDIO)), // TrackType
  element('536e', 'AUDIO_FROM_CUSTOMER'), // Name
  element('86', 'A_AAC'), // CodecID
  element('63a2', Buffer.from('1190', 'hex')), // CodecPrivate
);

const HEAD = Buffer.concat([
  element('1a45dfa3', element('4282', 'matroska'), element('4287', uint(2)), element('4285', uint(2))),
  Buffer.from('1853806701ffffffffffffff', 'hex'), // Segment, of unknown size
  element(
    '1549a966',
    element('73a4', Buffer.alloc(16, 'vmx')), // SegmentUID
    element('2ad7b1', uint(NANOSECONDS_PER_MS)), // TimecodeScale
    element('4d80', WRITER), // MuxingApp
    element('5741', WRITER), // WritingApp
  ),
  element('1654ae6b', TRACK_ENTRY),
]);

function cluster(samples: Uint8Array, timeMs: number): Buffer {
  const blocks = partsOf(samples, BLOCK_MS).map(({ afterMs, samples: block }) => {
    const head = Buffer.alloc(4);
    head.writeUInt8(0x80 | TRACK, 0);
    head.writeInt16BE(afterMs, 1);
    head.writeUInt8(afterMs === 0 ? KEY_FRAME : 0, 3);
    return element('a3', head, block); // SimpleBlock
  });
  return element('1f43b675', element('e7', uint(timeMs)), ...blocks);
}

function tag(name: string, value: string): Buffer {
  return element('1254c367', element('7373', element('67c8', element('45a3', name), element('4487', value))));
}

function partsOf(pcm: Uint8Array, lengthMs: number) {
  const bytes = lengthMs * BYTES_PER_MS;
  return Array.from({ length: Math.ceil(pcm.length / bytes) }, (_, index) => ({
    afterMs: index * lengthMs,
    samples: pcm.subarray(index * bytes, (index + 1) * bytes),
  }));
}
