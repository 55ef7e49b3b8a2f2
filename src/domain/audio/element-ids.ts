/** Element ids with their length marker, as RFC 8794 section 5 and RFC 9559 section 5.1 write them. */
export const ID = {
  EBML: 0x1a45dfa3,
  SEGMENT: 0x18538067,
  INFO: 0x1549a966,
  SEGMENT_UID: 0x73a4,
  TIMESTAMP_SCALE: 0x2ad7b1,
  TRACKS: 0x1654ae6b,
  TRACK_ENTRY: 0xae,
  TRACK_NUMBER: 0xd7,
  TRACK_NAME: 0x536e,
  CLUSTER: 0x1f43b675,
  TIMESTAMP: 0xe7,
  SIMPLE_BLOCK: 0xa3,
  BLOCK_GROUP: 0xa0,
  BLOCK: 0xa1,
  TAGS: 0x1254c367,
  TAG: 0x7373,
  SIMPLE_TAG: 0x67c8,
  TAG_NAME: 0x45a3,
  TAG_STRING: 0x4487,
} as const;

/** Blocks come first: most elements are blocks. */
export function kindOf(id: number): 'container' | 'wanted' | 'unwanted' {
  switch (id) {
    case ID.SIMPLE_BLOCK:
    case ID.BLOCK:
    case ID.SEGMENT_UID:
    case ID.TAG_NAME:
    case ID.TAG_STRING:
    case ID.TIMESTAMP:
    case ID.TIMESTAMP_SCALE:
    case ID.TRACK_NAME:
    case ID.TRACK_NUMBER:
      return 'wanted';
    case ID.BLOCK_GROUP:
    case ID.CLUSTER:
    case ID.EBML:
    case ID.INFO:
    case ID.SEGMENT:
    case ID.SIMPLE_TAG:
    case ID.TAG:
    case ID.TAGS:
    case ID.TRACKS:
    case ID.TRACK_ENTRY:
      return 'container';
    default:
      return 'unwanted';
  }
}
