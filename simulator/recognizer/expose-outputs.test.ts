import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex } from '../../test/hex.ts';
import { exposeOutputs } from './expose-outputs.ts';
import { encodedField, fieldsIn, textIn } from './protobuf.ts';

test('an inner tensor becomes an output of the branch, of the If and of the model', () => {
  const model = fromHex(`
    08 08                           # ir_version 8, left alone
    3a 1e                           # graph, 30 bytes
      0a 10                         #   node, 16 bytes
        12 01 79                    #     output "y"
        22 02 4966                  #     op_type "If"
        2a 07 0a 01 74              #     attribute "t"
          32 02 12 00               #       graph with an empty name
      0a 03 22 01 41                #   node of op_type "A", left alone
      62 05 0a 01 79 12 00          #   output "y"
  `);

  const exposed = exposeOutputs(Buffer.from(model), ['x']);

  assert.deepEqual(
    new Uint8Array(exposed),
    fromHex(`
      08 08
      3a 37
        0a 1e
          12 01 79
          22 02 4966
          2a 12 0a 01 74
            32 0d 12 00
              62 09 0a 01 78 12 04 0a 02 08 01   # output "x", a tensor of floats
          12 01 78                               # output "x" of the If
        0a 03 22 01 41
        62 05 0a 01 79 12 00
        62 09 0a 01 78 12 04 0a 02 08 01         # output "x" of the model
    `),
  );
});

test('a field longer than 127 bytes keeps its length in two bytes', () => {
  const field = encodedField(7, Buffer.alloc(300, 0x61));

  assert.deepEqual([...field.subarray(0, 3)], [0x3a, 0xac, 0x02]);
  assert.equal(textIn(field, 7), 'a'.repeat(300));
});

test('numbers of every kind are stepped over', () => {
  const message = fromHex(`
    08 96 01                # field 1, varint 150
    11 0102030405060708     # field 2, 64 bits
    1d 01020304             # field 3, 32 bits
    22 01 62                # field 4, "b"
  `);

  const fields = Array.from(fieldsIn(Buffer.from(message)), ({ number, encoded }) => [
    number,
    encoded.length,
  ]);

  assert.deepEqual(fields, [
    [1, 3],
    [2, 9],
    [3, 5],
    [4, 3],
  ]);
});

test('a message that breaks off is an error, not an endless loop', () => {
  assert.throws(() => [...fieldsIn(Buffer.of(0x08, 0x96))], /ends within the number at byte 1/);
});
