import { ID, element, tags, uint, unsizedElement } from './matroska.ts';

/**
 * GetMediaForFragmentList writes this instead of a fragment that it cannot find: the answer has already
 * begun with a 200. The stream ends after it.
 *
 * Shape: a Matroska document with neither tracks nor cluster, only tags. The
 * names are those of answers seen in the field; the API reference has others
 * (AWS_KINESISVIDEO_EXCEPTION_ERROR_CODE). 3000 goes with FRAGMENT_NOT_FOUND.
 * Source: such an answer, as reported against the AWS SDK for JavaScript in 2020.
 */
export function fragmentNotFound(fragmentNumber: string): Buffer {
  return Buffer.concat([
    element(
      ID.ebml,
      [
        element(ID.docType, 'matroska'),
        element(ID.docTypeVersion, uint(2)),
        element(ID.docTypeReadVersion, uint(2)),
      ],
      4,
    ),
    unsizedElement(ID.segment, 8),
    tags(
      [
        ['AWS_KINESISVIDEO_ERROR_CODE', 'FRAGMENT_NOT_FOUND'],
        ['AWS_KINESISVIDEO_ERROR_ID', '3000'],
        ['AWS_KINESISVIDEO_FRAGMENT_NUMBER', fragmentNumber],
      ],
      4,
    ),
  ]);
}
