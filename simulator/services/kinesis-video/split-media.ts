import { AwsError } from '../../service.ts';
import { ID } from './matroska.ts';

/** A fragment in the media that a producer sends. */
export interface SentFragment {
  /** The Cluster's Timecode. */
  readonly timeMs: number;
  /** From the first block to the end of the last, by audio of 16 bits and 8 kHz. */
  readonly lengthMs: number;
  readonly cluster: Uint8Array;
  /** The Tags elements after the Cluster. */
  readonly tags: readonly Uint8Array[];
}

export interface SentMedia {
  /** EBML, and the Segment with its Info and Tracks: what each stored fragment begins with. */
  readonly head: Uint8Array;
  readonly fragments: readonly SentFragment[];
}

interface Element {
  readonly id: string;
  readonly content: Buffer;
  readonly whole: Buffer;
}

const BYTES_PER_MS = 16;
const BLOCK_HEAD_BYTES = 4;
const UNKNOWN = -1;

/**
 * Takes apart what PutMedia is sent: one Matroska document, whose Segment has a Cluster for each fragment. Throws
 * AwsError InvalidArgumentException for anything else. Elements of a Segment or Cluster of unknown size end where the
 * next one of their level begins.
 */
export function splitMedia(media: Buffer): SentMedia {
  const ebml = elementAt(media, 0);
  const segment = elementAt(media, ebml.whole.length);
  if (ebml.id !== ID.ebml || segment.id !== ID.segment) throw malformed('it is no Matroska document');
  const segmentHead = segment.whole.subarray(0, segment.whole.length - segment.content.length);
  const head: Uint8Array[] = [ebml.whole, segmentHead];
  const fragments: { cluster: Element; tags: Uint8Array[] }[] = [];
  for (const one of elementsIn(segment.content)) {
    if (one.id === ID.cluster) fragments.push({ cluster: one, tags: [] });
    else if (one.id === ID.tags) (fragments.at(-1)?.tags ?? head).push(one.whole);
    else head.push(one.whole);
  }
  if (fragments.length === 0) throw malformed('it has no Cluster');
  return {
    head: Buffer.concat(head),
    fragments: fragments.map(({ cluster, tags }) => ({ ...timesOf(cluster), cluster: cluster.whole, tags })),
  };
}

function timesOf({ content }: Element): Pick<SentFragment, 'timeMs' | 'lengthMs'> {
  const children = elementsIn(content);
  const timecode = children.find(({ id }) => id === ID.timecode);
  if (!timecode) throw malformed('a Cluster has no Timecode');
  const ends = children.flatMap(({ id, content: block }) =>
    id === ID.simpleBlock ? [block.readInt16BE(1) + (block.length - BLOCK_HEAD_BYTES) / BYTES_PER_MS] : [],
  );
  if (ends.length === 0) throw malformed('a Cluster has no SimpleBlock');
  const timeMs = timecode.content.reduce((value, byte) => value * 256 + byte, 0);
  return { timeMs, lengthMs: Math.round(Math.max(...ends)) };
}

const NOT_IN_CLUSTER: ReadonlySet<string> = new Set([ID.cluster, ID.tags, ID.segment, ID.ebml]);

function elementsIn(bytes: Buffer): readonly Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length;) {
    const one = elementAt(bytes, at);
    found.push(one);
    at += one.whole.length;
  }
  return found;
}

function elementAt(bytes: Buffer, at: number): Element {
  const idWidth = Math.clz32(bytes[at] ?? 0) - 23;
  const sizeAt = at + idWidth;
  const sizeWidth = Math.clz32(bytes[sizeAt] ?? 0) - 23;
  if (idWidth > 4 || sizeWidth > 8) throw malformed(`there is no element at ${at}`);
  const id = bytes.toString('hex', at, sizeAt);
  const start = sizeAt + sizeWidth;
  const size = sizeOf(bytes.subarray(sizeAt, start));
  const end = size === UNKNOWN ? endOfUnsized(bytes, start, id) : start + size;
  if (end > bytes.length) throw malformed(`the element ${id} at ${at} is cut off`);
  return { id, content: bytes.subarray(start, end), whole: bytes.subarray(at, end) };
}

function endOfUnsized(bytes: Buffer, start: number, id: string): number {
  if (id !== ID.cluster) return bytes.length;
  let at = start;
  while (at < bytes.length) {
    const one = elementAt(bytes, at);
    if (NOT_IN_CLUSTER.has(one.id)) return at;
    at += one.whole.length;
  }
  return at;
}

/** All bits set: the size is not known. */
function sizeOf(field: Buffer): number {
  const marker = 0x80 >> (field.length - 1);
  const first = field.readUInt8() & (marker - 1);
  const rest = field.subarray(1);
  if (first === marker - 1 && rest.every((byte) => byte === 0xff)) return UNKNOWN;
  return rest.reduce((value, byte) => value * 256 + byte, first);
}

function malformed(why: string): AwsError {
  return new AwsError('InvalidArgumentException', 400, `The media is not valid: ${why}.`);
}
