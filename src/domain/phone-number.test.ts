import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { callerNumber, e164Of, numberToDial, readableNumber } from './phone-number.ts';

const NUMBER = '+15555550142';

/** `number | extension | readable`, or the kind and what people read. */
function told(from: string): string {
  const number = callerNumber(from);
  const { kind, readable } = number;
  return number.kind === 'number'
    ? `${number.e164} | ${number.extension} | ${readable}`
    : `${kind}: ${readable}`;
}

test('a number is written as people of its country group it', () => {
  assert.equal(readableNumber('+15555550142'), '+1 555 555 0142');
  assert.equal(readableNumber('+442079460018'), '+44 20 7946 0018');
  assert.equal(readableNumber('+4930901820'), '+49 30 901820');
  assert.equal(readableNumber('+81335501234'), '+81 3 3550 1234');
});

test('a text that is not a dialable number stays unchanged', () => {
  for (const other of [
    '1042',
    'sip:ana@pbx.example.com',
    'sip:1042@pbx.example.com',
    'call +15555550142 please',
    '<b>x</b>',
    '+15555550142, +442079460018',
    '+15555550142 x302/x2303',
    '+15555550142;ext=abc',
    '"Anonymous" <sip:abc@pbx.example.com>',
    '"Anonymous" <1042>',
    'x'.repeat(300),
  ]) {
    assert.equal(told(other), `other: ${other}`);
  }
});

test('a number of an unknown country stays unchanged, and can still be called back', () => {
  assert.equal(told('+99912345678'), '+99912345678 |  | +99912345678');
  assert.equal(told('+99912345678;ext=5'), '+99912345678 | 5 | +99912345678 ext. 5');
});

test('an extension is kept apart from what is dialed, however it is written', () => {
  for (const written of [
    ';ext=123',
    ';ext=1-2-3',
    'x123',
    ' x 123',
    ' ext. 123',
    ' extn 123',
    ' доб. 123',
    ' anexo 123',
    '#123',
    '~123',
    ',123',
    ',,123',
    ',,123#',
    ';123',
    ';p123',
    'p123',
    'W123',
    'pp123',
    ' ,, 123',
    '*123',
    '**123#',
    ';extension=123',
    ' ext=123',
    ' extension: 123',
    ' Durchwahl 123',
    ' DW 123',
    ' Apparat 123',
    ' poste 123',
    ' toestel 123',
    ' interno 123',
    ' Extensión 123',
    ' / 123',
    ' (123)',
  ]) {
    assert.equal(told(`${NUMBER}${written}`), `${NUMBER} | 123 | +1 555 555 0142 ext. 123`, written);
  }
});

test('an extension keeps its zeros, stars and inner pauses', () => {
  assert.equal(told(`${NUMBER};ext=00123`), `${NUMBER} | 00123 | +1 555 555 0142 ext. 00123`);
  assert.equal(told(`${NUMBER},1,,2p*3`), `${NUMBER} | 1,,2,*3 | +1 555 555 0142 ext. 1,,2,*3`);
  assert.equal(told('tel:+15555550142;ext=123;postd=p4'), `${NUMBER} | 123,,4 | +1 555 555 0142 ext. 123,,4`);
  assert.equal(told('+442079460018 x5'), '+442079460018 | 5 | +44 20 7946 0018 ext. 5');
  assert.equal(numberToDial(callerNumber(`${NUMBER}x123`)), `${NUMBER} ext. 123`);
});

test('digits that are dialed through to an office belong to the number', () => {
  assert.equal(told('+49 89 1234567/12'), '+4989123456712 |  | +49 89 123456712');
  assert.equal(told('+353 1 555 0123 (12)'), '+35315550123 | 12 | +353 1 555 0123 ext. 12');
  assert.equal(told('+353 1 555 (0123)'), '+35315550123 |  | +353 1 555 0123');
  assert.equal(told('+4930901820-12'), '+493090182012 |  | +49 30 90182012');
});

test('a tel or sip address is the number in it, with its extension', () => {
  for (const address of [
    'tel:+1-555-555-0142;ext=123;phone-context=example.com',
    'TEL:+1(555)555.0142;EXT=123',
    'tel:5555550142;phone-context=+1;ext=123',
    'tel:+15555550142;npdi;postd=pp123',
    'sip:+15555550142;ext=123@192.0.2.1:5060;user=phone?Subject=x',
    'sips:%2B15555550142%3Bext=123@pbx.example.com',
    '<tel:+15555550142;ext=123>;tag=8f2',
    'tel://+15555550142;ext=123',
    'sip:+15555550142@pbx.example.com;ext=123',
    'sip:+15555550142@pbx.example.com:5060;user=phone;extension=123',
    'sip:+15555550142@pbx.example.com?ext=123&Subject=x',
    'sips:+15555550142:secret@pbx.example.com;ext=123',
  ]) {
    assert.equal(told(address), `${NUMBER} | 123 | +1 555 555 0142 ext. 123`, address);
  }
});

