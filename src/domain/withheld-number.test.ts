import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { callerNumber } from './phone-number.ts';

const kindsOf = (texts: readonly string[]) => texts.map((from) => [from, callerNumber(from).kind]);
const all = (texts: readonly string[], kind: string) => texts.map((from) => [from, kind]);

/** A word as digits on the keys of a telephone. */
function onKeypad(word: string): string {
  const keys = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];
  return Array.from(word, (letter) => keys.findIndex((key) => key.includes(letter)) + 2).join('');
}

test('words spelled on a keypad are not numbers to call back in Lesotho, China, Russia, Uganda or Kazakhstan', () => {
  const words = ['anonymous', 'unavailable', 'restricted', 'unknown', 'blocked', 'private', 'withheld'];
  const spelled = [...words.map(onKeypad), '7378742883'];
  const written = spelled.flatMap((digits) => [
    digits,
    `+${digits}`,
    `+${digits.slice(0, 2)} ${digits.slice(2)}`,
  ]);

  assert.deepEqual(kindsOf(written), all(written, 'withheld'));
  // By all known numbering plans, nobody has one of them.
  for (const digits of spelled) assert.equal(parsePhoneNumberFromString(`+${digits}`)?.isValid(), false);
});

test('a +1 before such a word or before zeros does not make it a number', () => {
  const withheld = ['+1266696687', '+186282452253', '+18656696', '+1 256-2533', '+17748283', '+194844353'];
  const zeros = ['+1000', '+1 000 0000', '+100000000', 'tel:+10000000000'];

  assert.deepEqual(kindsOf([...withheld, ...zeros]), all([...withheld, ...zeros], 'withheld'));
});

test('numbers of people that begin with such a word, or end in it, are called back', () => {
  const numbers = [
    '+26669668712',
    '+8628245225312',
    '+862824522531',
    '+73787428330',
    '+256253312345',
    '+77482831234',
    // Austin, Texas
    '+17378742833',
    '+17378742883',
    '+351266696687',
    '+468656696',
  ];

  assert.deepEqual(kindsOf(numbers), all(numbers, 'number'));
});

test('placeholders without any digit but zero are withheld, extensions are not', () => {
  const withheld = ['0', '+0', '00000000', '000-000-0000', '+10000000000', '+', '-', '?', 'P', 'o'];
  const others = ['10', '100', '1000', '1042', 'Po', 'Olga'];

  assert.deepEqual(kindsOf(withheld), all(withheld, 'withheld'));
  assert.deepEqual(kindsOf(others), all(others, 'other'));
});

test('a withheld number is known by its name in other words and languages, with or without accents', () => {
  const withheld = [
    'Blocked',
    'No Caller ID',
    'NO CALLER-ID',
    'Caller ID blocked',
    'CallerID unavailable',
    'Private number',
    'Anonymous caller',
    'Unknown Name',
    'Out of Area',
    'Not available',
    'number_withheld',
    '(unknown)',
    'Anonym',
    'Unbekannt',
    'Nummer unterdrückt',
    'Rufnummer unterdruckt',
    'Anonyme',
    'Privé',
    'PRIVE',
    'Prive\u0301',
    'Numéro masqué',
    'Número privado',
    'NUMERO OCULTO',
    'Desconocido',
    'Anônimo',
    'Onbekend',
    'Anonimo',
    'Numero sconosciuto',
    'Privénummer',
    'Okänt nummer',
    'Неизвестный номер',
    '非通知',
    '발신번호 표시제한',
    'Gizli Numara',
    'ÖZEL NUMARA',
    'رقم خاص',
    'مجهول',
    'מספר חסוי',
    'ΑΓΝΩΣΤΟΣ',
    'निजी नंबर',
    'Rejtett szám',
    'Număr ascuns',
    'Numer ukryty',
    'Невідомий',
    'ไม่ทราบ',
    'Không xác định',
    'Número não identificado',
    'Sem identificação',
    'Anonyme Nummer',
    'Identité masquée',
    'Coin line/payphone',
    'Interaction with other service',
  ];

  assert.deepEqual(kindsOf(withheld), all(withheld, 'withheld'));
});

test('a program’s text for a missing value is not a caller', () => {
  const withheld = [
    'null',
    'None',
    'undefined',
    'N/A',
    '(null)',
    'nil',
    'tel:null',
    'sip:null@pbx.example.com',
  ];

  assert.deepEqual(kindsOf(withheld), all(withheld, 'withheld'));
});

test('a name that only begins like such a word is a name', () => {
  const names = [
    'Private Banking',
    'Unknown Pleasures Records',
    'Anonymous Coffee',
    'Restricted Area 51',
    'Blockedy',
  ];

  assert.deepEqual(kindsOf(names), all(names, 'other'));
});
