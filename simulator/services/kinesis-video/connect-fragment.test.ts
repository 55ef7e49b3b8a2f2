import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex } from '../../../test/hex.ts';
import { connectFragment } from './connect-fragment.ts';

const FRAGMENT = {
  contactId: 'c1',
  instanceId: 'i1',
  fragmentNumber: '91343852333181499999999999999900000000000000101',
  producerMs: 1_772_632_824_310,
  serverMs: 1_772_632_824_402,
  segmentUid: fromHex('00112233 44556677 8899aabb ccddeeff'),
  fromCustomer: Int16Array.of(1, -2, 3),
};

const HEAD = `
  1a45dfa3 a3                                # EBML, 35 bytes
    4286 81 01  42f7 81 01                   #   version 1, to be read by 1
    42f2 81 04  42f3 81 08                   #   ids up to 4 bytes, sizes up to 8
    4282 88 6d6174726f736b61                 #   "matroska"
    4287 81 02  4285 81 02                   #   version 2, to be read by 2
  18538067 01ffffffffffffff                  # Segment, unknown size
    1549a966 4077                            #   Info, 119 bytes: size in 2
      73a4 90 00112233445566778899aabbccddeeff
      2ad7b1 88 00000000000f4240             #     timecodes are milliseconds
      7ba9 91 4b696e6573697320566964656f2053444b
                                             #     "Kinesis Video SDK", then twice
                                             #     "Kinesis Video SDK 1.1.0 JNI 2.0"
      4d80 9f 4b696e6573697320566964656f2053444b20312e312e30204a4e4920322e30
      5741 9f 4b696e6573697320566964656f2053444b20312e312e30204a4e4920322e30
`;

const CUSTOMER_TRACK = `
      ae 10000033                            #     TrackEntry, 51 bytes: size in 4
        d7 81 01                             #       number 1
        73c5 88 0000000000000001             #       UID 1
        83 81 02                             #       audio
        536e 93 415544494f5f46524f4d5f435553544f4d4552   # AUDIO_FROM_CUSTOMER
        86 85 415f414143                     #       "A_AAC", which it is not
        63a2 82 1190
`;

const SERVICE_TAGS = `
    1254c367 100000eb                        #   Tags, every size in 4 bytes
      7373 100000e5
        67c8 1000005b
          45a3 10000020 4157535f4b494e45534953564944454f5f465241474d454e545f4e554d424552
          4487 1000002f 3931333433383532333333313831343939393939393939393939393939393030303030303030303030303030313031
        67c8 1000003b
          45a3 10000021 4157535f4b494e45534953564944454f5f5345525645525f54494d455354414d50
          4487 1000000e 313737323633323832342e343032         # 1772632824.402
        67c8 1000003d
          45a3 10000023 4157535f4b494e45534953564944454f5f50524f44554345525f54494d455354414d50
          4487 1000000e 313737323633323832342e333130         # 1772632824.310
`;

const CLUSTER_HEAD = `
    1f43b675 ff                              #   Cluster, unknown size in 1 byte
      e7 88 0000019cb92659f6                 #     1772632824310 ms
      a7 81 00
`;

const CALL_TAGS = `
    1254c367 0100000000000033                #   Tags after the audio, every size in 8
      7373 0100000000000029
        67c8 010000000000001f
          45a3 0100000000000009 436f6e746163744964           # ContactId
          4487 0100000000000002 6331                         # c1
`;

test('a fragment of the caller alone has the bytes of an Amazon Connect fragment', () => {
  const bytes = connectFragment(FRAGMENT);

  const expected = fromHex(`
    ${HEAD}
    1654ae6b 10000038                        #   Tracks, 56 bytes: size in 4
    ${CUSTOMER_TRACK}
    ${SERVICE_TAGS}
    ${CLUSTER_HEAD}
      a3 010000000000000a 81 0000 80         #     SimpleBlock, track 1, at 0 ms, key frame
        0100 feff 0300                       #       1, -2, 3
    ${CALL_TAGS}
  `);
  assert.equal(bytes.subarray(0, expected.length).toString('hex'), Buffer.from(expected).toString('hex'));
});

