import { AwsError } from '../service.ts';

const CRLF = '\r\n';

/**
 * Removes the `aws-chunked` framing from a body: each chunk is its size in hexadecimal, a line end, the
 * bytes, a line end; a chunk of size 0 ends it, and trailing headers may follow. Throws AwsError
 * IncompleteBody if the framing is broken.
 *
 * Source: Amazon S3 API Reference, "Signature calculations: transferring payload in
 * multiple chunks" (the variant with unsigned chunks and trailing headers).
 */
export function unframed(framed: Buffer): { body: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let offsetBytes = 0;
  for (;;) {
    const lineEnd = framed.indexOf(CRLF, offsetBytes);
    const [sizeHex = ''] = framed.toString('latin1', offsetBytes, Math.max(lineEnd, offsetBytes)).split(';');
    if (lineEnd < 0 || !/^[\da-f]+$/i.test(sizeHex)) throw broken();
    const start = lineEnd + CRLF.length;
    const end = start + Number.parseInt(sizeHex, 16);
    if (end === start) return { body: Buffer.concat(chunks), trailers: trailersIn(framed.subarray(start)) };
    if (framed.toString('latin1', end, end + CRLF.length) !== CRLF) throw broken();
    chunks.push(framed.subarray(start, end));
    offsetBytes = end + CRLF.length;
  }
}

function trailersIn(rest: Buffer): Record<string, string> {
  const lines = rest.toString('latin1').split(CRLF).filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      if (colon < 1) throw broken();
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

function broken(): AwsError {
  return new AwsError(
    'IncompleteBody',
    400,
    'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  );
}
