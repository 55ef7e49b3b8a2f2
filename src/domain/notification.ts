import { cut } from './cut.ts';
import { oneLine } from './clean-text.ts';

/** Source: Amazon Connect API reference, CreateNotification, Content. */
const LONGEST_TEXT = 250;
/** Less of a name says nothing. */
const LEAST_NAME = 12;

/** By locale of the agent workspace: the sentence around the recipient's name. It says nothing of the caller. */
const SENTENCES = {
  en_US: ['New voicemail for ', '.'],
  de_DE: ['Neue Sprachnachricht für ', '.'],
  es_ES: ['Nuevo mensaje de voz para ', '.'],
  fr_FR: ['Nouveau message vocal pour ', '.'],
  id_ID: ['Pesan suara baru untuk ', '.'],
  it_IT: ['Nuovo messaggio vocale per ', '.'],
  ja_JP: ['', '宛ての新しい音声メッセージがあります。'],
  ko_KR: ['새 음성 메시지: ', ''],
  pt_BR: ['Nova mensagem de voz para ', '.'],
  zh_CN: ['新语音留言：', ''],
  zh_TW: ['新語音留言：', ''],
} as const satisfies Readonly<Record<string, readonly [before: string, after: string]>>;

export type NotificationTexts = Readonly<Record<keyof typeof SENTENCES, string>>;

/** What agents read in their workspace, within Amazon Connect's limit. A link that does not fit is left out. */
export function notificationTexts(recipient: string, linkUrl: string | undefined): NotificationTexts {
  const name = oneLine(recipient);
  const textOf = ([before, after]: readonly [string, string]) => {
    const link = linkUrl === undefined ? '' : ` ${linkUrl}`;
    const roomWith = LONGEST_TEXT - before.length - after.length - link.length;
    if (roomWith >= Math.min(name.length, LEAST_NAME)) return before + cut(name, roomWith) + after + link;
    return before + cut(name, LONGEST_TEXT - before.length - after.length) + after;
  };
  return {
    en_US: textOf(SENTENCES.en_US),
    de_DE: textOf(SENTENCES.de_DE),
    es_ES: textOf(SENTENCES.es_ES),
    fr_FR: textOf(SENTENCES.fr_FR),
    id_ID: textOf(SENTENCES.id_ID),
    it_IT: textOf(SENTENCES.it_IT),
    ja_JP: textOf(SENTENCES.ja_JP),
    ko_KR: textOf(SENTENCES.ko_KR),
    pt_BR: textOf(SENTENCES.pt_BR),
    zh_CN: textOf(SENTENCES.zh_CN),
    zh_TW: textOf(SENTENCES.zh_TW),
  };
}