test('the tags of the call come after the audio, one Tags element for each', () => {
  const text = connectFragment(FRAGMENT).toString('latin1');

  const [, ...afterAudio] = text.slice(text.indexOf('\x1f\x43\xb6\x75')).split('\x12\x54\xc3\x67');

  assert.deepEqual(
    afterAudio.map((tags) => /E\xa3.{8}(\w+)D\x87.{8}(.*)$/s.exec(tags)?.slice(1)),
    [
      ['ContactId', 'c1'],
      ['InstanceId', 'i1'],
      ['MimeType', 'audio/L16;rate=8000;channels=1;'],
      ['AUDIO_FROM_CUSTOMER', '1'],
      ['AUDIO_TO_CUSTOMER', '2'],
      ['Events', '[]'],
    ],
  );
});

test('with both parties the blocks of 64 ms take turns', () => {
  const fromCustomer = new Int16Array(512 + 1).fill(0x1111);
  const toCustomer = new Int16Array(512 + 2).fill(0x2222);

  const bytes = connectFragment({ ...FRAGMENT, fromCustomer, toCustomer });

  const expected = fromHex(`
    ${CLUSTER_HEAD}
      a3 0100000000000404 81 0000 80 ${'1111'.repeat(512)}
      a3 0100000000000404 82 0000 00 ${'2222'.repeat(512)}
      a3 0100000000000006 81 0040 00 1111    #     64 ms into the cluster
      a3 0100000000000008 82 0040 00 2222 2222
    ${CALL_TAGS}
  `);
  assert.ok(bytes.includes(Buffer.from(expected)));
  assert.ok(bytes.includes('AUDIO_TO_CUSTOMER'));
});

test('a track without audio can still be declared', () => {
  const bytes = connectFragment({ ...FRAGMENT, toCustomer: new Int16Array() });

  const secondTrack = fromHex(`
    ae 10000031 d7 81 02 73c5 88 0000000000000002 83 81 02
    536e 91 415544494f5f544f5f435553544f4d4552
    86 85 415f414143 63a2 82 1190
  `);
  assert.ok(bytes.includes(Buffer.from(secondTrack)));
  assert.ok(!bytes.includes(Buffer.of(0x82, 0, 0)), 'no block of track 2');
});

test('a fragment can be irregular: padded names, the caller second, a short block on the grid, no contact', () => {
  const said = new Int16Array(8 * 512).fill(0x1111);
  const shape = {
    namesPadded: true,
    customerLast: true,
    hasShortBlock: true,
    tags: 'without contact',
  } as const;

  const bytes = connectFragment({ ...FRAGMENT, fromCustomer: said, toCustomer: said, shape });

  const [first, second] = ['AUDIO_TO_CUSTOMER', 'AUDIO_FROM_CUSTOMER'].map((name) => name.padEnd(32, '\0'));
  assert.ok(bytes.includes(first ?? '') && bytes.indexOf(first ?? '') < bytes.indexOf(second ?? ''));
  const shortBlock = fromHex(`a3 01000000000000c4 82 01c0 00 ${'1111'.repeat(96)}`);
  const next = fromHex('a3 0100000000000344 82 0200 00 1111');
  assert.ok(bytes.includes(Buffer.from(shortBlock)) && bytes.includes(Buffer.from(next)));
  assert.ok(!bytes.includes('ContactId') && bytes.includes('MimeType'));
});

test('a fragment can have no tags at all', () => {
  assert.ok(!connectFragment({ ...FRAGMENT, shape: { tags: 'none' } }).includes('AWS_KINESISVIDEO'));
  assert.ok(!connectFragment({ ...FRAGMENT, shape: { tags: 'none' } }).includes('MimeType'));
});
