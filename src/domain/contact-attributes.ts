/**
 * The contact attributes of voicemail: the only list of them. Add an attribute here, and then read or set it
 * where it is needed. An attribute that is read or set but missing here does not compile or fails
 * `test/contact-attributes.test.ts`; so does one that is here and never read. `scripts/write-attributes.ts`
 * writes the tables of the documentation from it.
 */
interface ContactAttribute {
  /** For attributes that the flow of a call can set. Absent: a flow's value is replaced or not read. */
  readonly setByFlow?: FlowMeaning;
  /** For attributes that delivery sets on a task: the value, in Markdown too. */
  readonly setByDelivery?: string;
  readonly readBy: readonly Reader[];
  /** The attribute that means the same, and counts only if this one is absent or empty. */
  readonly winsOver?: string;
}

/** Texts are Markdown. Their links are relative to `docs/`. */
interface FlowMeaning {
  readonly meaning: string;
  /** The default if the attribute is absent or empty. */
  readonly otherwise: string;
  /**
   * For attributes that every flow for voicemails should set: what the flows of this product do if the flow
   * before them did not set it.
   */
  readonly inOurFlows?: string;
}

/**
 * `pipeline`: the code in `src/`. `call-flow`: the flows of this product that callers go through.
 * `task-flow`: those that tasks and agents go through.
 */
type Reader = 'pipeline' | 'call-flow' | 'task-flow';

const SEE_EMAIL = 'see [email](delivery-email.md)';

export const CONTACT_ATTRIBUTES = {
  vmx3_flag: {
    setByFlow: { meaning: '`1`: this contact is a voicemail', otherwise: 'not a voicemail' },
    setByDelivery: '`0`, as on the call once its voicemail is delivered',
    readBy: ['pipeline'],
  },
  vmx3_mode: {
    setByFlow: {
      meaning: '`guided_task`, `task` or `email`',
      otherwise: 'the setting `deliveryMode`, `guided_task` unless set',
      inOurFlows: '`deliveryMode`',
    },
    readBy: ['pipeline'],
  },
  vmx3_queue_arn: {
    setByFlow: {
      meaning: 'whom it is for: ARN of a queue or agent queue',
      otherwise: "the contact's queue, else the fallback queue",
      inOurFlows: 'the working queue, `$.Queue.ARN`',
    },
    setByDelivery: 'the queue, or agent queue, that the task must be put into',
    readBy: ['pipeline', 'call-flow', 'task-flow'],
  },
  vmx3_preferred_agent: {
    setByFlow: {
      meaning: 'user name of the agent of that queue who is asked first',
      otherwise: 'the whole queue at once',
    },
    readBy: ['pipeline'],
  },
  vmx3_target: {
    setByFlow: {
      meaning: '`agent` or `queue`: whether `vmx3_preferred_agent` counts',
      otherwise: 'it counts',
    },
    setByDelivery: '`agent` if there is an agent to be asked first, else `queue`',
    readBy: ['pipeline', 'task-flow'],
  },
  vmx3_from: {
    setByFlow: {
      meaning: 'number to call back: E.164, or [another form](delivery.md#numbers)',
      otherwise: "the contact's customer endpoint",
      inOurFlows: '`$.CustomerEndpoint.Address`',
    },
    setByDelivery: 'the number to dial; empty if it was withheld',
    readBy: ['pipeline', 'call-flow'],
  },
  vmx3_lang: {
    setByFlow: {
      meaning: "the caller's language: [Transcribe's code](languages.md) or `auto`",
      otherwise: 'the setting `defaultLanguage`',
      inOurFlows: 'the first of `languages`',
    },
    readBy: ['pipeline', 'call-flow'],
  },
  vmx3_timestamp: {
    setByFlow: {
      meaning: 'when the message begins in an IVR recording',
      otherwise: 'the whole recording',
    },
    readBy: ['pipeline'],
  },
  vmx3_guided_task_flow: {
    setByFlow: {
      meaning: 'the contact flow that a guided task enters, by id or ARN',
      otherwise: 'the deployed flow of that mode',
    },
    readBy: ['pipeline'],
  },
  vmx3_task_flow: {
    setByFlow: {
      meaning: 'the contact flow that a task enters, by id or ARN',
      otherwise: 'the deployed flow of that mode',
    },
    readBy: ['pipeline'],
  },
  email_to: {
    setByFlow: { meaning: 'of a mail: to whom it goes', otherwise: SEE_EMAIL },
    readBy: ['pipeline'],
  },
  email_from: {
    setByFlow: { meaning: 'of a mail: its sender', otherwise: SEE_EMAIL },
    readBy: ['pipeline'],
  },
  email_reply_to: {
    setByFlow: { meaning: 'of a mail: where answers go', otherwise: SEE_EMAIL },
    readBy: ['pipeline'],
  },
  email_template: {
    setByFlow: { meaning: 'of a mail: its template in SES', otherwise: SEE_EMAIL },
    readBy: ['pipeline'],
  },
  vmx3_email_to: {
    setByFlow: { meaning: 'the same as `email_to`', otherwise: '`email_to`' },
    readBy: ['pipeline'],
    winsOver: 'email_to',
  },
  vmx3_email_from: {
    setByFlow: { meaning: 'the same as `email_from`', otherwise: '`email_from`' },
    readBy: ['pipeline'],
    winsOver: 'email_from',
  },
  vmx3_email_reply_to: {
    setByFlow: { meaning: 'the same as `email_reply_to`', otherwise: '`email_reply_to`' },
    readBy: ['pipeline'],
    winsOver: 'email_reply_to',
  },
  vmx3_email_template: {
    setByFlow: { meaning: 'the same as `email_template`', otherwise: '`email_template`' },
    readBy: ['pipeline'],
    winsOver: 'email_template',
  },
  vmx3_from_extension: {
    setByDelivery: 'what to dial once somebody answers; absent or empty if there is nothing',
    readBy: ['pipeline'],
  },
  vmx3_preferred_agent_id: {
    setByDelivery: 'user id of the agent who is asked first; it counts only if `vmx3_target` is `agent`',
    readBy: ['task-flow'],
  },
  vmx3_test: {
    setByDelivery: '`1` on the task of a [test voicemail](operations.md#is-it-working); else absent or empty',
    readBy: ['pipeline'],
  },
  vmx3_contact_id: {
    setByDelivery: "the voicemail's contact; the guide asks for it",
    readBy: ['pipeline', 'task-flow'],
  },
} as const satisfies Readonly<Record<string, ContactAttribute>>;

