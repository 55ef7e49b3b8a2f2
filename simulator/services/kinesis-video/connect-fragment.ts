import { endianness } from 'node:os';
import { ID, element, tags, uint, unsizedElement } from './matroska.ts';

/** Amazon Connect's telephone audio: 8 kHz, one channel per party, 16 bits, little-endian. */
export const SAMPLES_PER_MS = 8;

/** 64 ms: the audio in one SimpleBlock of one track. */
export const SAMPLES_PER_BLOCK = 64 * SAMPLES_PER_MS;

/**
 * 192 bytes: seen in the middle of tracks, for an unknown reason. The times of the blocks around it do not
 * change.
 */
export const SHORT_BLOCK_SAMPLES = 96;
const SHORT_BLOCK = 7;
const PADDED_NAME_BYTES = 32;

const PRODUCER = 'Kinesis Video SDK';
const PRODUCER_VERSION = ' 1.1.0 JNI 2.0';
const NANOSECONDS_PER_MS = 1_000_000;
const AUDIO = 2;
const KEY_FRAME = 0x80;

/**
 * Connect really declares AAC, although the bytes are PCM. This is the AAC header of the producer SDK's
 * demo.
 */
const CODEC_ID = 'A_AAC';
const CODEC_PRIVATE = Buffer.from('1190', 'hex');

export interface ConnectFragment {
  readonly contactId: string;
  readonly instanceId: string;
  readonly fragmentNumber: string;
  /** When the first sample was spoken. */
  readonly producerMs: number;
  readonly serverMs: number;
  /** 16 bytes, the same for all fragments of one streaming session. */
  readonly segmentUid: Uint8Array;
  /** What the caller says. */
  readonly fromCustomer: Int16Array;
  /** What the caller hears. Absent: no such track. Empty: the track is declared without blocks. */
  readonly toCustomer?: Int16Array;
  /** Absent: a regular fragment. */
  readonly shape?: FragmentShape;
}

/** How a fragment can be irregular. */
export interface FragmentShape {
  /** Track names are filled up with NULs. */
  readonly namesPadded?: boolean;
  /** The caller's track is the second of two. */
  readonly customerLast?: boolean;
  readonly hasShortBlock?: boolean;
  /** `without contact`: neither ContactId nor InstanceId. */
  readonly tags?: 'without contact' | 'none';
}

interface Party {
  readonly name: string;
  readonly samples: Int16Array;
}

/**
 * One fragment of a call as Kinesis Video Streams hands it back.
 *
 * ```
 * EBML
 * Segment (unknown size, 8 bytes)
 *   Info     SegmentUID, TimecodeScale, Title, MuxingApp, WritingApp
 *   Tracks   one or two, distinguished by name only
 *   Tags     AWS_KINESISVIDEO_*, written by the service, 4-byte sizes
 *   Cluster (unknown size, 1 byte)   Timecode in epoch ms, Position,
 *            SimpleBlocks of 64 ms, the tracks by turns, 8-byte sizes
 *   Tags x6  ContactId and what else Connect says: after the audio, 8-byte sizes
 * ```
 * There is no padding: the last block is as short as the audio.
 *
 * Source: the Kinesis Video Streams producer's Matroska generator for every
 * width; fields and their order as seen in fragments of Amazon Connect calls.
 */
export function connectFragment(fragment: ConnectFragment): Buffer {
  return Buffer.concat([
    ebmlHeader(),
    unsizedElement(ID.segment, 8),
    info(fragment.segmentUid),
    tracks(fragment),
    ...(fragment.shape?.tags === 'none' ? [] : [serviceTags(fragment)]),
    cluster(fragment),
    ...callTags(fragment),
  ]);
}

function ebmlHeader(): Buffer {
  return element(ID.ebml, [
    element(ID.ebmlVersion, uint(1)),
    element(ID.ebmlReadVersion, uint(1)),
    element(ID.ebmlMaxIdLength, uint(4)),
    element(ID.ebmlMaxSizeLength, uint(8)),
    element(ID.docType, 'matroska'),
    element(ID.docTypeVersion, uint(2)),
    element(ID.docTypeReadVersion, uint(2)),
  ]);
}

