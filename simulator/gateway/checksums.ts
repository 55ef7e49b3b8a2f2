import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../service.ts';

/** How each checksum header's value is made: base64 of the big-endian digest. */
const ALGORITHMS: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  crc32: crc32Base64,
  sha1: (bytes) => createHash('sha1').update(bytes).digest('base64'),
  sha256: (bytes) => createHash('sha256').update(bytes).digest('base64'),
};

const PREFIX = 'x-amz-checksum-';
/** These headers describe the checksum; they do not hold one. */
const NOT_VALUES = ['algorithm', 'mode', 'type'];

/**
 * Checks every `x-amz-checksum-...` header and `content-md5` against the body. Throws AwsError
 * BadDigest for a wrong one, NotImplemented for CRC32C and CRC64NVME, which the SDK sends only if it is
 * configured to.
 *
 * Source: Amazon S3 User Guide, "Checking object integrity".
 */
export function checkChecksums(headers: Readonly<Record<string, string>>, body: Uint8Array): void {
  for (const [name, given] of Object.entries(headers)) {
    if (!name.startsWith(PREFIX)) continue;
    const algorithm = name.slice(PREFIX.length);
    if (NOT_VALUES.includes(algorithm)) continue;
    const checksum = ALGORITHMS[algorithm];
    if (!checksum) throw new AwsError('NotImplemented', 501, `The checksum ${name} is not implemented`);
    if (checksum(body) !== given) {
      const message = `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`;
      throw new AwsError('BadDigest', 400, message);
    }
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined && createHash('md5').update(body).digest('base64') !== md5) {
    throw new AwsError('BadDigest', 400, 'The Content-MD5 you specified did not match what we received.');
  }
}

/** The value of `x-amz-checksum-crc32` for these bytes. */
function crc32Base64(bytes: Uint8Array): string {
  const digest = Buffer.alloc(4);
  digest.writeUInt32BE(crc32(bytes));
  return digest.toString('base64');
}
