/**
 * Reads blocks as the fragment writer writes them: 12 bytes after the cluster's id, timecode and position.
 */
export function samplesOn(track: number, bytes: Buffer): number[] {
  const samples: number[] = [];
  let offset = bytes.indexOf('1f43b675ff', 'hex') + 5 + 10 + 3;
  while (bytes.readUInt8(offset) === 0xa3) {
    const size = bytes.readUIntBE(offset + 3, 6);
    const block = bytes.subarray(offset + 9, offset + 9 + size);
    for (let at = 4; block.readUInt8() === 0x80 + track && at < size; at += 2)
      samples.push(block.readInt16LE(at));
    offset += 9 + size;
  }
  return samples;
}

/** No sample like its neighbor, no block like another. */
export function speech(sampleCount: number): Int16Array {
  return Int16Array.from({ length: sampleCount }, (_, index) => ((index * 7919) % 65_536) - 32_768);
}
