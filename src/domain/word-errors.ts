/**
 * How many words have to be replaced, left out or put in to make what was heard out of what was said. Case and marks
 * do not count.
 */
export function wordErrors(said: string, heard: string): { readonly errors: number; readonly words: number } {
  const wanted = wordsIn(said);
  let above = Array.from({ length: wanted.length + 1 }, (_, column) => column);
  for (const [row, word] of wordsIn(heard).entries()) {
    const current = [row + 1];
    for (const [column, other] of wanted.entries()) {
      const replaced = (above[column] ?? 0) + (word === other ? 0 : 1);
      current.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    above = current;
  }
  return { errors: above.at(-1) ?? 0, words: wanted.length };
}

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
}
