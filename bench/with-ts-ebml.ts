import type { Extractor } from './extractor.ts';
import { Decoder } from 'ts-ebml';
import { FlatDocument } from './flat-document.ts';
import { wholeMedia } from './long-call.ts';

const BLOCK_HEADER_BYTES = 4;

/** The same job with ts-ebml. Chunks are passed without a copy. */
export const withTsEbml: Extractor = async (call, sink) => {
  const document = new FlatDocument(call.contactId, sink);
  const decoder = new Decoder();
  for await (const chunk of wholeMedia(call)) {
    for (const element of decoder.decode(chunk.buffer)) {
      switch (element.name) {
        case 'EBML':
          if (element.type === 'm' && !element.isEnd) document.end();
          break;
        case 'TrackNumber':
          if (element.type === 'u') document.trackNumber(element.value);
          break;
        case 'Name':
          if (element.type === '8') document.trackName(element.value);
          break;
        case 'TagName':
          if (element.type === '8') document.tagName(element.value);
          break;
        case 'TagString':
          if (element.type === '8') document.tagText(element.value);
          break;
        case 'SimpleBlock':
          if (element.type === 'b')
            document.block((element.value[0] ?? 0) & 0x7f, element.value.subarray(BLOCK_HEADER_BYTES));
          break;
        default:
      }
    }
  }
  document.end();
};
