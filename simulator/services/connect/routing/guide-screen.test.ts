import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClock } from '../../../clock.ts';
import { createHappenings, type Happening } from '../../../happenings.ts';
import { newContact } from '../contacts/contact.ts';
import { createGuideScreen } from './guide-screen.ts';

const CONTENT = {
  Head: { Title: 'Voicemail' },
  Body: [
    { _id: 'player', Type: 'TemplateStringComponent', Props: { TemplateString: '$.player.TemplateString' } },
    { _id: 'head', Type: 'Header', Props: {}, Content: ['From $.head.caller, $.head.missing, for $.50'] },
    { _id: 'facts', Type: 'DataSection', Props: { Items: [{ Value: '$.facts.Items[1].Value' }] } },
  ],
};

test('a view is drawn with the data of its flow', (t) => {
  const { screen } = guide(t);

  void screen.show(
    {
      viewId: 'voicemail',
      content: CONTENT,
      data: {
        player: { TemplateString: "<audio controls src='https://example.com/$1'></audio>" },
        head: { caller: '+15555550142' },
        facts: { Items: [{ Value: 'no' }, { Value: { deep: true } }] },
      },
    },
    { signal: new AbortController().signal, withinMs: 600_000 },
  );

  assert.deepEqual(screen.current()?.rendered, {
    Head: { Title: 'Voicemail' },
    Body: [
      {
        _id: 'player',
        Type: 'TemplateStringComponent',
        Props: { TemplateString: "<audio controls src='https://example.com/$1'></audio>" },
      },
      { _id: 'head', Type: 'Header', Props: {}, Content: ['From +15555550142, , for $.50'] },
      { _id: 'facts', Type: 'DataSection', Props: { Items: [{ Value: { deep: true } }] } },
    ],
  });
});

test('the button and the fields that the agent uses are the answer, and the view closes', async (t) => {
  const { screen, shown } = guide(t);
  const answer = screen.show(view({}), { signal: new AbortController().signal, withinMs: 600_000 });
  const open = screen.current();

  open?.act('Close', { rating: '5' });

  assert.deepEqual(await answer, { kind: 'acted', action: 'Close', submitted: { rating: '5' } });
  assert.equal(screen.current(), undefined);
  assert.throws(() => open?.act('Close'), /not shown any more/);
  assert.deepEqual(shown, ['call']);
});

test('a view without an action closes when its time is up', async (t) => {
  const { screen, clock } = guide(t);
  const answer = screen.show(view({}), { signal: new AbortController().signal, withinMs: 600_000 });

  clock.advance(590_000);
  assert.ok(screen.current());
  clock.advance(10_000);

  assert.deepEqual(await answer, { kind: 'time-out' });
  assert.equal(screen.current(), undefined);
});

test('a view closes with its flow, and a flow that has ended shows none', async (t) => {
  const { screen } = guide(t);
  const flow = new AbortController();
  const answer = screen.show(view({}), { signal: flow.signal, withinMs: 600_000 });

  flow.abort();
  const late = screen.show(view({}), { signal: flow.signal, withinMs: 600_000 });

  assert.deepEqual([await answer, await late], [{ kind: 'stopped' }, { kind: 'stopped' }]);
  assert.equal(screen.current(), undefined);
});

const view = (data: Readonly<Record<string, unknown>>) => ({ viewId: 'voicemail', content: CONTENT, data });

function guide(t: TestContext) {
  const clock = createClock('real');
  t.after(clock.stop);
  const happenings = createHappenings();
  const shown: string[] = [];
  happenings.listen((happening: Happening) => {
    if (happening.kind === 'guide') shown.push(happening.sourceContactId);
  });
  const contact = newContact({
    id: 'guide',
    channel: 'CHAT',
    initiationMethod: 'API',
    initiatedAtMs: clock.now(),
  });
  const screen = createGuideScreen({ guide: contact, sourceContactId: 'call' }, { clock, happenings });
  return { screen, clock, shown };
}
