/** What files of other formats begin with: a pattern of Latin-1, or the bytes in hex. */
const BEGINNINGS: readonly (readonly [beginning: RegExp | string, kind: string])[] = [
  [/^ID3/, 'an MP3 file'],
  [/^\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]/, 'an MP3 file'],
  [/^\xff[\xf0\xf1\xf8\xf9]/, 'an AAC file'],
  [/^OggS/, 'an Ogg file'],
  [/^fLaC/, 'a FLAC file'],
  [/^....ftyp/s, 'an MP4 file, as .m4a is'],
  [/^caff/, 'a CAF file'],
  [/^FORM....AIF[FC]/s, 'an AIFF file'],
  [/^#!AMR/, 'an AMR file'],
  [/^\.snd/, 'an AU file'],
  ['1a45dfa3', 'a WebM or Matroska file'],
  ['3026b275', 'a Windows Media file'],
  [/^(?:RF64|BW64)/, 'an RF64 file, which is for more than 4 GiB of audio'],
  [/^RIFX/, 'a RIFX file, whose numbers are big-endian'],
];

/** What a file of audio that is no WAV file is, by its first bytes: `an MP3 file`. Undefined: no kind that is known. */
export function fileKindOf(file: Uint8Array): string | undefined {
  const start = Buffer.from(file.buffer, file.byteOffset, Math.min(file.byteLength, 16));
  const [latin1, hex] = [start.toString('latin1'), start.toString('hex')];
  return BEGINNINGS.find(([beginning]) =>
    typeof beginning === 'string' ? hex.startsWith(beginning) : beginning.test(latin1),
  )?.[1];
}
