/** Ends `text` at a word, with an ellipsis, if it is longer than `limit` characters. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = text.slice(0, limit - 1);
  const lastSpace = room.search(/\s\S*$/);
  const end = lastSpace > limit / 2 ? lastSpace : wholeCharacters(room);
  return `${room.slice(0, end)}…`;
}

/** The length of `text` without half of a surrogate pair at its end. */
function wholeCharacters(text: string): number {
  return /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length;
}
