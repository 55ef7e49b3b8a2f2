import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emlOf } from '../simulator/services/ses/eml.ts';
import type { SentMail } from '../simulator/services/ses/mail.ts';

const FOLDER = join(import.meta.dirname, '../dist/mails');

/**
 * Keeps a mail after the end of the simulator: as a file for mail clients, and its HTML for a browser.
 * Returns the files.
 */
export function keepMail(mail: SentMail, contactId: string): readonly string[] {
  mkdirSync(FOLDER, { recursive: true });
  const parts = [
    ['eml', emlOf(mail)],
    ['html', mail.html],
  ] as const;
  return parts.flatMap(([ending, content]) => {
    if (content === undefined) return [];
    const file = join(FOLDER, `${contactId}.${ending}`);
    writeFileSync(file, content);
    return [file];
  });
}

/** The parts of a mail to show to a person, without its HTML: labels and texts. */
export function mailRows(mail: SentMail): readonly (readonly [label: string, text: string])[] {
  return [
    ['From', mail.from],
    ['To', mail.to.join(', ')],
    ['Reply to', mail.replyTo.join(', ')],
    ['Subject', mail.subject],
    [
      'Attached',
      mail.attachments.map(({ fileName, bytes }) => `${fileName}, ${bytes.length} bytes`).join(', '),
    ],
  ];
}