function info(segmentUid: Uint8Array): Buffer {
  const content = [
    element(ID.segmentUid, segmentUid),
    element(ID.timecodeScale, uint(NANOSECONDS_PER_MS, 8)),
    element(ID.title, PRODUCER),
    element(ID.muxingApp, PRODUCER + PRODUCER_VERSION),
    element(ID.writingApp, PRODUCER + PRODUCER_VERSION),
  ];
  return element(ID.info, content, 2);
}

/** In the order of their tracks. */
function parties({ fromCustomer, toCustomer, shape }: ConnectFragment): readonly Party[] {
  const customer = { name: 'AUDIO_FROM_CUSTOMER', samples: fromCustomer };
  if (!toCustomer) return [customer];
  const other = { name: 'AUDIO_TO_CUSTOMER', samples: toCustomer };
  return shape?.customerLast ? [other, customer] : [customer, other];
}

function tracks(fragment: ConnectFragment): Buffer {
  const width = fragment.shape?.namesPadded ? PADDED_NAME_BYTES : 0;
  const entries = parties(fragment).map(({ name }, index) => {
    const content = [
      element(ID.trackNumber, uint(index + 1)),
      element(ID.trackUid, uint(index + 1, 8)),
      element(ID.trackType, uint(AUDIO)),
      element(ID.trackName, name.padEnd(width, '\0')),
      element(ID.codecId, CODEC_ID),
      element(ID.codecPrivate, CODEC_PRIVATE),
    ];
    return element(ID.trackEntry, content, 4);
  });
  return element(ID.tracks, entries, 4);
}

function serviceTags({ fragmentNumber, serverMs, producerMs }: ConnectFragment): Buffer {
  return tags(
    [
      ['AWS_KINESISVIDEO_FRAGMENT_NUMBER', fragmentNumber],
      ['AWS_KINESISVIDEO_SERVER_TIMESTAMP', (serverMs / 1000).toFixed(3)],
      ['AWS_KINESISVIDEO_PRODUCER_TIMESTAMP', (producerMs / 1000).toFixed(3)],
    ],
    4,
  );
}

function cluster(fragment: ConnectFragment): Buffer {
  const { producerMs, shape } = fragment;
  const speakers = parties(fragment);
  const longest = Math.max(...speakers.map(({ samples }) => samples.length));
  const blocks: Buffer[] = [];
  let start = 0;
  for (let place = 0; start < longest; place++) {
    const isShort = shape?.hasShortBlock === true && place === SHORT_BLOCK;
    const end = start + (isShort ? SHORT_BLOCK_SAMPLES : SAMPLES_PER_BLOCK);
    const offsetMs = (place * SAMPLES_PER_BLOCK) / SAMPLES_PER_MS;
    for (const [index, speaker] of speakers.entries()) {
      const samples = speaker.samples.subarray(start, end);
      if (samples.length === 0) continue;
      // Every fragment begins with a key frame.
      const flags = blocks.length === 0 ? KEY_FRAME : 0;
      blocks.push(simpleBlock({ track: index + 1, offsetMs, flags, samples }));
    }
    start = end;
  }
  return Buffer.concat([
    unsizedElement(ID.cluster, 1),
    element(ID.timecode, uint(producerMs, 8)),
    element(ID.position, uint(0)),
    ...blocks,
  ]);
}

function simpleBlock(block: { track: number; offsetMs: number; flags: number; samples: Int16Array }): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt8(0x80 | block.track, 0);
  head.writeInt16BE(block.offsetMs, 1);
  head.writeUInt8(block.flags, 3);
  return element(ID.simpleBlock, [head, littleEndian(block.samples)], 8);
}

/** Int16Array has the machine's byte order: little-endian wherever Node is built for today but s390x. */
function littleEndian({ buffer, byteOffset, byteLength }: Int16Array): Buffer {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap16();
}

/** The AUDIO_ values are constants: they do not give track numbers. */
function callTags({ contactId, instanceId, shape }: ConnectFragment): Buffer[] {
  if (shape?.tags === 'none') return [];
  const contact: readonly (readonly [string, string])[] = [
    ['ContactId', contactId],
    ['InstanceId', instanceId],
  ];
  const pairs: readonly (readonly [string, string])[] = [
    ...(shape?.tags === 'without contact' ? [] : contact),
    ['MimeType', 'audio/L16;rate=8000;channels=1;'],
    ['AUDIO_FROM_CUSTOMER', '1'],
    ['AUDIO_TO_CUSTOMER', '2'],
    ['Events', '[]'],
  ];
  return pairs.map((pair) => tags([pair], 8));
}
