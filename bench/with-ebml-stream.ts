import type { Extractor } from './extractor.ts';
import { once } from 'node:events';
import { EbmlDataTag, EbmlStreamDecoder, EbmlTagId, EbmlTagPosition, SimpleBlock } from 'ebml-stream';
import { FlatDocument } from './flat-document.ts';
import { wholeMedia } from './long-call.ts';

const TRACK_NUMBER: number = EbmlTagId.TrackNumber;
const TRACK_NAME: number = EbmlTagId.Name;
const TAG_NAME: number = EbmlTagId.TagName;
const TAG_TEXT: number = EbmlTagId.TagString;

/** The same job with ebml-stream. */
export const withEbmlStream: Extractor = async (call, sink) => {
  const document = new FlatDocument(call.contactId, sink);
  const decoder = new EbmlStreamDecoder();
  decoder.on('data', (tag: unknown) => readTag(tag, document));
  for await (const chunk of wholeMedia(call)) if (!decoder.write(chunk)) await once(decoder, 'drain');
  decoder.end();
  await once(decoder, 'end');
  document.end();
};

function readTag(tag: unknown, document: FlatDocument): void {
  if (tag instanceof SimpleBlock) document.block(tag.track, tag.payload);
  else if (tag instanceof EbmlDataTag) readValue(tag.id, tag.data, document);
  else if (isHeader(tag)) document.end();
}

function readValue(id: number, value: unknown, document: FlatDocument): void {
  if (id === TRACK_NUMBER && typeof value === 'number') document.trackNumber(value);
  if (typeof value !== 'string') return;
  if (id === TRACK_NAME) document.trackName(value);
  if (id === TAG_NAME) document.tagName(value);
  if (id === TAG_TEXT) document.tagText(value);
}

const isHeader = (tag: unknown) =>
  typeof tag === 'object' &&
  tag !== null &&
  'id' in tag &&
  'position' in tag &&
  tag.id === EbmlTagId.EBML &&
  tag.position === EbmlTagPosition.Start;
