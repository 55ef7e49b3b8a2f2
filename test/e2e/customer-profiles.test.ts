import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Profile } from '../../simulator/world/account-state.ts';
import written from '../../voicemail.config.ts';
import { laptopWith } from './extras.ts';
import { CALLER, CALLER_SHOWN } from './laptop.ts';

/** No log may have it: see `startLaptop`. */
const NAME = 'Zz9_canary <b>Silva';
const profile = (PhoneNumber: string, FirstName: string): Profile => ({
  ProfileId: FirstName,
  FirstName,
  LastName: '<b>Silva',
  PhoneNumber,
});
const SHARED = '+15555550177';
const PLAIN = `Voicemail from ${CALLER_SHOWN} for Billing`;
const UNKNOWN = 'the customer with the number could not be looked up';

const laptop = await laptopWith(
  { customerProfiles: { domain: 'acme' } },
  {
    state: {
      profileDomains: [
        {
          name: 'acme',
          profiles: [
            profile(CALLER, 'Zz9_canary'),
            profile(SHARED, 'Zz9_canary1'),
            profile(SHARED, 'Zz9_canary2'),
          ],
        },
      ],
    },
  },
);
const { simulator, delivered, calls, logged } = laptop;

/** What the guide of a voicemail shows. */
async function shown(contact_id: string): Promise<string> {
  const { lambda, deployment } = simulator;
  const arn = deployment.functions[deployment.idOf('AWS::Lambda::Function', 'show-voicemail')]?.arn ?? '';
  const Details = {
    ContactData: { InstanceARN: written.instanceArn, Attributes: {} },
    Parameters: { contact_id },
  };
  const { payload } = await lambda.invoke(arn, JSON.stringify({ Name: 'ContactFlowEvent', Details }));
  return JSON.stringify(payload);
}

test('the only customer with the caller’s number is named in task, guide and mail', async () => {
  const { contactId, task } = await delivered();
  const mailed = await delivered({ vmx3_mode: 'email' });

  assert.equal(task?.name, `Voicemail from ${CALLER_SHOWN} (${NAME}) for Billing`);
  assert.deepEqual(task?.references['Customer with this number'], { type: 'STRING', value: NAME });
  assert.equal(task?.description, 'please call me back');
  assert.match(await shown(contactId), /\(Zz9_canary &#60;b&#62;Silva\)/);
  const mail = simulator.ses.mails().find(({ text }) => text?.includes(mailed.contactId));
  assert.match(mail?.text ?? '', /^Customer: {2}Zz9_canary <b>Silva, by this number$/m);
  assert.match(mail?.html ?? '', /Zz9_canary &lt;b&gt;Silva, by this number|Zz9_canary &#60;b&#62;Silva, by/);
  assert.deepEqual([calls('SearchProfiles', contactId), calls('SearchProfiles', mailed.contactId)], [1, 1]);
  assert.deepEqual(laptop.grantsOf('profile:SearchProfiles'), [true]);
});

test('of several customers none is named, and the agent reads how many there are', async () => {
  const { task, contactId } = await delivered({ from: SHARED });

  assert.equal(task?.name, 'Voicemail from +1 555 555 0177 for Billing');
  assert.match(task?.description ?? '', /^2 customers have this number, so none of them is named here\.\n/);
  assert.doesNotMatch(JSON.stringify([task, await shown(contactId)]), /canary|Silva/);
});

test('nobody is asked about a withheld number, or one with an extension; of an unknown one there is nothing', async () => {
  const withheld = await delivered({ from: 'anonymous' });
  const extension = await delivered({ vmx3_from: `${CALLER};ext=12` });
  const unknown = await delivered({ from: '+15555550188' });

  const asked = [withheld, extension, unknown].map(({ contactId }) => calls('SearchProfiles', contactId));
  assert.deepEqual(asked, [0, 0, 1]);
  assert.equal(unknown.task?.name, 'Voicemail from +1 555 555 0188 for Billing');
  assert.deepEqual(logged(UNKNOWN), []);
});

for (const fault of ['throttle', 'fail', 'cut-before', 'hang-before'] as const) {
  test(`a voicemail is delivered without a name if Customer Profiles has the fault ${fault}`, async () => {
    simulator.faults.set({ rules: [{ operation: 'SearchProfiles', fault }] });
    const before = logged(UNKNOWN).length;

    const { task } = await delivered();

    assert.equal(task?.name, PLAIN);
    assert.equal(task.description, 'please call me back');
    assert.equal(logged(UNKNOWN).length, before + 1);
    simulator.faults.clear();
  });
}

test('a voicemail is delivered without a name if the domain is not there', async () => {
  const without = await laptopWith({ customerProfiles: { domain: 'gone' } });

  const { task } = await without.delivered();

  assert.equal(task?.name, PLAIN);
  assert.match(without.logged(UNKNOWN).join(), /profile:SearchProfiles was refused with 404/);
});
