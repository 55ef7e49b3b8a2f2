/** Bytes from commented hexadecimal: whitespace is free, `#` comments to the end of the line. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replaceAll(/#.*$/gm, '').replaceAll(/\s+/g, '');
  return new Uint8Array(Buffer.from(digits, 'hex'));
}