test('a number within a network or an office cannot be dialed from everywhere', () => {
  assert.equal(told('tel:1042'), 'other: 1042');
  assert.equal(told('tel:7042;phone-context=example.com'), 'other: 7042;phone-context=example.com');
  // RFC 3966, 5.1.5: this context is not the head of the number.
  assert.equal(told('tel:863-1234;phone-context=+1-914-555'), 'other: 863-1234;phone-context=+1-914-555');
  assert.equal(told('sip:15555550142@host;user=phone'), 'other: sip:15555550142@host;user=phone');
});

test('a name and an ISDN subaddress stay beside the number', () => {
  assert.equal(told('"Ana" <sip:+15555550142@host>;tag=7'), `${NUMBER} |  | +1 555 555 0142 (Ana)`);
  assert.equal(told('Ana Ruiz <+15555550142>'), `${NUMBER} |  | +1 555 555 0142 (Ana Ruiz)`);
  assert.equal(told(String.raw`"The \"A\"" <tel:+15555550142>`), `${NUMBER} |  | +1 555 555 0142 (The "A")`);
  assert.equal(told('"+15555550142" <sip:+15555550142@host>'), `${NUMBER} |  | +1 555 555 0142`);
  assert.equal(
    told('tel:+15555550142;isub=1411;ext=4'),
    `${NUMBER} | 4 | +1 555 555 0142 ext. 4 (subaddress 1411)`,
  );
});

test('invisible marks and digits of other scripts do not hide a number', () => {
  for (const from of [
    '\u202A+15555550142\u202C',
    '\u200E+1\u00AD5555550142\u200F',
    '\uFEFF+1\u00A0555\u00A0555\u00A00142\n',
    '＋１５５５５５５０１４２',
    '+١٥٥٥٥٥٥٠١٤٢',
    '(+1) 555\u2011555\u20110142',
  ]) {
    assert.equal(told(from), `${NUMBER} |  | +1 555 555 0142`);
  }
});

test('international prefixes are not guessed', () => {
  for (const from of ['00442079460018', '011442079460018', '5555550142', '020 7946 0018']) {
    assert.equal(told(from), `other: ${from}`);
  }
});

test('a withheld number is shown as withheld, whatever the network calls it', () => {
  const withheld = ['', ' ', 'anonymous', 'Restricted', 'sip:anonymous@anonymous.invalid', '+266696687'];

  for (const from of [undefined, ...withheld]) {
    assert.equal(readableNumber(from), 'a withheld number');
    assert.equal(e164Of(from), undefined);
    assert.equal(numberToDial(callerNumber(from)), undefined);
  }
});

test('an anonymous address is a withheld number, also with a name before it', () => {
  for (const from of [
    '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1',
    '"Ana" <sip:unavailable@unknown.invalid>',
    'sip:Unknown@unknown.invalid',
    'sip:c8oqz84zk7z@ANONYMOUS.invalid:5060',
    // An exchange with its own number configured sends this for a caller who withholds theirs.
    'sip:+15555550142@anonymous.invalid',
    'anonymous@anonymous.invalid',
    'restricted@carrier.example',
    '"Anonymous" <>',
    '"Anonymous" <sip:x1@foo.invalid>',
    'Unbekannt <sip:nobody>',
    'sip:+266696687@carrier.example;user=phone',
    'tel:+8656696',
    '+86 282452253 ext. 5',
    'client:anonymous',
    'tel:',
  ]) {
    assert.equal(told(from), 'withheld: a withheld number', from);
  }
});

test('a caller who withholds the name but not the number can be called back', () => {
  assert.equal(told('"Anonymous" <sip:+15555550142@host>'), `${NUMBER} |  | +1 555 555 0142`);
});

test('the number to call back is E.164, with the country’s code if the caller left it out', () => {
  assert.equal(e164Of('+1 (555) 555-0142'), '+15555550142');
  assert.equal(e164Of('020 7946 0018', 'GB'), '+442079460018');
  assert.equal(e164Of('020 7946 0018'), undefined);
  assert.equal(e164Of('1042'), undefined);
});

test('any text gives a result, and the number to dial has only digits', () => {
  const parts = fc.constantFrom(
    '"Ana" <',
    '>',
    'tel:',
    'sip:',
    '+1',
    '5555550142',
    ';ext=',
    ';isub=',
    'x',
    ',',
    'p',
    '#',
    '@',
    '%2B',
    ' ',
  );
  const numberLike = fc.array(fc.oneof(parts, fc.string()), { maxLength: 12 }).map((some) => some.join(''));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), numberLike), (from) => {
      const number = callerNumber(from, 'US');

      assert.notEqual(number.readable, '');
      assert.match(number.kind === 'number' ? number.e164 : NUMBER, /^\+[1-9]\d{3,14}$/);
      assert.match(number.kind === 'number' ? number.extension : '', /^[\d*#,]{0,20}$/);
    }),
    { numRuns: 2000 },
  );
});