type Table = typeof CONTACT_ATTRIBUTES;

export type ContactAttributeName = keyof Table;

/** Those that a flow can set on a call. */
export type FlowAttributeName = {
  [Name in ContactAttributeName]: Table[Name] extends { setByFlow: unknown } ? Name : never;
}[ContactAttributeName];

/** Those that delivery sets on a task. */
export type TaskAttributeName = {
  [Name in ContactAttributeName]: Table[Name] extends { setByDelivery: unknown } ? Name : never;
}[ContactAttributeName];

/** Those that one of the readers reads. */
export type AttributeReadBy<By extends Reader> = {
  [Name in ContactAttributeName]: By extends Table[Name]['readBy'][number] ? Name : never;
}[ContactAttributeName];

/** Those that set up a mail; each has a twin of the same meaning that begins with `vmx3_`. */
export type MailAttributeName = Extract<ContactAttributeName, `email_${string}`>;

/** The table, row by row. */
export function contactAttributes(): readonly (readonly [name: string, attribute: ContactAttribute])[] {
  return Object.entries(CONTACT_ATTRIBUTES);
}

/**
 * A contact's unchanged value of one of the attributes that the pipeline reads; undefined if it is absent.
 */
export function attributeOf(
  attributes: Readonly<Record<string, string>>,
  name: AttributeReadBy<'pipeline'>,
): string | undefined {
  return attributes[name];
}

/**
 * A queue's tag with the email address, or addresses, that its voicemails go to. It is not a contact
 * attribute.
 */
export const QUEUE_EMAIL_TAG = 'vmx3_queue_email';
