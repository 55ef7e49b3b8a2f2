/**
 * Writes the part of Matroska that Kinesis Video Streams and its producers use.
 *
 * An element is an id, a size and its content. The width of the size field shows who wrote an element: 8
 * bytes in the producer's tags, 4 in the service's own. Source: RFC 8794 (EBML), sections 4 to 7; RFC 9559
 * (Matroska), section 5.
 */

/** Element ids, in hexadecimal as they stand in the file. */
export const ID = {
  ebml: '1a45dfa3',
  ebmlVersion: '4286',
  ebmlReadVersion: '42f7',
  ebmlMaxIdLength: '42f2',
  ebmlMaxSizeLength: '42f3',
  docType: '4282',
  docTypeVersion: '4287',
  docTypeReadVersion: '4285',
  segment: '18538067',
  info: '1549a966',
  segmentUid: '73a4',
  timecodeScale: '2ad7b1',
  title: '7ba9',
  muxingApp: '4d80',
  writingApp: '5741',
  tracks: '1654ae6b',
  trackEntry: 'ae',
  trackNumber: 'd7',
  trackUid: '73c5',
  trackType: '83',
  trackName: '536e',
  codecId: '86',
  codecPrivate: '63a2',
  cluster: '1f43b675',
  timecode: 'e7',
  position: 'a7',
  simpleBlock: 'a3',
  tags: '1254c367',
  tag: '7373',
  simpleTag: '67c8',
  tagName: '45a3',
  tagString: '4487',
} as const;

type ElementId = (typeof ID)[keyof typeof ID];

/** How many bytes a size field takes. */
type SizeWidth = 1 | 2 | 4 | 8;

/** An element whose size is written in `sizeWidth` bytes, needed or not. */
export function element(
  id: ElementId,
  content: Uint8Array | readonly Uint8Array[] | string,
  sizeWidth: SizeWidth = 1,
): Buffer {
  const body = typeof content === 'string' ? [Buffer.from(content, 'utf8')] : [content].flat();
  const sizeBytes = body.reduce((sum, part) => sum + part.byteLength, 0);
  return Buffer.concat([Buffer.from(id, 'hex'), sizeField(sizeBytes, sizeWidth), ...body]);
}

/** The start of an element that ends where the next one of its level begins. */
export function unsizedElement(id: ElementId, sizeWidth: 1 | 8): Buffer {
  const unknown = sizeWidth === 1 ? 'ff' : '01ffffffffffffff';
  return Buffer.from(id + unknown, 'hex');
}

/** An unsigned integer, big-endian, in exactly `widthBytes`. */
export function uint(value: number, widthBytes: 1 | 8 = 1): Buffer {
  const bytes = Buffer.alloc(widthBytes);
  if (widthBytes === 1) bytes.writeUInt8(value);
  else bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** One `Tags` element with one `Tag`, which holds a `SimpleTag` for each pair. */
export function tags(pairs: readonly (readonly [name: string, value: string])[], sizeWidth: 4 | 8): Buffer {
  const simpleTags = pairs.map(([name, value]) =>
    element(
      ID.simpleTag,
      [element(ID.tagName, name, sizeWidth), element(ID.tagString, value, sizeWidth)],
      sizeWidth,
    ),
  );
  return element(ID.tags, element(ID.tag, simpleTags, sizeWidth), sizeWidth);
}

/** The length marker is the highest set bit: 1xxxxxxx, 01xxxxxx xxxxxxxx, and so on. */
function sizeField(sizeBytes: number, width: SizeWidth): Buffer {
  const field = Buffer.alloc(width);
  const digits = Math.min(width, 6);
  field.writeUIntBE(sizeBytes, width - digits, digits);
  field.writeUInt8(field.readUInt8() | (0x80 >> (width - 1)));
  return field;
}
